package settings_test

import (
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

type level string

// kinds is a struct with a field of each type that a setting can have.
type kinds struct {
	Bool    bool              `toml:"BOOL"`
	Maybe   *bool             `toml:"MAYBE"`
	Int     int               `toml:"INT"`
	Int8    int8              `toml:"INT8"`
	Uint16  uint16            `toml:"UINT16"`
	Float   float64           `toml:"FLOAT"`
	Text    string            `toml:"TEXT"`
	Level   level             `toml:"LEVEL"`
	List    []string          `toml:"LIST"`
	Lists   [][]int           `toml:"LISTS"`
	Pair    [2]string         `toml:"PAIR"`
	Table   map[string]int    `toml:"TABLE"`
	Servers map[string]server `toml:"SERVERS"`
	Rows    []server          `toml:"ROWS"`
	Any     any               `toml:"ANY"`
	Wait    time.Duration     `toml:"WAIT"`
	When    time.Time         `toml:"WHEN"`
	Net     netip.Prefix      `toml:"NET"`
	Pattern *regexp.Regexp    `toml:"PATTERN"`
	Secret  settings.Secret   `toml:"SECRET"`
	Secrets []settings.Secret `toml:"SECRETS"`
	Flag    bool              `toml:"AUTH_FLAG"`
	Ignored string
	Embedded
}

type server struct {
	Host string `toml:"HOST"`
	Port uint16 `toml:"PORT" check:"app.E002" should:"be a port"`
}

// Embedded is flattened.
type Embedded struct {
	Inner int `toml:"INNER"`
}

func TestDecodeTypes(t *testing.T) {
	yes := true
	text := `
		BOOL = true
		MAYBE = true
		INT = -5
		INT8 = 127
		UINT16 = 65535
		FLOAT = 2
		TEXT = "é"
		LEVEL = "high"
		LIST = []
		LISTS = [[], [1, 2]]
		PAIR = ["a", "b"]
		TABLE = { b = 2, "a b" = 1 }
		ROWS = [{ HOST = "x" }]
		WAIT = "1m30s"
		WHEN = 1979-05-27T07:32:00Z
		NET = "10.0.0.0/8"
		PATTERN = 'a+'
		INNER = 3
		[SERVERS.one]
		HOST = "h"
		PORT = 80
		[ANY]
		a = [{ b = 1 }]
		[[ANY.rows]]
		c = "d"`
	want := kinds{Bool: true, Maybe: &yes, Int: -5, Int8: 127, Uint16: 65535, Float: 2, Text: "é", Level: "high", List: []string{},
		Lists: [][]int{{}, {1, 2}}, Pair: [2]string{"a", "b"}, Table: map[string]int{"b": 2, "a b": 1},
		Servers: map[string]server{"one": {"h", 80}}, Rows: []server{{Host: "x"}},
		Any:  map[string]any{"a": []any{map[string]any{"b": int64(1)}}, "rows": []any{map[string]any{"c": "d"}}},
		Wait: 90 * time.Second, When: time.Date(1979, 5, 27, 7, 32, 0, 0, time.UTC),
		Net: netip.MustParsePrefix("10.0.0.0/8"), Pattern: regexp.MustCompile("a+"), Embedded: Embedded{3}}
	f := parse(t, text)
	var got kinds
	if ms := append(f.Decode("app", &got), f.Unclaimed()...); len(ms) > 0 {
		t.Errorf("messages:\n%s", report(ms))
	}
	opts := cmp.Options{cmpopts.IgnoreFields(kinds{}, "Secret", "Secrets"), cmp.Comparer(func(a, b *regexp.Regexp) bool { return a.String() == b.String() }),
		cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })}
	if diff := cmp.Diff(want, got, opts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDecodeWrongTypes(t *testing.T) {
	const (
		change    = "change the value, or take the setting out for its default"
		inQuotes  = "write a text in quotes"
		whole     = "write a whole number without quotes"
		reference = `write { env = "NAME" }, { file = "PATH" } or a text in quotes`
	)
	for _, tt := range []struct{ text, place, want, hint string }{
		{`BOOL = "True"`, "1:8", "BOOL should be a boolean (true or false), not a string", "write true"},
		{`BOOL = 1`, "1:8", "BOOL should be a boolean (true or false), not an integer", "write true"},
		{`MAYBE = "x"`, "1:9", "MAYBE should be a boolean (true or false), not a string", "write true or false"},
		{`INT = "5"`, "1:7", "INT should be an integer, not a string", "write it without quotes"},
		{`INT = 1.5`, "1:7", "INT should be an integer, not a float", whole},
		{`INT8 = 128`, "1:8", "INT8 should be an integer from -128 to 127", change},
		{`UINT16 = -1`, "1:10", "UINT16 should be an integer from 0 to 65535", change},
		{`FLOAT = true`, "1:9", "FLOAT should be a number, not a boolean", "write a number without quotes"},
		{`FLOAT = 9007199254740993`, "1:9", "FLOAT should be a number, not an integer", "end it with .0: it is too large for an exact number"},
		{`TEXT = 1979-05-27`, "1:8", "TEXT should be a string, not a date", inQuotes},
		{`LEVEL = []`, "1:9", "LEVEL should be a string, not a list", inQuotes},
		{`LIST = "x"`, "1:8", "LIST should be a list of strings, not a string", "put it in brackets, also when it is the only one"},
		{`LIST = { a = 1 }`, "1:8", "LIST should be a list of strings, not a table", `write a list, as in ["one", "two"]`},
		{`LIST = ["x", 5, 6]`, "1:14", "LIST should be a list of strings, but LIST[1] is an integer", inQuotes},
		{`LISTS = [[1], [2, "x"]]`, "1:19", "LISTS should be a list of lists of integers, but LISTS[1][1] is a string", whole},
		{`PAIR = ["x"]`, "1:8", "PAIR should have 2 elements, not 1", change},
		{`TABLE = { a = "x", b = 1 }`, "1:15", "TABLE should be a table of integers, but TABLE.a is a string", whole},
		{`TABLE = [1]`, "1:9", "TABLE should be a table of integers, not a list", "write a table, as in { name = 60 }"},
		{"[SERVERS.x]\nPORT = 'y'", "2:8", "SERVERS.x.PORT should be a port, not a string", whole},
		{"SERVERS = { x = 5 }", "1:17", "SERVERS should be a table of tables, but SERVERS.x is an integer", `write a table, as in { name = "value" }`},
		{"[[ROWS]]\nHOST = 'x'\n[[ROWS]]\nHOST = 5", "4:8", "ROWS[1].HOST should be a string, not an integer", inQuotes},
		{`WAIT = 10`, "1:8", `WAIT should be a duration such as "10s", not an integer`, `write it as in "10s"`},
		{`WAIT = "10"`, "1:8", `WAIT can't be read: time: missing unit in duration "10"`, `write it as in "10s"`},
		{`WHEN = "1979"`, "1:8", "WHEN should be a date and time, not a string", "write it as in 2006-01-02T15:04:05Z, without quotes"},
		{`NET = "10"`, "1:7", `NET can't be read: netip.ParsePrefix("10"): no '/'`, change},
		{`PATTERN = 5`, "1:11", "PATTERN should be a string, not an integer", inQuotes},
		{`SECRET = 5`, "1:10", `SECRET should be a string, { env = "NAME" } or { file = "PATH" }, not an integer`, reference},
		{`SECRET = { env = "" }`, "1:10", `SECRET should be a string, { env = "NAME" } or { file = "PATH" }, not a table`, reference},
		{`SECRET = { env = "A", file = "B" }`, "1:10", `SECRET should be a string, { env = "NAME" } or { file = "PATH" }, not a table`, reference},
		{`ROWS = 5`, "1:8", "ROWS should be a list of tables, not an integer", `write a list, as in [{ name = "value" }]`},
		{`LISTS = "1"`, "1:9", "LISTS should be a list of lists of integers, not a string", "write a list, as in [[60]]"},
		{`SECRETS = "x"`, "1:11", "SECRETS should be a list of secrets, not a string", `write a list, as in [{ env = "NAME" }]`},
		{`BOOL = "Off"`, "1:8", "BOOL should be a boolean (true or false), not a string", "write false"},
		{`AUTH_FLAG = "true"`, "1:13", "AUTH_FLAG should be a boolean (true or false), not a string", "write true or false"},
		{`INNER = []`, "1:9", "INNER should be an integer, not a list", whole},
	} {
		t.Run(tt.text, func(t *testing.T) {
			def := func() kinds { return kinds{List: []string{"d"}, Int: 7, Table: map[string]int{"d": 1}, Wait: 5} }
			got := def()
			ms := parse(t, tt.text).Decode("app", &got)
			if len(ms) != 1 {
				t.Fatalf("got %d messages, want 1:\n%s", len(ms), report(ms))
			}
			m := ms[0]
			if m.At.String() != "test.toml:"+tt.place || m.Text != tt.want || m.Hint != tt.hint {
				t.Errorf("got  %swant test.toml:%s %s\n  hint: %s", report(ms), tt.place, tt.want, tt.hint)
			}
			if want := "settings.E003"; !strings.Contains(tt.text, "PORT") && m.ID != want || m.Class != checks.Unbuildable || m.Level != checks.Error {
				t.Errorf("got id %s, class %v, level %v", m.ID, m.Class, m.Level)
			}
			if diff := cmp.Diff(def(), got, cmpopts.IgnoreFields(kinds{}, "Secret", "Secrets"), cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" {
				t.Errorf("the default was changed (-want +got):\n%s", diff)
			}
		})
	}
}

// A table has a message for each entry that is wrong, a list one in all.
func TestDecodeReportsAll(t *testing.T) {
	text := "BOOL = 1\nLIST = [1, 2]\nTABLE = { b = 'x', a = 'y' }\nSERVERS = { b = { PORT = 'x', HOST = 1 }, a = 1 }"
	ms := parse(t, text).Decode("app", &kinds{})
	ms.Sort()
	var got []string
	for _, m := range ms {
		got = append(got, string(m.Setting)+" "+m.ID)
	}
	want := []string{"BOOL settings.E003", "LIST[0] settings.E003", "TABLE.b settings.E003", "TABLE.a settings.E003",
		"SERVERS.b.PORT app.E002", "SERVERS.b.HOST settings.E003", "SERVERS.a settings.E003"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Values share no memory with defaults, nor two structs with each other.
func TestDecodeFresh(t *testing.T) {
	shared := []string{"a", "b"}
	table := map[string]int{"a": 1}
	f := parse(t, "LIST = ['x']\nTABLE = { b = 2 }\nANY = { l = [[1]] }")
	one, two := kinds{List: shared, Table: table}, kinds{List: shared, Table: table}
	f.Decode("app", &one)
	f.Decode("app", &two)
	one.List[0], one.Table["b"] = "changed", 9
	one.Any.(map[string]any)["l"].([]any)[0].([]any)[0] = 9
	if diff := cmp.Diff([]any{[]string{"a", "b"}, map[string]int{"a": 1}, []string{"x"}, map[string]int{"b": 2}, map[string]any{"l": []any{[]any{int64(1)}}}},
		[]any{shared, table, two.List, two.Table, two.Any}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// guarded has a rule that looks at two settings.
type guarded struct {
	Debug bool     `toml:"DEBUG"`
	Hosts []string `toml:"HOSTS" validate:"hosts"`
}

func (guarded) Rules() []settings.Rule {
	return []settings.Rule{{Tag: "hosts", Find: func(all, _ any) checks.Messages {
		if s := all.(guarded); s.Debug || len(s.Hosts) > 0 {
			return nil
		}
		return checks.Messages{checks.Errorf("app.E001", "{name} is empty")}
	}}}
}

// What follows from a default that stands in for a wrong value is not reported.
func TestDecodeBrokenValueBreaksNoRule(t *testing.T) {
	for text, want := range map[string][]string{
		"":                       {"app.E001"},
		"DEBUG = true":           nil,
		"DEBUG = 'yes'":          {"settings.E003"},
		"HOSTS = 5":              {"settings.E003"},
		"DEBUG = 1\nHOSTS = []":  {"settings.E003", "app.E001"},
		"HOSTS = []":             {"app.E001"},
		"DEBUG = 1\nHOSTS = [1]": {"settings.E003", "settings.E003"},
	} {
		sameIDs(t, parse(t, text).Decode("app", &guarded{}), want...)
	}
}

// Decode would fill a copy.
func TestDecodeNeedsPointer(t *testing.T) {
	defer func() {
		if got, want := recover(), "settings: settings_test.kinds is not a pointer to a struct"; got != want {
			t.Errorf("got panic %v, want %s", got, want)
		}
	}()
	parse(t, "").Decode("app", kinds{})
}

// What has been removed from a table is reported as at the top.
func TestDecodeRemovedEntry(t *testing.T) {
	var got struct {
		Server struct {
			Port int              `toml:"PORT"`
			Old  settings.Removed `toml:"OLD" check:"app.E012" removed:"; use PORT"`
		} `toml:"SERVER"`
	}
	ms := parse(t, "[SERVER]\nPORT = 1\nOLD = 2").Decode("app", &got)
	want := "test.toml:3:7: error: The SERVER.OLD setting has been removed; use PORT (app.E012)\n  hint: take it out\n"
	if report(ms) != want || ms[0].Class != checks.Finding || got.Server.Port != 1 {
		t.Errorf("got %s%+v", report(ms), got)
	}
}
