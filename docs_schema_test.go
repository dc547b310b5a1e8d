package settled_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/settled-go/settled/settledtest"
)

// schemaOf is the compiled schema of a program with these apps. Compiling holds
// it against the metaschema.
func schemaOf(t *testing.T, apps settledtest.Apps) *jsonschema.Schema {
	t.Helper()
	p, _ := settledtest.Setup(t, apps, "")
	text, err := json.Marshal(p.Schema())
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("settings.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("settings.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// validate holds the text of a settings file against a schema, as an editor
// does.
func validate(t *testing.T, schema *jsonschema.Schema, text string) error {
	t.Helper()
	var values map[string]any
	if _, err := toml.Decode(text, &values); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(jsonOf(values))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(doc)
}

// jsonOf is a TOML value with its days as editors see them.
func jsonOf(value any) any {
	switch v := value.(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case map[string]any:
		for key := range v {
			v[key] = jsonOf(v[key])
		}
	case []any:
		for i := range v {
			v[i] = jsonOf(v[i])
		}
	case []map[string]any:
		for i := range v {
			jsonOf(v[i])
		}
	}
	return value
}

// What check takes, the schema takes: the examples, and the neighbours without
// the problem that each script has.
func TestSchemaTakesGoodSettings(t *testing.T) {
	stock := schemaOf(t, exampleApps)
	example := readExample(t)
	files := map[string]string{"the example": example, "every line of the example": commented.ReplaceAllString(example, "$1")}
	for i, block := range blocks(t, "toml") {
		files["block "+string(rune('1'+i))+" of the README"] = block
	}
	for name, text := range goodFiles(t) {
		files[name] = text
	}
	for name, text := range files {
		if err := validate(t, stock, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// goodFiles are the settings without the problem, of scripts of the stock
// program.
func goodFiles(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(scripts, "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	good := map[string]string{}
	for _, name := range names {
		script, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range script.Files {
			if file.Name == "good.toml" && strings.Contains(string(script.Comment), "exec manage check --settings good.toml") {
				good[name] = string(file.Data)
			}
		}
	}
	if len(good) < 50 {
		t.Errorf("only %d scripts have good settings", len(good))
	}
	return good
}

func TestSchema(t *testing.T) {
	schema := schemaOf(t, exampleApps)
	for _, good := range []string{
		``,
		`EXTENDS = "base.toml"`,
		`EXTENDS = ["base.toml", "../cors.toml"]`,
		`SECRET_KEY = "x"`,
		`SECRET_KEY = { env = "KEY" }`,
		`SECRET_KEY = { file = "key.txt" }`,
		`SILENCED_SYSTEM_CHECKS = ["corsheaders.W109", { id = "corsheaders.W141", reason = "later", until = 2027-01-31 }]`,
		`URLS = { "/" = "corsheaders", "/a/b/" = "corsheaders" }`,
		`CORS_ALLOWED_ORIGINS = ["null", "file://", "https://a.example:8443", "http://[::1]:80", "capacitor://localhost"]`,
		`CORS_ORIGIN_WHITELIST = ["https://a.example"]`,
		`CORS_PREFLIGHT_MAX_AGE = 0`,
	} {
		if err := validate(t, schema, good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{
		`DEBGU = true`,
		`debug = true`,
		`DEBUG = "true"`,
		`EXTENDS = "base.yaml"`,
		`INSTALLED_APPS = ["corsheader"]`,
		`INSTALLED_APPS = "corsheaders"`,
		`MIDDLEWARE = ["corsheaders.middleware.CORSMiddleware"]`,
		`SECRET_KEY = { evn = "KEY" }`,
		`SECRET_KEY = { env = "KEY", file = "key.txt" }`,
		`SECRET_KEY = 1`,
		`SILENCED_SYSTEM_CHECKS = ["corsheaders.W999"]`,
		`SILENCED_SYSTEM_CHECKS = ["corsheaders.E101"]`,
		`SILENCED_SYSTEM_CHECKS = [{ id = "corsheaders.W141" }]`,
		`SILENCED_SYSTEM_CHECKS = [{ id = "corsheaders.W141", reason = "x", till = 2027-01-31 }]`,
		`SILENCED_SYSTEM_CHECKS = [{ id = "corsheaders.W141", reason = "x", until = "soon" }]`,
		`URLS = { "polls" = "corsheaders" }`,
		`URLS = { "/polls/" = "polls" }`,
		`CORS_ALLOWED_ORIGINS = ["https://a.example/"]`,
		`CORS_ALLOWED_ORIGINS = ["a.example"]`,
		`CORS_ALLOWED_ORIGINS = ["*"]`,
		`CORS_ORIGIN_WHITELIST = ["*"]`,
		`CORS_PREFLIGHT_MAX_AGE = -1`,
		`CORS_PREFLIGHT_MAX_AGE = 1.5`,
		`CORS_MODEL = "x"`,
		"[URLS]\n\"/a/\" = \"corsheaders\"\nDEBUG = true",
	} {
		if validate(t, schema, bad) == nil {
			t.Errorf("the schema takes %s", bad)
		}
	}
}

// Each setting has a text.
func TestEverySettingHasAText(t *testing.T) {
	p, _ := settledtest.Setup(t, exampleApps, "DEBUG = true\n")
	for _, s := range p.Settings() {
		if s.Doc == "" {
			t.Errorf("%s of %s has no documentation", s.Name, s.App)
		}
		for _, e := range s.Entries {
			if e.Doc == "" {
				t.Errorf("%s of %s has no documentation", e.Name, s.Name)
			}
		}
	}
}
