package settings_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// lines are messages as a test states them: setting, text, id.
func lines(ms checks.Messages) []string {
	var all []string
	for _, m := range ms {
		all = append(all, fmt.Sprintf("%s | %s | %s", m.Setting, m.Text, m.ID))
	}
	return all
}

func wantLines(t *testing.T, got checks.Messages, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, lines(got)); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
}

func TestValidateIsSilentAboutWhatHolds(t *testing.T) {
	type shape struct {
		Age  int    `toml:"AGE" validate:"min=0"`
		Note string // no setting
	}
	for _, v := range []any{nil, (*shape)(nil), shape{}, &shape{Age: 3}} {
		wantLines(t, settings.Validate(v))
	}
}

func TestValidatePanicsOnWhatIsNoStruct(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Validate of a number does not panic")
		}
	}()
	settings.Validate(1)
}

func TestFailedTagIsAnUnbuildableError(t *testing.T) {
	type shape struct {
		Age int `toml:"AGE" validate:"min=0"`
	}
	for _, m := range settings.Validate(shape{Age: -1}) {
		if m.Level != checks.Error || m.Class != checks.Unbuildable || m.Setting != "AGE" {
			t.Errorf("got %+v, want an unbuildable error about AGE", m)
		}
		return
	}
	t.Error("AGE = -1 is no failure")
}

func TestIDOfAFailedTag(t *testing.T) {
	type shape struct {
		ByTag  int `toml:"BY_TAG" validate:"min=0" check:"app.E001 min=app.E002"`
		Bare   int `toml:"BARE" validate:"min=0" check:"app.E003"`
		Other  int `toml:"OTHER" validate:"min=0" check:"max=app.E004"`
		Nested struct {
			Port int `toml:"PORT" validate:"max=9" check:"max=app.E005"`
		} `toml:"NESTED" check:"app.E006"`
	}
	v := shape{ByTag: -1, Bare: -1, Other: -1}
	v.Nested.Port = 10
	wantLines(t, settings.Validate(v),
		"BY_TAG | BY_TAG should be 0 or more, not -1. | app.E002",
		"BARE | BARE should be 0 or more, not -1. | app.E003",
		"OTHER | OTHER should be 0 or more, not -1. | settings.E003",
		"NESTED.PORT | NESTED.PORT should be 9 or less, not 10. | app.E005",
	)
}

func TestShouldIsTheSentenceOfTheFieldOnly(t *testing.T) {
	type shape struct {
		Age   int      `toml:"CORS_PREFLIGHT_MAX_AGE" validate:"min=0" should:"be an integer greater than or equal to zero"`
		Names []string `toml:"NAMES" validate:"min=1,dive,min=2" should:"be a sequence of names"`
	}
	wantLines(t, settings.Validate(shape{Age: -1}),
		"CORS_PREFLIGHT_MAX_AGE | CORS_PREFLIGHT_MAX_AGE should be an integer greater than or equal to zero, not -1. | settings.E003",
		"NAMES | NAMES should be a sequence of names. | settings.E003",
	)
	wantLines(t, settings.Validate(shape{Names: []string{"ab", "c"}}),
		`NAMES[1] | NAMES[1] should have at least 2 characters, not "c". | settings.E003`,
	)
}

func TestSentences(t *testing.T) {
	type number struct {
		X int `toml:"X" validate:"gt=1,lt=3"`
	}
	type text struct {
		X string `toml:"X" validate:"omitempty,min=2,max=4"`
	}
	type list struct {
		X []string `toml:"X" validate:"len=1,unique"`
	}
	type unique struct {
		X []string `toml:"X" validate:"unique"`
	}
	type choice struct {
		X string `toml:"X" validate:"oneof=Lax 'Not Lax' None"`
	}
	type numbers struct {
		X int `toml:"X" validate:"oneof=1 2"`
	}
	type required struct {
		X string `toml:"X" validate:"required"`
	}
	type duration struct {
		X time.Duration `toml:"X" validate:"min=1s"`
	}
	type either struct {
		X string `toml:"X" validate:"ip|fqdn"`
	}
	type unusual struct {
		X string `toml:"X" validate:"iso4217"`
	}
	type unusualParam struct {
		X string `toml:"X" validate:"containsrune=y"`
	}
	type prefix struct {
		X string `toml:"X" validate:"startswith=/"`
	}
	type flag struct {
		X bool `toml:"X" validate:"eq=true"`
	}
	long := strings.Repeat("é", 61)
	tests := []struct {
		v    any
		want string
	}{
		{number{1}, "X should be more than 1, not 1."},
		{number{3}, "X should be less than 3, not 3."},
		{text{"a"}, `X should have at least 2 characters, not "a".`},
		{text{"a\nbcd"}, `X should have at most 4 characters, not "a\nbcd".`},
		{text{long}, `X should have at most 4 characters, not "` + long[:120] + `...".`},
		{list{nil}, "X should have exactly 1 entry, not 0."},
		{list{[]string{"a", "b"}}, "X should have exactly 1 entry, not 2."},
		{unique{[]string{"a", "a"}}, "X should have no entry twice."},
		{choice{"lax"}, `X should be "Lax", "Not Lax" or "None", not "lax".`},
		{numbers{3}, "X should be 1 or 2, not 3."},
		{required{}, "X should be set."},
		{duration{time.Millisecond}, "X should be 1s or more, not 1ms."},
		{either{"-"}, `X should pass the rule "ip|fqdn", not "-".`},
		{unusual{"zzz"}, `X should pass the rule "iso4217", not "zzz".`},
		{unusualParam{"zzz"}, `X should pass the rule "containsrune=y", not "zzz".`},
		{prefix{"a"}, `X should start with "/", not "a".`},
		{flag{}, "X should be true, not false."},
	}
	for _, tt := range tests {
		wantLines(t, settings.Validate(tt.v), "X | "+tt.want+" | settings.E003")
	}
}

func TestSentencesNameOtherSettings(t *testing.T) {
	type shape struct {
		All     bool     `toml:"ALLOW_ALL"`
		Low     int      `toml:"LOW"`
		Origins []string `toml:"ORIGINS" validate:"excluded_if=All true"`
		High    int      `toml:"HIGH" validate:"gtefield=Low"`
		Host    string   `toml:"HOST" validate:"required_with=All Origins"`
		Gone    string   `toml:"GONE" validate:"required_without_all=Missing Lost"`
	}
	wantLines(t, settings.Validate(shape{All: true, Low: 2, High: 1, Origins: []string{"x"}}),
		"ORIGINS | ORIGINS should be left out when ALLOW_ALL is true. | settings.E003",
		"HIGH | HIGH should be at least LOW, not 1. | settings.E003",
		"HOST | HOST should be set when ALLOW_ALL or ORIGINS is. | settings.E003",
		"GONE | GONE should be set when Missing and Lost are not. | settings.E003",
	)
}

func TestHiddenValuesAreNotInMessages(t *testing.T) {
	type shape struct {
		APIKey  string                       `toml:"API_KEY" validate:"min=30"`
		Hosts   map[string]string            `toml:"HOSTS" validate:"dive,min=30"`
		URL     string                       `toml:"BROKER" validate:"max=3"`
		Secret  settings.Secret              `toml:"SEED" validate:"required" should:"be set"`
		Secrets []settings.Secret            `toml:"OLD_SEEDS" validate:"dive,required"`
		Tables  map[string]map[string]string `toml:"DATABASES" validate:"dive,dive,min=30"`
	}
	ms := settings.Validate(shape{
		APIKey:  "hunter2",
		Hosts:   map[string]string{"my_token": "hunter2"},
		URL:     "amqp://user:hunter2@broker",
		Secrets: []settings.Secret{{}},
		Tables:  map[string]map[string]string{"default": {"PASSWORD": "hunter2"}},
	})
	wantLines(t, ms,
		"API_KEY | API_KEY should have at least 30 characters. | settings.E003",
		"HOSTS.my_token | HOSTS.my_token should have at least 30 characters. | settings.E003",
		`BROKER | BROKER should have at most 3 characters, not "amqp://user:********************@broker". | settings.E003`,
		"SEED | SEED should be set. | settings.E003",
		"OLD_SEEDS[0] | OLD_SEEDS[0] should be set. | settings.E003",
		"DATABASES.default.PASSWORD | DATABASES.default.PASSWORD should have at least 30 characters. | settings.E003",
	)
}

func TestRequiredSecretCountsReferences(t *testing.T) {
	type shape struct {
		Seed settings.Secret `toml:"SEED" validate:"required"`
	}
	wantLines(t, settings.Validate(shape{settings.NewSecret("x")}))
	wantLines(t, settings.Validate(shape{settings.NewSecret("")}), "SEED | SEED should be set. | settings.E003")
}

func TestPathsAndOrder(t *testing.T) {
	type base struct {
		Low int `toml:"LOW" validate:"max=0"`
	}
	type database struct {
		Engine string   `toml:"ENGINE" validate:"required"`
		Hosts  []string `toml:"HOSTS" validate:"dive,required"`
	}
	type shape struct {
		Zed       []string            `toml:"ZED" validate:"dive,required"`
		Databases map[string]database `toml:"DATABASES" validate:"dive"`
		base
		Grid [][]int        `toml:"GRID" validate:"dive,dive,max=0"`
		Ages map[string]int `toml:"AGES" validate:"dive,max=0"`
		Deep *database      `toml:"DEEP"`
		Hide int            `toml:"-" validate:"max=0"`
	}
	zed := make([]string, 12)
	zed[3] = "x"
	v := shape{
		base: base{1}, Zed: zed, Grid: [][]int{{0}, {0, 1}}, Hide: 1,
		Ages:      map[string]int{"a].b": 1, "a]": 1, "a": 1, "ü": 1, "": 0},
		Databases: map[string]database{"b": {Hosts: []string{""}}, "a": {Hosts: []string{"", "x", ""}}},
		Deep:      &database{},
	}
	want := []string{
		"ZED[0]", "ZED[1]", "ZED[2]", "ZED[4]", "ZED[5]", "ZED[6]", "ZED[7]", "ZED[8]", "ZED[9]", "ZED[10]", "ZED[11]",
		"DATABASES.a.ENGINE", "DATABASES.a.HOSTS[0]", "DATABASES.a.HOSTS[2]", "DATABASES.b.ENGINE", "DATABASES.b.HOSTS[0]",
		"LOW", "GRID[1][1]", "AGES.a", `AGES."a]"`, `AGES."a].b"`, `AGES."ü"`, "DEEP.ENGINE",
	}
	for range 20 { // maps come in another order each time
		var got []string
		for _, m := range settings.Validate(&v) {
			got = append(got, string(m.Setting))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("settings (-want +got):\n%s", diff)
		}
	}
}

func TestStructsWithoutNames(t *testing.T) {
	v := struct {
		Age int `toml:"AGE" validate:"min=0"`
	}{-1}
	wantLines(t, settings.Validate(v), "AGE | AGE should be 0 or more, not -1. | settings.E003")
	wantLines(t, settings.Validate(generic[time.Duration]{-1}), "AGE | AGE should be 0 or more, not -1ns. | settings.E003")
}

type generic[T any] struct {
	Age T `toml:"AGE" validate:"min=0"`
}

func TestMisspeltTagPanics(t *testing.T) {
	type shape struct {
		Age int `toml:"AGE" validate:"positive"`
	}
	defer func() {
		if got := fmt.Sprint(recover()); !strings.Contains(got, "positive") {
			t.Errorf("Validate panics with %q, want the name of the tag", got)
		}
	}()
	settings.Validate(shape{})
}

func TestValidateConcurrently(t *testing.T) {
	type shape struct {
		Age  int      `toml:"AGE" validate:"min=0"`
		List []string `toml:"LIST" validate:"dive,required"`
	}
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			v := ruled{Origins: []string{"bad"}}
			if got := len(settings.Validate(v)); got != 1 {
				t.Errorf("%d messages about a ruled struct, want 1", got)
			}
			if got := len(settings.Validate(shape{-1, []string{""}})); got != 2 {
				t.Errorf("%d messages, want 2", got)
			}
		})
	}
	wg.Wait()
}
