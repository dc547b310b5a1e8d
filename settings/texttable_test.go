package settings_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/settings"
)

// A task is written as its name, or as a table when there is more to say.
type task struct {
	Name  string        `toml:"name"`
	Until settings.Date `toml:"until"`
	Tries int           `toml:"tries"`
}

func (t *task) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return errors.New("a task has a name")
	}
	*t = task{Name: string(text), Tries: 1}
	return nil
}

type tasks struct {
	One task          `toml:"ONE"`
	All []*task       `toml:"ALL"`
	Day settings.Date `toml:"DAY"`
}

func TestTextOrTable(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		env        []string
		want       tasks
	}{
		{"a string", `ONE = "x"`, nil, tasks{One: task{Name: "x", Tries: 1}}},
		{"a table", `ONE = { name = "x", until = 2027-01-31 }`, nil,
			tasks{One: task{Name: "x", Until: settings.Date{Year: 2027, Month: time.January, Day: 31}}}},
		{"a table with a header", "[ONE]\nname = \"x\"", nil, tasks{One: task{Name: "x"}}},
		{"a mixed list", `ALL = ["x", { name = "y", tries = 3 }]`, nil,
			tasks{All: []*task{{Name: "x", Tries: 1}, {Name: "y", Tries: 3}}}},
		{"a list of tables", "[[ALL]]\nname = \"x\"", nil, tasks{All: []*task{{Name: "x"}}}},
		{"between commas", "", []string{"SETTLED_ALL=x, y"}, tasks{All: []*task{{Name: "x", Tries: 1}, {Name: "y", Tries: 1}}}},
		{"an array in a variable", "", []string{`SETTLED_ALL=["x", { name = "y" }]`},
			tasks{All: []*task{{Name: "x", Tries: 1}, {Name: "y"}}}},
		{"a day", `DAY = 2027-01-31`, nil, tasks{Day: settings.Date{Year: 2027, Month: time.January, Day: 31}}},
		{"a day in a variable", "", []string{"SETTLED_DAY=0099-12-01"},
			tasks{Day: settings.Date{Year: 99, Month: time.December, Day: 1}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, err := settings.Parse("s.toml", []byte(tt.text), settings.Options{Env: tt.env})
			if err != nil {
				t.Fatal(err)
			}
			var got tasks
			if ms := append(f.Decode("app", &got), f.Unclaimed()...); len(ms) > 0 {
				t.Errorf("found %v", ms)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTextOrTableMistakes(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`ONE = 1`, "s.toml:1:7: error: ONE should be a string or a table, not an integer (settings.E003)"},
		{`ONE = ""`, "s.toml:1:7: error: ONE can't be read: a task has a name (settings.E003)"},
		{`ONE = { name = 1 }`, "s.toml:1:16: error: ONE.name should be a string, not an integer (settings.E003)"},
		{`ONE = { nam = "x" }`, "s.toml:1:9: error: ONE has no entry nam (settings.E002)"},
		{`ALL = "x"`, "s.toml:1:7: error: ALL should be a list of strings or tables, not a string (settings.E003)"},
		{`ALL = ["x", true]`, "s.toml:1:13: error: ALL should be a list of strings or tables, but ALL[1] is a boolean (settings.E003)"},
		{`ALL = [{ until = "2027-01-31" }]`, "s.toml:1:18: error: ALL[0].until should be a date, not a string (settings.E003)"},
		{`DAY = 2027-01-31T00:00:00`, "s.toml:1:7: error: DAY should be a date, not a date with a time (settings.E003)"},
		{`DAY = 2027-01-31T00:00:00Z`, "s.toml:1:7: error: DAY should be a date, not a date with a time (settings.E003)"},
		{`DAY = 07:30:00`, "s.toml:1:7: error: DAY should be a date, not a time of day (settings.E003)"},
	} {
		f, err := settings.Parse("s.toml", []byte(tt.text), settings.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got tasks
		ms := append(f.Decode("app", &got), f.Unclaimed()...)
		if len(ms) != 1 || ms[0].String() != tt.want {
			t.Errorf("%s: got %v, want %s", tt.text, ms, tt.want)
		}
	}
}

func TestDates(t *testing.T) {
	day := settings.DateOf(time.Date(2027, 1, 31, 23, 59, 0, 0, time.FixedZone("east", 9*3600)))
	for _, tt := range []struct {
		other  settings.Date
		before bool
	}{
		{settings.Date{Year: 2027, Month: 1, Day: 31}, false},
		{settings.Date{Year: 2027, Month: 2, Day: 1}, true},
		{settings.Date{Year: 2028, Month: 1, Day: 1}, true},
		{settings.Date{Year: 2026, Month: 12, Day: 31}, false},
		{settings.Date{}, false},
	} {
		if got := day.Before(tt.other); got != tt.before {
			t.Errorf("%v before %v: %v", day, tt.other, got)
		}
	}
	if got := day.String(); got != "2027-01-31" || day.IsZero() || (settings.Date{}).String() != "" {
		t.Errorf("got %q", got)
	}
}
