package settings_test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// fromEnv is a struct with a field of each kind that a variable can be.
type fromEnv struct {
	Bool    bool              `toml:"BOOL" check:"app.E001"`
	Int     int               `toml:"INT"`
	Int8    *int8             `toml:"INT8"`
	Float   float64           `toml:"FLOAT"`
	Text    string            `toml:"TEXT"`
	List    []string          `toml:"LIST"`
	Ints    []int             `toml:"INTS"`
	Lists   [][]string        `toml:"LISTS"`
	Regexes []string          `toml:"LIST_REGEXES"`
	Pair    [2]string         `toml:"PAIR"`
	Table   map[string]string `toml:"TABLE"`
	Server  server            `toml:"SERVER"`
	Any     any               `toml:"ANY"`
	Wait    time.Duration     `toml:"WAIT"`
	When    time.Time         `toml:"WHEN"`
	Net     netip.Prefix      `toml:"NET"`
	Key     settings.Secret   `toml:"SECRET_KEY"`
	Tokens  []int             `toml:"TOKENS"`
}

func TestEnvironment(t *testing.T) {
	small := int8(5)
	for _, tt := range []struct {
		env  string
		want fromEnv
	}{
		{"BOOL=true", fromEnv{Bool: true}},
		{"BOOL=false", fromEnv{}},
		{"INT=-12", fromEnv{Int: -12}},
		{"INT8=5", fromEnv{Int8: &small}},
		{"FLOAT=1.5", fromEnv{Float: 1.5}},
		{"FLOAT=2", fromEnv{Float: 2}},
		{"TEXT= \"a\\n\" ", fromEnv{Text: ` "a\n" `}},
		{"TEXT=", fromEnv{}},
		{"LIST=a", fromEnv{List: []string{"a"}}},
		{"LIST=a, b=c,[d]", fromEnv{List: []string{"a", "b=c", "[d]"}}},
		{`LIST=["a,b", 'c']`, fromEnv{List: []string{"a,b", "c"}}},
		{"LIST= [\n'a', # b\n]", fromEnv{List: []string{"a"}}},
		{"LIST=[]", fromEnv{List: []string{}}},
		{"INTS=1,2", fromEnv{Ints: []int{1, 2}}},
		{"INTS=[1, 0x2]", fromEnv{Ints: []int{1, 2}}},
		{"LISTS=[['a'], []]", fromEnv{Lists: [][]string{{"a"}, {}}}},
		{`LIST_REGEXES=['a{1,2}']`, fromEnv{Regexes: []string{"a{1,2}"}}},
		{"TABLE={ a = 'b' }", fromEnv{Table: map[string]string{"a": "b"}}},
		{"SERVER={ HOST = 'b', PORT = 1 }", fromEnv{Server: server{"b", 1}}},
		{"ANY=[1]", fromEnv{Any: []any{int64(1)}}},
		{"WAIT=10s", fromEnv{Wait: 10 * time.Second}},
		{"WHEN=1979-05-27T00:00:00Z", fromEnv{When: time.Date(1979, 5, 27, 0, 0, 0, 0, time.UTC)}},
	} {
		t.Run(tt.env, func(t *testing.T) {
			// What the file says is hidden, and of the right type.
			got := fromEnv{}
			f := parse(t, "TEXT = 'file'\nBOOL = true", "SETTLED_"+tt.env, "SETTLED_SETTINGS=other.toml", "SETTLEDTEST_X=1", "OTHER=2")
			if tt.want.Text == "" && tt.env != "TEXT=" {
				tt.want.Text = "file"
			}
			if tt.env != "BOOL=false" {
				tt.want.Bool = true
			}
			if ms := append(f.Decode("app", &got), f.Unclaimed()...); len(ms) > 0 {
				t.Errorf("messages:\n%s", report(ms))
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreFields(fromEnv{}, "Key", "Net")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestEnvironmentSecret(t *testing.T) {
	var got fromEnv
	if ms := parse(t, "", `SETTLED_SECRET_KEY={ env = "raw" }`).Decode("app", &got); len(ms) > 0 || got.Key.Value() != `{ env = "raw" }` {
		t.Errorf("got %q\n%s", got.Key.Value(), report(ms))
	}
}

func TestEnvironmentErrors(t *testing.T) {
	const (
		boolean = "write SETTLED_BOOL=true or SETTLED_BOOL=false"
		integer = "write it as in SETTLED_INT=60"
		list    = "write SETTLED_LIST=one,two, or SETTLED_LIST=[] for none"
		change  = "change the value, or take the setting out for its default"
		correct = "correct or unset it"
	)
	for _, tt := range []struct{ env, setting, want, hint string }{
		{"BOOL=True", "BOOL", `SETTLED_BOOL should be true or false, not "True"`, boolean},
		{"BOOL=1", "BOOL", `SETTLED_BOOL should be true or false, not "1"`, boolean},
		{"BOOL=", "BOOL", `SETTLED_BOOL should be true or false, not ""`, boolean},
		{"INT=1.0", "INT", `SETTLED_INT should be an integer in plain digits, not "1.0"`, integer},
		{"INT=010", "INT", `SETTLED_INT should be an integer in plain digits, not "010"`, integer},
		{"INT= 1", "INT", `SETTLED_INT should be an integer in plain digits, not " 1"`, integer},
		{"INT8=300", "INT8", `SETTLED_INT8 should be an integer from -128 to 127`, "write it as in SETTLED_INT8=60"},
		{"FLOAT=x", "FLOAT", `SETTLED_FLOAT should be a number, not "x"`, "write it as in SETTLED_FLOAT=1.5"},
		{"FLOAT='1'", "FLOAT", `SETTLED_FLOAT should be a number, not a string`, "write it as in SETTLED_FLOAT=1.5"},
		{"LIST=", "LIST", `SETTLED_LIST should have no empty entry between its commas, not ""`, list},
		{"LIST=a,,b", "LIST", `SETTLED_LIST should have no empty entry between its commas, not "a,,b"`, list},
		{"LIST=a,", "LIST", `SETTLED_LIST should have no empty entry between its commas, not "a,"`, list},
		{"LIST=[a", "LIST", `SETTLED_LIST should be a TOML array, such as ["one", "two"], or entries between commas, not "[a"`, list},
		{"LIST=[1]", "LIST[0]", `SETTLED_LIST should be a list of strings, but SETTLED_LIST[0] is an integer`, "write a text in quotes"},
		{"LIST=[]\nOTHER = 1", "LIST", "SETTLED_LIST should be a TOML array, such as [\"one\", \"two\"], or entries between commas, not \"[]\\nOTHER = 1\"", list},
		{"INTS=1,x", "INTS", `SETTLED_INTS should hold entries between commas, each of which should be an integer in plain digits, not "1,x"`, "write it as in SETTLED_INTS='[60]'"},
		{"LIST_REGEXES=^a$", "LIST_REGEXES", `SETTLED_LIST_REGEXES should be a TOML array, since a regex may hold commas, not "^a$"`, `write a TOML array, as in SETTLED_LIST_REGEXES='["^https://[a-z]+\\.example\\.com$"]'`},
		{"TABLE=a", "TABLE", `SETTLED_TABLE should be a TOML inline table, such as { name = "value" }, not "a"`, `write it as in SETTLED_TABLE='{ name = "value" }'`},
		{"TABLE=[1]", "TABLE", `SETTLED_TABLE should be a table of strings, not a list`, `write it as in SETTLED_TABLE='{ name = "value" }'`},
		{"SERVER={PORT=-1}", "SERVER.PORT", `SETTLED_SERVER.PORT should be an integer from 0 to 65535`, change},
		{"TEXT=\xff", "TEXT", `SETTLED_TEXT should be valid UTF-8, not "\xff"`, correct},
		{"WAIT=10", "WAIT", `SETTLED_WAIT can't be read: time: missing unit in duration "10"`, "write it as in SETTLED_WAIT=10s"},
		{"WHEN=now", "WHEN", `SETTLED_WHEN should be a date and time as in TOML, not "now"`, "write it as in SETTLED_WHEN=2006-01-02T15:04:05Z"},
		{"ANY=x", "ANY", `SETTLED_ANY should be a TOML value, not "x"`, `write it as in SETTLED_ANY='"value"'`},
		{"NET=x", "NET", `SETTLED_NET can't be read: netip.ParsePrefix("x"): no '/'`, correct},
		{"SECRET_KEY=\xff", "SECRET_KEY", "SETTLED_SECRET_KEY should be valid UTF-8", correct},
		{"SERVER={HOST=1}", "SERVER.HOST", "SETTLED_SERVER.HOST should be a string, not an integer", "write a text in quotes"},
		{"PAIR=a", "PAIR", "SETTLED_PAIR should have 2 elements, not 1", "write it as in SETTLED_PAIR=one,two"},
		{"TOKENS=x", "TOKENS", `SETTLED_TOKENS should hold entries between commas, each of which should be an integer in plain digits`, "write it as in SETTLED_TOKENS='[60]'"},
	} {
		t.Run(tt.env, func(t *testing.T) {
			got := fromEnv{Int: 7}
			ms := parse(t, "TEXT = 'x'", "SETTLED_"+tt.env).Decode("app", &got)
			if len(ms) != 1 || ms[0].Text != tt.want || ms[0].Hint != tt.hint || string(ms[0].Setting) != tt.setting {
				t.Errorf("got %s\nwant %s\n  hint: %s", report(ms), tt.want, tt.hint)
			}
			for _, m := range ms {
				name, _, _ := strings.Cut(tt.env, "=")
				if m.ID != "settings.E008" || m.Class != checks.Unbuildable || m.At != (checks.Range{File: "SETTLED_" + name}) {
					t.Errorf("got %+v", m)
				}
			}
			if diff := cmp.Diff(fromEnv{Int: 7}, got, cmpopts.IgnoreFields(fromEnv{}, "Key", "Text", "Net")); diff != "" {
				t.Errorf("the default was changed (-want +got):\n%s", diff)
			}
		})
	}
}

// Two variables are taken: they say which files to read.
func TestEnvironmentReserved(t *testing.T) {
	got := struct {
		Settings string `toml:"SETTINGS"`
		Extends  string `toml:"EXTENDS"`
	}{"default", "default"}
	f := parse(t, "", "SETTLED_SETTINGS=x", "SETTLED_EXTENDS=y")
	if ms := f.Decode("app", &got); len(ms) > 0 || got.Settings != "default" || got.Extends != "default" {
		t.Errorf("got %+v\n%s", got, report(ms))
	}
}

// A value that the environment hides is still checked, where it is written.
func TestEnvironmentHidesFile(t *testing.T) {
	var got fromEnv
	f := parse(t, "BOOL = 1\nINT = 'x'", "SETTLED_BOOL=true", "SETTLED_INT=3", "SETTLED_INT=4")
	want := "test.toml:1:8: error: BOOL should be a boolean (true or false), not an integer (app.E001)\n  hint: write true\n" +
		"test.toml:2:7: error: INT should be an integer, not a string (settings.E003)\n  hint: write a whole number without quotes\n"
	if diff := cmp.Diff(want, report(f.Decode("app", &got))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !got.Bool || got.Int != 3 {
		t.Errorf("got %+v, want the first of two variables", got)
	}
	if at := f.Place(checks.Messages{checks.Errorf("app.E001", "x").On("BOOL")})[0].At; at != (checks.Range{File: "SETTLED_BOOL"}) {
		t.Errorf("placed at %+v", at)
	}
}

func TestEnvironmentNamesNoSetting(t *testing.T) {
	f := parse(t, "", "SETTLED_BOOLS=true", "SETTLED_bool=1", "SETTLED_LINKED=1", "SETTLED_SOMETHING_ELSE=1", "SETTLED_EXTENDS=x", "SETTLED_EXTEND=x", "SETTLED_=1", "SETTLED_SETTINGS=x", "BOOL=1")
	f.Decode("app", &fromEnv{})
	f.Offer("blog", struct {
		X int `toml:"LINKED"`
	}{})
	want := `SETTLED_: error: SETTLED_ overrides nothing: no installed app has a setting "" (settings.E008)
  hint: unset it
SETTLED_BOOLS: error: SETTLED_BOOLS overrides nothing: no installed app has a setting BOOLS (settings.E008)
  hint: did you mean SETTLED_BOOL?
SETTLED_EXTEND: error: SETTLED_EXTEND overrides nothing: which files to read is said in files alone (settings.E008)
  hint: set EXTENDS in the file
SETTLED_EXTENDS: error: SETTLED_EXTENDS overrides nothing: which files to read is said in files alone (settings.E008)
  hint: set EXTENDS in the file
SETTLED_LINKED: error: SETTLED_LINKED overrides nothing: no installed app has a setting LINKED (settings.E008)
  hint: add "blog" to INSTALLED_APPS
SETTLED_SOMETHING_ELSE: error: SETTLED_SOMETHING_ELSE overrides nothing: no installed app has a setting SOMETHING_ELSE (settings.E008)
  hint: unset it
SETTLED_bool: error: SETTLED_bool overrides nothing: no installed app has a setting bool (settings.E008)
  hint: did you mean SETTLED_BOOL?
`
	ms := f.Unclaimed()
	if diff := cmp.Diff(want, report(ms)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(ms.Blocking()) != len(ms) {
		t.Error("not all are of the class Unbuildable")
	}
}
