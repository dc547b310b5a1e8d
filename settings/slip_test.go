package settings_test

import (
	"strings"
	"testing"

	"github.com/settled-go/settled/settings"
)

// slipped are files with the secret, each of which one slip of the hand makes
// something else.
var slipped = []string{
	"DEBUG = true\nSECRET_KEY = \"S\"\nFOO = 1\n",
	"DEBUG = \"x\"\nSECRET_KEY = 'S' # old: S\nFOO = [1, 2]\n",
	"DEBUG = true\nSECRET_KEY = \"\"\"\nS\nS==\n\"\"\"\nFOO = 1\n",
	"FOO = '''\nx\n'''\nSECRET_KEY = '''\nS\n'''\nBAR = \"\"\n",
	"DEBUG = \"\"\nSECRET_KEY = \"\"\"\nS\n\"\"\"\n",
	"A = { n = 1, PASSWORD = \"S\", m = [1, 2] }\nB = 1\n",
	"[DATABASES.default]\nNAME = \"x\"\nPASSWORD = \"S\"\nHOST = \"x\"\n[X]\nY = 1\n",
	"API_KEYS = [\n  \"S\",\n  \"S\", # S\n]\nB = 1\n",
	"[API]\nx = \"S\"\ny = [\"S\", { z = \"S\" }]\n[B]\nx = 1\n",
	"\"SECRET KEY\" = 'S'\na.b.token.c = \"S\"\n'x'.\"api\" = '''S'''\nB = 1\n",
	"# SECRET_KEY = \"S\"\nSECRET_KEY = { env = \"X\", x = \"S\" }\nB = 1\n",
}

// What one slip leaves of a file shows no secret when it does not parse.
func TestSecretsNeverShowAfterASlip(t *testing.T) {
	const signs = "\"'[]{}=#\n"
	for _, shape := range slipped {
		text := mark(shape)
		for i := range len(text) {
			if strings.Contains(signs, text[i:i+1]) {
				checkSlip(t, text[:i]+text[i+1:])
			}
			for _, sign := range strings.Split(signs, "") {
				checkSlip(t, text[:i]+sign+text[i:])
			}
		}
	}
	for _, shape := range []string{
		`DEBUG = true"SECRET_KEY = 'S'`, `A = 1 "SECRET_KEY = 'S'`, `A = { n = 1', PASSWORD = "S" }`, `'''SECRET_KEY = "S"`,
		`"SECRET KEY[ = 'S'`, `"SECRET_KEY S`, `'"TOK\u0045N" = "S"`, `A = "SECRET_KEY, S`,
		"#API_KEYS = [\n  \"S\",\n]", "#SECRET_KEY = \"\"\"\nS\n\"\"\"", "A = 1 # SECRET_KEY = \"\"\"\nS\n\"\"\"",
		"DEBUG = \"\"\"\nSECRET_KEY = \"\"\"\nS\n\"\"\"", "SECRET_KEY = \"\"\nS==\n\"\"\"",
	} {
		checkSlip(t, mark(shape))
	}
}

// checkSlip looks at a file that may still be one.
func checkSlip(t *testing.T, text string) {
	if _, err := settings.Parse("test.toml", []byte(text), settings.Options{}); err != nil {
		for _, leak := range leaks(failure(t, err)) {
			t.Errorf("%q leaks: %s", text, leak)
		}
	}
}

// Where no hidden value can reach, the line is shown.
func TestLineBelowSecretShows(t *testing.T) {
	for text, want := range map[string]string{
		"SECRET_KEY = 'x'\nDEBUG = Tru":                    "DEBUG = Tru",
		"# SECRET_KEY = 'x'\n# The key of the API.\nA = B": "A = B",
		"#API_KEYS = [\n'x',\n":                            "",
		"A = \"\"\"\n#API_KEYS = [\nB = 1\nC = \"\"\"\nD":  "D",
	} {
		_, err := settings.Parse("test.toml", []byte(text), settings.Options{})
		if got := failure(t, err)[0].At.Source; got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
