package settled_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/manage/command"
)

// allApps has the stock apps and those of the scripts.
func allApps() *settled.Registry {
	var r settled.Registry
	r.Register("corsheaders", corsheaders.NewApp)
	for name, new := range testApps() {
		r.Register(name, new)
	}
	return &r
}

// The reports about every script's settings keep their schemas: Settled's own,
// and the official one of SARIF.
func TestReportsKeepTheirSchemas(t *testing.T) {
	schemas := map[string]*jsonschema.Schema{}
	for format, path := range map[string]string{
		"json": "docs/check-output.schema.json", "sarif": "internal/reports/testdata/sarif-schema-2.1.0.json",
	} {
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		schemas[format] = c.MustCompile(path)
	}
	names, err := filepath.Glob(filepath.Join(scripts, "*.[CEWID][0-9][0-9][0-9].txtar"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Chdir(unpacked(t, archive))
			for format, schema := range schemas {
				checkSchema(t, format, schema)
			}
		})
	}
}

func unpacked(t *testing.T, archive *txtar.Archive) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, file := range archive.Files {
		path := filepath.Join(dir, file.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, file.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// checkSchema holds what is reported about bad.toml against a schema.
func checkSchema(t *testing.T, format string, schema *jsonschema.Schema) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	p := command.Program{Name: "manage", Setup: allApps().Setup, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr}
	p.Run(t.Context(), []string{"check", "--settings", "bad.toml", "--deploy", "--format", format})
	v, err := jsonschema.UnmarshalJSON(&stdout)
	if err != nil {
		t.Fatalf("%s: %v\n%s", format, err, stderr.String())
	}
	if err := schema.Validate(v); err != nil {
		t.Errorf("%s: %v", format, err)
	}
}
