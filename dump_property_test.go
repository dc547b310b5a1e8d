package settled_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/manage/command"
	"github.com/settled-go/settled/settings"
)

// kinds is an app with settings of all kinds.
type kinds struct{ settings kindsSettings }

type kindsSettings struct {
	Text    string                     `toml:"KINDS_TEXT"`
	Texts   []string                   `toml:"KINDS_TEXTS"`
	Regexes []string                   `toml:"KINDS_REGEXES"`
	Number  float64                    `toml:"KINDS_NUMBER"`
	Whole   int64                      `toml:"KINDS_WHOLE"`
	On      *bool                      `toml:"KINDS_ON"`
	Wait    time.Duration              `toml:"KINDS_WAIT"`
	At      time.Time                  `toml:"KINDS_AT"`
	Day     settings.Date              `toml:"KINDS_DAY"`
	Any     any                        `toml:"KINDS_ANY"`
	Lists   [][]int                    `toml:"KINDS_LISTS"`
	Vaults  []settings.Secret          `toml:"KINDS_VAULTS"`
	Doors   map[string]settings.Secret `toml:"KINDS_DOORS"`
	Token   string                     `toml:"KINDS_API_TOKEN"`
	Safe    settings.Secret            `toml:"KINDS_SAFE"`
	Nested  map[string]struct {
		Name  string         `toml:"name"`
		Limit *int           `toml:"limit"`
		More  map[string]any `toml:"more"`
	} `toml:"KINDS_NESTED"`
}

func (a *kinds) Settings() any { return &a.settings }

const kindsPrefix = "DEBUG = true\nINSTALLED_APPS = [\"kinds\"]\n"

// kindsLines are values that are easy to get wrong.
var kindsLines = []string{
	`KINDS_TEXT = "a\"b\\c'd\te\nf\u0000\u001b\u00a0\u202e é 😀 $HOME $(x) ` + "`y`" + ` !"`,
	`KINDS_TEXT = " "`, `KINDS_TEXT = "[1]"`, `KINDS_TEXT = "a=b # c"`, `KINDS_TEXT = "~/x"`, `KINDS_TEXT = '\'`, `KINDS_TEXT = "''"`,
	`KINDS_TEXTS = []`, `KINDS_TEXTS = [""]`, `KINDS_TEXTS = ["a,b", "c"]`, `KINDS_TEXTS = [" a", "b"]`, `KINDS_TEXTS = ["[a", "b"]`, `KINDS_TEXTS = ["'", '"']`,
	`KINDS_REGEXES = ["a{1,2}"]`, `KINDS_REGEXES = ["a", "b"]`,
	`KINDS_NUMBER = 1`, `KINDS_NUMBER = 1e300`, `KINDS_NUMBER = -0.1`, `KINDS_NUMBER = inf`, `KINDS_NUMBER = nan`,
	`KINDS_WHOLE = -9223372036854775808`, `KINDS_ON = false`, `KINDS_ON = true`, `KINDS_WAIT = "1h0m0.5s"`,
	`KINDS_AT = 1979-05-27T00:32:00.999999-07:00`, `KINDS_DAY = 2027-01-31`,
	`KINDS_ANY = "text"`, `KINDS_ANY = "1"`, `KINDS_ANY = [1, "a", { b = [2.0, true], "c d" = 1979-05-27T07:32:00Z }]`, `KINDS_ANY = {}`,
	`KINDS_LISTS = [[1, 2], []]`, `KINDS_VAULTS = [{ env = "HOME" }, { env = "PATH" }]`,
	`KINDS_DOORS = { front = { env = "HOME" }, "the back" = { env = "PATH" } }`,
	`KINDS_NESTED = { a = { name = "x", limit = 0, more = { "y z" = [1] } }, b = {} }`,
}

// dumpRegistry has every app of the scripts.
func dumpRegistry() *settled.Registry {
	var r settled.Registry
	apps := testApps()
	maps.Copy(apps, exampleApps)
	apps["kinds"] = func() settled.App { return new(kinds) }
	for name, new := range apps {
		r.Register(name, new)
	}
	return &r
}

// A dump means the same as the settings that it was made of: those of all
// scripts, and values of all kinds.
func TestDumpMeansTheSame(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a POSIX shell")
	}
	names, err := filepath.Glob(filepath.Join(scripts, "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	dumped, want := 0, 200
	if testing.Short() {
		names, want = names[:len(names)/8], 10
	}
	for _, name := range names {
		script, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		for _, file := range script.Files {
			makeFile(t, filepath.Join(dir, file.Name), string(file.Data))
		}
		for _, file := range script.Files {
			if filepath.Ext(file.Name) == ".toml" && dumpAndCompare(t, filepath.Join(dir, file.Name)) {
				dumped++
			}
		}
	}
	if dumped < want {
		t.Errorf("only %d files have been dumped", dumped)
	}
	for _, line := range kindsLines {
		name := filepath.Join(t.TempDir(), "settings.toml")
		makeFile(t, name, kindsPrefix+line+"\n")
		if !dumpAndCompare(t, name) {
			t.Errorf("%s is no setting of kinds", line)
		}
	}
}

func makeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// dumpAndCompare reports whether there was something to dump.
func dumpAndCompare(t *testing.T, name string) bool {
	t.Helper()
	f, err := settings.Load(name)
	if err != nil {
		return false
	}
	p, found := dumpRegistry().Setup(f)
	if found, _ = p.Silence(found); len(found.AtLeast(checks.Error)) > 0 {
		return false
	}
	for _, all := range []string{"--all=false", "--all"} {
		text := dumpOf(t, name, "toml", all)
		copied := filepath.Join(t.TempDir(), "elsewhere", "settings.toml")
		makeFile(t, copied, text)
		again, err := settings.Load(copied)
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		compareDump(t, name, text, p, again)
		if all == "--all" {
			continue
		}
		text = dumpOf(t, name, "env", all)
		again, err = settings.Parse("empty.toml", nil, settings.Options{Env: sourced(t, text)})
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		compareDump(t, name, text, p, again)
	}
	return true
}

func dumpOf(t *testing.T, name, format, all string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	program := command.Program{Name: "manage", Setup: dumpRegistry().Setup, Stdout: &stdout, Stderr: &stderr}
	status := program.Run(t.Context(), []string{"dumpsettings", "--settings", name, "--format", format, all})
	complains := strings.Contains(stderr.String(), "can't be written as a variable")
	if status != 0 && !(format == "env" && complains) {
		t.Fatalf("%s: %d, %s", name, status, stderr.String())
	}
	return stdout.String()
}

// sourced are the variables that a shell takes from a file.
func sourced(t *testing.T, text string) []string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "dump.env")
	makeFile(t, name, text)
	cmd := exec.Command("sh", "-c", `set -a; . "$1"; exec env -0`, "sh", name)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=/"}
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var mine []string
	for entry := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if strings.HasPrefix(entry, "SETTLED_") {
			mine = append(mine, entry)
		}
	}
	return append(mine, "HOME=/", "PATH=/bin")
}

// No dump holds a secret, in whatever shape it is written, nor does what is said
// about it.
func TestDumpHoldsNoSecret(t *testing.T) {
	for _, line := range []string{
		`KINDS_SAFE = "hunter2"`,
		`KINDS_API_TOKEN = "hunter2"`,
		`KINDS_TEXT = "https://user:hunter2@db.example/"`,
		`KINDS_TEXTS = ["a", "https://user:hunter2@db.example/"]`,
		`KINDS_ANY = { a = { PASSWORD = "hunter2" } }`,
		`KINDS_ANY = [{ password = ["hunter2"] }]`,
		`KINDS_ANY = "postgres://user:hunter2@db.example/"`,
		`KINDS_VAULTS = [{ env = "HOME" }, "hunter2"]`,
		`KINDS_DOORS = { front = "hunter2" }`,
		`KINDS_NESTED = { a = { more = { secret_key = { b = "hunter2" } } } }`,
	} {
		name := filepath.Join(t.TempDir(), "settings.toml")
		makeFile(t, name, kindsPrefix+line+"\n")
		for _, format := range []string{"toml", "json", "env"} {
			var stdout, stderr bytes.Buffer
			program := command.Program{Name: "manage", Setup: dumpRegistry().Setup, Stdout: &stdout, Stderr: &stderr}
			status := program.Run(t.Context(), []string{"dumpsettings", "--all", "--settings", name, "--format", format})
			if text := stdout.String() + stderr.String(); status != 0 || strings.Contains(text, "hunter2") || !strings.Contains(stderr.String(), " is left out") {
				t.Errorf("%s as %s: %d\n%s", line, format, status, text)
			}
		}
	}
}

var gapComment = regexp.MustCompile(`(?m)^# ([A-Z0-9_]+).* is left out$`)

func compareDump(t *testing.T, name, text string, p *settled.Project, f *settings.File) {
	t.Helper()
	gaps := map[string]bool{}
	for _, m := range gapComment.FindAllStringSubmatch(text, -1) {
		gaps[m[1]] = true
	}
	again, found := dumpRegistry().Setup(f)
	found, _ = again.Silence(found)
	if errs := found.AtLeast(checks.Error); len(errs) > 0 && !gaps["VAULT_DOORS"] {
		t.Errorf("%s: %v\n%s", name, errs, text)
		return
	}
	want, got := valuesOf(p), valuesOf(again)
	for setting := range want {
		if !gaps[setting] && !reflect.DeepEqual(want[setting], got[setting]) {
			t.Errorf("%s: %s is %#v, was %#v\n%s", name, setting, got[setting], want[setting], text)
		}
	}
	if len(want) != len(got) {
		t.Errorf("%s: %d settings, had %d", name, len(got), len(want))
	}
	if fmt.Sprint(p.Chain()) != fmt.Sprint(again.Chain()) && !gaps["MIDDLEWARE"] {
		t.Errorf("%s: %v, was %v", name, again.Chain(), p.Chain())
	}
}

// valuesOf are the values of a project's settings, with secrets as what they
// refer to.
func valuesOf(p *settled.Project) map[string]any {
	values := map[string]any{}
	for _, info := range p.Apps() {
		for _, f := range settings.Fields(info.Settings) {
			values[f.Name] = f.Value
			if secret, ok := f.Value.(settings.Secret); ok {
				kind, name := secret.Reference()
				if kind == "file" {
					name, _ = filepath.Abs(name)
				}
				values[f.Name] = kind + " " + name
			}
			if n, ok := f.Value.(float64); ok && n != n {
				values[f.Name] = "nan"
			}
		}
	}
	return values
}
