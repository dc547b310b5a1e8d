package settings_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// The text at the place of a value decodes to that value.
func FuzzPositions(f *testing.F) {
	for _, text := range documents {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "EXTENDS") {
			t.Skip() // could name any file of this machine
		}
		checkPositions(t, text)
	})
}

// everything is a struct with a field of each kind.
type everything struct {
	Bool   bool              `toml:"BOOL"`
	Int    int               `toml:"INT" check:"app.E001" validate:"min=0"`
	Int8   int8              `toml:"A"`
	Float  float64           `toml:"FLOAT"`
	Text   string            `toml:"TEXT" alias:"OLD_TEXT" check:"app.E002 alias=app.W001 both=app.E003"`
	List   []string          `toml:"B"`
	Lists  [][]int           `toml:"LISTS"`
	Pair   [2]string         `toml:"PAIR"`
	Table  map[string]string `toml:"C"`
	Nested map[string]struct {
		Host     string          `toml:"HOST"`
		Password settings.Secret `toml:"PASSWORD"`
		Port     uint16          `toml:"PORT"`
	} `toml:"D"`
	Any     any              `toml:"E"`
	Wait    time.Duration    `toml:"WAIT"`
	When    time.Time        `toml:"WHEN"`
	Pattern *regexp.Regexp   `toml:"PATTERN_REGEX"`
	Regexes []string         `toml:"LIST_REGEX"`
	Key     settings.Secret  `toml:"SECRET_KEY"`
	Unnamed settings.Secret  `toml:"UNNAMED"`
	Gone    settings.Removed `toml:"GONE" check:"app.E009"`
}

// examine is all that the package has to say of a text.
func examine(t *testing.T, text string, env ...string) checks.Messages {
	f, err := settings.Parse("no/such/test.toml", []byte(text), settings.Options{Env: env})
	if err != nil {
		return failure(t, err)
	}
	var dst everything
	ms := f.Decode("app", &dst)
	f.Offer("other", &struct {
		X string `toml:"LINKED"`
	}{})
	ms = append(ms, f.Unclaimed()...)
	ms = append(ms, f.Resolve(&dst)...)
	ms = f.Place(ms)
	ms.Sort()
	return ms
}

var idPattern = regexp.MustCompile(`^[a-z]+\.[EWI][0-9]{3}$`)

// Whatever the text is: no panic, the same report twice, and every message has
// an id, a text of one line and a place.
func FuzzParse(f *testing.F) {
	for _, text := range documents {
		f.Add(text, "1")
	}
	f.Add("BOOL = 'true'\nINT = 1.5\nA = 300\nTEXT = 'x'\nOLD_TEXT = 'y'\nB = 'x'\n[D.x]\nPORT = -1\nHOSTT = 1\nBOOL = true", "[1")
	f.Add("GONE = 1\nUNNAMED = { env = 'X' }\nPATTERN_REGEX = '('\nWAIT = 5\nPAIR = ['x']\nLINKED = 1\nlinked = 1", "x,,y")
	f.Fuzz(func(t *testing.T, text, variable string) {
		if strings.Contains(text, "EXTENDS") || strings.Contains(text, "file") {
			t.Skip()
		}
		var env []string
		for _, name := range []string{"BOOL", "INT", "FLOAT", "B", "C", "LISTS", "LIST_REGEX", "E", "WHEN", "SECRET_KEY", "NO_SUCH"} {
			env = append(env, "SETTLED_"+name+"="+variable)
		}
		for _, env := range [][]string{nil, env} {
			ms := examine(t, text, env...)
			if diff := cmp.Diff(ms, examine(t, text, env...)); diff != "" {
				t.Errorf("two runs differ (-first +second):\n%s", diff)
			}
			for _, m := range ms {
				if !idPattern.MatchString(m.ID) || m.Text == "" || strings.Contains(m.Text+m.Hint, "\n") || m.At.File == "" {
					t.Errorf("%+v", m)
				}
				if m.At.Start.Line > 0 {
					underlined(t, m.At)
				}
			}
		}
	})
}
