package settings_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// Whatever is wrong, its message says what to do next. The tables of the other
// tests say what; here are all ids, and what the tables leave out.
func TestEveryMessageHasAHint(t *testing.T) {
	dir := write(t, map[string]string{"d.toml/e.toml": "", "bad.toml": "A = "})
	if err := os.Truncate(filepath.Join(dir, "d.toml/e.toml"), 65<<20); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, tt := range []struct {
		text string
		env  []string
		into []any // structs of app0, app1 ...
	}{
		{text: strings.Repeat("BOOL = ", 3)},
		{text: "BOOL = 2\nINT = ''\nINT8 = '-1'\nUINT16 = 70000\nFLOAT = []\nTEXT = {}\nLIST = [[]]\nPAIR = []\nTABLE = 1\nROWS = [1]\nWHEN = 1\nNET = 1\nPATTERN = '('\nSECRETS = [[]]",
			into: []any{&kinds{}}},
		{text: "AUTH_FLAG = 1\nAPI_KEYS = ['x']\nTOKEN_HOURS = 999\nKEY_WAIT = 'x'\nWAITS = { KEY = 'x' }\nAUTH = 1", into: []any{&vault{}}},
		{env: []string{"SETTLED_BOOL=", "SETTLED_INT=x", "SETTLED_INT8=-", "SETTLED_FLOAT=1e999", "SETTLED_TEXT=\xff", "SETTLED_LEVEL=\xff", "SETTLED_LIST=,", "SETTLED_LISTS=1,",
			"SETTLED_PAIR=a", "SETTLED_TABLE=[]", "SETTLED_SERVERS={x={PORT=''}}", "SETTLED_ROWS=1", "SETTLED_ANY=x", "SETTLED_WAIT=1", "SETTLED_WHEN=1", "SETTLED_NET=x",
			"SETTLED_PATTERN=(", "SETTLED_SECRET=\xff", "SETTLED_SECRETS=[1]", "SETTLED_NO_SUCH=1", "SETTLED_EXTENDS=x"}, into: []any{&kinds{}}},
		{text: "EXTENDS = ['no', 'no.toml', 'd.toml', 'd.toml/e.toml', '', 'test.toml', 5, 'bad.toml']"},
		{text: "EXTENDS = 1"},
		{text: "SECRET = { env = 'NO_SUCH' }\nSECRETS = [{ file = 'no/such' }, { file = 'd.toml' }, { file = 'd.toml/e.toml' }]", into: []any{&kinds{}}},
		{text: "OLD_ALL = 1\nORIGINS = []\nOLD_ORIGINS = []\nMODEL = 1", env: []string{"SETTLED_OLD_ALL=x", "SETTLED_OLD_MODEL="}, into: []any{&renamed{}}},
		{text: "debug = true\nDEBUGG = true\nLINKED = 1\nother = 1\nextends = 'x'\nROWS = [{ X = 1, HOSTT = 1 }]\n[SERVERS.x]\nDEBUG = true\nEXTENDS = 'x'",
			env: []string{"SETTLED_LINKED=1", "SETTLED_debug=1"}, into: []any{&site{}}},
		{text: "HIGH = 1", into: []any{&strict{Left: 1}}},
		{into: []any{&layered{}, &layered{}}},
	} {
		name := filepath.Join(dir, "test.toml")
		f, err := settings.Parse(name, []byte(tt.text), settings.Options{Env: tt.env})
		var ms checks.Messages
		if err != nil {
			ms = failure(t, err)
		} else {
			for i, dst := range tt.into {
				ms = append(ms, f.Decode("app"+string(rune('0'+i)), dst)...)
				ms = append(ms, f.Resolve(dst)...)
			}
			f.Offer("linked", struct {
				X int `toml:"LINKED"`
			}{})
			ms = append(ms, f.Unclaimed()...)
		}
		if len(ms) == 0 {
			t.Errorf("%q %q: no messages", tt.text, tt.env)
		}
		hinted(t, ms)
		for _, id := range ids(ms) {
			seen[id] = true
		}
	}
	for _, id := range []string{"E001", "E002", "E003", "E004", "E005", "E006", "E008", "E009", "E010", "I010", "E012"} {
		if id = "settings." + id; !seen[id] {
			t.Errorf("no message has the id %s", id)
		}
	}
}

// strict has a standard tag of each kind.
type strict struct {
	Need  string   `toml:"NEED" validate:"required"`
	Needs []string `toml:"NEEDS" validate:"required_with=High"`
	Left  int      `toml:"LEFT" validate:"isdefault"`
	High  int      `toml:"HIGH" validate:"excluded_with=Left"`
	Low   int      `toml:"LOW" validate:"min=1"`
}

func TestHintsOfRules(t *testing.T) {
	var hints []string
	for _, m := range settings.Validate(strict{Left: 1, High: 1}) {
		hints = append(hints, string(m.Setting)+": "+m.Hint)
	}
	want := []string{"NEED: give it a value", "NEEDS: give it a value", "LEFT: take it out", "HIGH: take it out",
		"LOW: change the value, or take the setting out for its default"}
	if !slices.Equal(hints, want) {
		t.Errorf("got %q, want %q", hints, want)
	}
}
