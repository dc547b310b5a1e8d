package settled_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/settled-go/settled"
	_ "github.com/settled-go/settled/apps/proxy"
	_ "github.com/settled-go/settled/apps/staticfiles"
	_ "github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/manage/command"
	"github.com/settled-go/settled/settledtest"
)

// The programs of the scripts: manage is the stock one, testmanage has the
// apps of script_apps_test.go too.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"manage":     command.Main,
		"testmanage": func() { registerTestApps(); command.Main() },
	})
}

const scripts = "testdata/script"

// TestScripts runs the programs as a user does: settings in, output and exit
// status out.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 scripts,
		UpdateScripts:       os.Getenv("SETTLEDTEST_UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Values[serverKey{}] = new(scriptServer)
			env.Setenv("GORACE", "atexit_sleep_ms=0") // or each program of a -race run takes a second more
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond != "ipv6" {
				return false, fmt.Errorf("unknown condition %q", cond)
			}
			l, err := net.Listen("tcp6", "[::1]:0")
			if err == nil {
				l.Close()
			}
			return err == nil, nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"serve":   serveCmd,
			"quit":    quitCmd,
			"await":   awaitCmd,
			"get":     getCmd,
			"hang":    hangCmd,
			"cert":    certCmd,
			"busy":    busyCmd,
			"proxy":   proxyCmd,
			"replace": replaceCmd,
		},
	})
}

// replaceCmd is "replace OLD NEW FILE".
func replaceCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace old new file")
	}
	text := ts.ReadFile(args[2])
	if !strings.Contains(text, args[0]) {
		ts.Fatalf("%s has no %q", args[2], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(strings.ReplaceAll(text, args[0], args[1])), 0o666))
}

// everyRow is all checks of the framework and its apps.
func everyRow(t *testing.T) []settled.Check {
	p, _ := settledtest.Setup(t, exampleApps, "INSTALLED_APPS = [\"corsheaders\", \"django.contrib.staticfiles\", \"proxy\"]")
	var rows []settled.Check
	for _, info := range p.Apps() {
		if c, ok := info.App.(settled.Checker); ok {
			rows = append(rows, c.Checks()...)
		}
	}
	return rows
}

// everyID is all ids that the framework and its apps may report.
func everyID(t *testing.T) []string {
	var ids []string
	for _, row := range everyRow(t) {
		ids = append(ids, row.IDs...)
	}
	return ids
}

// idScript is the name of a script that is about one id.
var idScript = regexp.MustCompile(`^[a-z0-9_]+\.[CEWID][0-9]{3}\.txtar$`)

// deployOf asks for the checks for deployments too, perhaps those of one app.
var deployOf = regexp.MustCompile(` --deploy( [a-z][a-z.]*)?`)

// Each id has a script: settings with the problem and the exact message, and
// the nearest settings without it.
func TestEveryIDHasAScript(t *testing.T) {
	ids := everyID(t)
	for _, id := range ids {
		data, err := os.ReadFile(filepath.Join(scripts, id+".txtar"))
		if err != nil {
			t.Error(err)
			continue
		}
		text := deployOf.ReplaceAllString(string(data), "")
		for _, want := range []string{"(" + id + ")\n", " check --settings bad.toml\n", "-- bad.toml --\n", "cmp stderr want\n",
			" check --settings good.toml\n", "-- good.toml --\n", "stdout 'no issues"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s.txtar does not contain %q", id, want)
			}
		}
	}
	files, err := os.ReadDir(scripts)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if id := strings.TrimSuffix(file.Name(), ".txtar"); idScript.MatchString(file.Name()) && !slices.Contains(ids, id) {
			t.Errorf("%s is about an id that nothing reports", file.Name())
		}
	}
}

// The stock binary has all that it needs linked in.
func TestStockBinaryBuilds(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	bin := filepath.Join(t.TempDir(), "manage")
	if out, err := exec.Command("go", "build", "-o", bin, "./manage").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.Command(bin, "--settings", "settings.example.toml", "check").CombinedOutput()
	if want := "System check identified no issues (0 silenced).\n"; err != nil || string(out) != want {
		t.Errorf("got %q, %v, want %q", out, err, want)
	}
	if out, err = exec.Command(bin, "version").Output(); err != nil || string(out) != fmt.Sprintln(settled.Version) {
		t.Errorf("version: %q, %v", out, err)
	}
}

// Each id that check --fix can mend is mended in a script.
func TestEveryFixableIDHasAScript(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(scripts, "fix*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	for _, row := range everyRow(t) {
		for _, id := range row.IDs {
			if mended := regexp.MustCompile(`: fixed: .* \(` + regexp.QuoteMeta(id) + `\)\n`).MatchString(all.String()); row.Fixable != mended {
				t.Errorf("%s: fixable is %v, fixed in a script %v", id, row.Fixable, mended)
			}
		}
	}
}
