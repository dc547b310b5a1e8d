package settings_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// secret is what no message may show.
const secret = "hunter2"

// leaks are the parts of messages that show the secret.
func leaks(ms checks.Messages) []string {
	var all []string
	check := func(what, text string) {
		if strings.Contains(text, secret) {
			all = append(all, what+" "+text)
		}
	}
	for _, m := range ms {
		check("text", m.Text)
		check("hint", m.Hint)
		check("source", m.At.Source)
		for _, r := range m.Related {
			check("note", r.Text)
			check("source", r.At.Source)
		}
	}
	return all
}

// vault has secrets in every place.
type vault struct {
	SecretKey settings.Secret            `toml:"SECRET_KEY" alias:"OLD_SECRET_KEY" check:"app.E001 alias=app.W001 both=app.E002"`
	Plain     settings.Secret            `toml:"PLAIN"`
	List      []settings.Secret          `toml:"LIST"`
	Table     map[string]settings.Secret `toml:"TABLE"`
	Databases map[string]struct {
		Password string          `toml:"PASSWORD" validate:"max=1"`
		Login    settings.Secret `toml:"LOGIN"`
		Port     int             `toml:"PORT"`
	} `toml:"DATABASES" validate:"dive"`
	APIKeys    []int                    `toml:"API_KEYS"`
	TokenHours int8                     `toml:"TOKEN_HOURS"`
	Auth       map[string]any           `toml:"AUTH"`
	AuthFlag   bool                     `toml:"AUTH_FLAG"`
	KeyWait    time.Duration            `toml:"KEY_WAIT"`
	Waits      map[string]time.Duration `toml:"WAITS"`
	Name       string                   `toml:"NAME" validate:"max=1"`
}

// everyMessage marks every value of the file in turn, beside all that the file
// has to say for itself.
func everyMessage(t *testing.T, text string, env ...string) checks.Messages {
	f, err := settings.Parse("no/such/test.toml", []byte(text), settings.Options{Env: env})
	if err != nil {
		hinted(t, failure(t, err))
		return failure(t, err)
	}
	var dst vault
	ms := f.Decode("app", &dst)
	f.Offer("other", &struct {
		X settings.Secret `toml:"LINKED"`
	}{})
	ms = append(ms, f.Unclaimed()...)
	ms = append(ms, f.Resolve(&dst)...)
	hinted(t, ms)
	for _, path := range []checks.Path{"SECRET_KEY", "OLD_SECRET_KEY", "PLAIN", "PLAIN.x", "LIST", "LIST[0]", "LIST[1]", "TABLE", "TABLE.a",
		"DATABASES", "DATABASES.x", "DATABASES.x.PASSWORD", "DATABASES.x.LOGIN", "DATABASES.x.PORT", "API_KEYS", "API_KEYS[0]", "API_KEYS[1]",
		"AUTH", "AUTH.x", "AUTH.x[0]", "NAME", "LINKED", "A", "A.PASSWORD", "A[0]", "A[1].PASSWORD", "A[2]"} {
		ms = append(ms, checks.Errorf("app.E009", "x").On(path).In(1, 2).See(path, "y"))
	}
	ms = f.Place(ms)
	for _, m := range ms {
		if m.At.Start.Line > 0 {
			underlined(t, m.At)
		}
	}
	return ms
}

func TestSecretsNeverShow(t *testing.T) {
	for _, shape := range shapes {
		text := mark(shape)
		t.Run(shape, func(t *testing.T) {
			for _, text := range []string{text, "B = 1\n" + text, text + "\n", text + "\nC = \"x", "C = [\n" + text} {
				ms := everyMessage(t, text)
				for _, leak := range leaks(ms) {
					t.Errorf("%q leaks: %s", text, leak)
				}
			}
		})
	}
}

// The variables of the environment are no better known to a reader.
func TestSecretsOfTheEnvironmentNeverShow(t *testing.T) {
	for _, value := range []string{secret, "[" + secret, "['" + secret, "{x='" + secret + "'}", secret + ",,", "'" + secret + "'", secret + "\xff", "[['" + secret + "']]"} {
		for _, name := range []string{"SECRET_KEY", "OLD_SECRET_KEY", "PLAIN", "LIST", "TABLE", "DATABASES", "API_KEYS", "TOKEN_HOURS", "AUTH", "AUTH_FLAG", "NO_SUCH_KEY", "NO_SUCH", "EXTENDS"} {
			env := "SETTLED_" + name + "=" + value
			for _, leak := range leaks(everyMessage(t, "", env)) {
				t.Errorf("%q leaks: %s", env, leak)
			}
		}
	}
}

func TestSecretsOfABaseNeverShow(t *testing.T) {
	dir := t.TempDir()
	for _, base := range []string{"SECRET_KEY = [\"" + secret + "\"]", "SECRET_KEY = \"" + secret, "PLAIN = ['" + secret + "']"} {
		if err := os.WriteFile(filepath.Join(dir, "base.toml"), []byte(base), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := settings.Parse(filepath.Join(dir, "test.toml"), []byte("EXTENDS = 'base.toml'\nSECRET_KEY = 'x'"), settings.Options{})
		var ms checks.Messages
		if err != nil {
			ms = failure(t, err)
		} else {
			ms = f.Decode("app", &vault{})
		}
		if len(ms) != 1 || len(leaks(ms)) > 0 || ms[0].At.Source == "" {
			t.Errorf("%s:\n%s%q", base, report(ms), leaks(ms))
		}
	}
}

// The line of a Secret is masked as soon as its app is known.
func TestSecretOfAnAppThatIsNotInstalled(t *testing.T) {
	f := parse(t, "LINKED = 'hunter2'")
	f.Offer("other", &struct {
		X settings.Secret `toml:"LINKED"`
	}{})
	if got, want := f.Origin("LINKED").Source, "LINKED = ********************"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A part of a hidden value has no place of its own: that would tell how long
// the parts are.
func TestPartOfHiddenValue(t *testing.T) {
	f := parse(t, "SECRET_KEY = 'hunter2'")
	m := checks.Errorf("app.E001", "x").On("SECRET_KEY")
	ms := f.Place(checks.Messages{m, m.In(2, 3)})
	if ms[0].At != ms[1].At {
		t.Errorf("got %+v, want %+v", ms[1].At, ms[0].At)
	}
}

// A line with a hidden value is still shown, up to the value or around it.
func TestMaskedLine(t *testing.T) {
	for _, tt := range []struct{ text, path, source, marked string }{
		{`SECRET_KEY = "hunter2" # why`, "SECRET_KEY", "SECRET_KEY = " + stars, stars},
		{`A = { PASSWORD = "hunter2", HOST = "x" }`, "A.HOST", `A = { PASSWORD = ` + stars + `, HOST = "x" }`, `"x"`},
		{`A = { PASSWORD = "hunter2", HOST = "x" }`, "A.PASSWORD", `A = { PASSWORD = ` + stars + `, HOST = "x" }`, stars},
		{`A = { PASSWORD = "hunter2", HOST = "x" }`, "A", `A = { PASSWORD = ` + stars + `, HOST = "x" }`, `{ PASSWORD = ` + stars + `, HOST = "x" }`},
		{"A = { PASSWORD = '''\nhunter2\n''', HOST = 'x' }", "A.HOST", stars + `, HOST = 'x' }`, `'x'`},
		{"[URLS]\n\"/api/\" = \"polls\"", `URLS."/api/"`, `"/api/" = "polls"`, `"polls"`},
		{"API = [\n  'hunter2',\n  'x',\n]", "API[0]", stars, stars},
		{"A = [ # x\n  { KEY = 'hunter2' }, 5 ]", "A[1]", "  { KEY = " + stars + " }, 5 ]", "5"},
	} {
		at := parse(t, tt.text).Origin(checks.Path(tt.path))
		if at.Source != tt.source || underlined(t, at) != tt.marked {
			t.Errorf("%s: got %q, marked %q;\nwant %q, marked %q", tt.path, at.Source, underlined(t, at), tt.source, tt.marked)
		}
	}
	for text, want := range map[string]string{
		`SECRET_KEY = "hunter2`:                    "SECRET_KEY = …",
		`SECRET_KEY = hunter2`:                     "SECRET_KEY = …",
		`SECRET_KEY: hunter2`:                      "SECRET_KEY:…",
		"SECRET_KEY = '''\nhunter2":                "SECRET_KEY = …",
		"SECRET_KEY = [\n'hunter2' 'x']":           "",
		`A = { HOST = "x", PASSWORD = "hunter2 }`:  `A = { HOST = "x", PASSWORD = …`,
		"A = { PASSWORD = 'hunter2' }\nHOST = x":   "HOST = x",
		"SECRET_KEY = 'hunter2'\nSECRET_KEY = 'x'": "SECRET_KEY…",
	} {
		_, err := settings.Parse("test.toml", []byte(text), settings.Options{})
		if got := failure(t, err)[0].At.Source; got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// The password of a URL shows nowhere, whatever the name of the setting is, not
// even in a file that does not parse.
func TestPasswordsOfURLsNeverShow(t *testing.T) {
	const u = "postgres://u:hunter2@db/x"
	for _, text := range []string{
		"NAME = '" + u + "'", "LIST = ['" + u + "', 5]", "WAITS = { x = '" + u + "' }", "KEY_WAIT = '" + u + "'", "AUTH_FLAG = 1 # " + u,
		"NO = '" + u + "'", "NAME = '" + u + "' # x\nNAME = 1", "NAME = '" + u, "NAME = 1 '" + u + "'", "NAME = " + u, "NAME = 'postgres://u:hun'ter2@x'",
		"NAME = 1 'postgres://u:hunter2' @x", "NAME = 'postgres://u:x hunter2@db'",
	} {
		for _, leak := range leaks(everyMessage(t, text)) {
			t.Errorf("%q leaks: %s", text, leak)
		}
	}
	for _, name := range []string{"NAME", "LIST", "WAITS", "KEY_WAIT", "AUTH_FLAG", "TABLE", "NO_SUCH"} {
		for _, value := range []string{u, u + ",,", "{ x = '" + u + "' }", strings.Repeat("x", 45) + u} {
			for _, leak := range leaks(everyMessage(t, "", "SETTLED_"+name+"="+value)) {
				t.Errorf("%s=%s leaks: %s", name, value, leak)
			}
		}
	}
	if got, want := parse(t, "A = ['"+u+"', 5]").Origin("A[1]").Source, "A = ['postgres://u:"+stars+"@db/x', 5]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// forms are what may stand behind SECRET_KEY.
var forms = []string{
	` = "S"`, ` = 'S' # S`, " = \"\"\"\nS\n\"\"\"", " = '''S''' ", " = [\"S\",\n\"S\"]", ` = { x = "S", y = ["S"] }`, ` = S`, `.x."y z" = "S"`,
}

// Whatever stands before and behind a secret, and whatever is lost of what is
// behind its name, no message shows it.
func FuzzSecret(f *testing.F) {
	for i := range forms {
		f.Add(uint(i), "A = 1", "B = 2", uint(3), uint(2))
		f.Add(uint(i), "[AUTH]", " x", uint(99), uint(0))
		f.Add(uint(i), "DATABASES = 5", "\n]\"\n", uint(0), uint(1))
		f.Add(uint(i), "SECRET_KEY = 1", "\nSECRET_KEY=1", uint(5), uint(1))
	}
	f.Fuzz(func(t *testing.T, form uint, before, after string, from, length uint) {
		if strings.Contains(before+after, "EXTENDS") {
			t.Skip()
		}
		if _, err := settings.Parse("test.toml", []byte(before), settings.Options{}); err != nil {
			t.Skip() // the secret could be inside another value
		}
		rest := mark(forms[form%uint(len(forms))]) + after
		// Without its first byte the rest would be part of the name.
		if end := uint(len(rest)); 0 < from && from < end {
			rest = rest[:from] + rest[from+min(length, end-from):]
		}
		text := before + "\nSECRET_KEY" + rest
		for _, leak := range leaks(everyMessage(t, text)) {
			t.Errorf("%q leaks: %s", text, leak)
		}
	})
}
