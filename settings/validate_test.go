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
	ms := settings.Validate(shape{Age: -1})
	if len(ms) != 1 || ms[0].Level != checks.Error || ms[0].Class != checks.Unbuildable || ms[0].Setting != "AGE" {
		t.Errorf("got %+v, want an unbuildable error about AGE", ms)
	}
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
		"BY_TAG | BY_TAG should be 0 or more, not -1 | app.E002",
		"BARE | BARE should be 0 or more, not -1 | app.E003",
		"OTHER | OTHER should be 0 or more, not -1 | settings.E003",
		"NESTED.PORT | NESTED.PORT should be 9 or less, not 10 | app.E005",
	)
}

func TestShouldIsTheSentenceOfTheFieldOnly(t *testing.T) {
	type shape struct {
		Age   int      `toml:"CORS_PREFLIGHT_MAX_AGE" validate:"min=0" should:"be an integer greater than or equal to zero"`
		Names []string `toml:"NAMES" validate:"min=1,dive,min=2" should:"be a sequence of names"`
	}
	wantLines(t, settings.Validate(shape{Age: -1}),
		"CORS_PREFLIGHT_MAX_AGE | CORS_PREFLIGHT_MAX_AGE should be an integer greater than or equal to zero, not -1 | settings.E003",
		"NAMES | NAMES should be a sequence of names | settings.E003",
	)
	wantLines(t, settings.Validate(shape{Names: []string{"ab", "c"}}),
		`NAMES[1] | NAMES[1] should have at least 2 characters, not "c" | settings.E003`,
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
		"API_KEY | API_KEY should have at least 30 characters | settings.E003",
		"HOSTS.my_token | HOSTS.my_token should have at least 30 characters | settings.E003",
		`BROKER | BROKER should have at most 3 characters, not "amqp://user:********************@broker" | settings.E003`,
		"SEED | SEED should be set | settings.E003",
		"OLD_SEEDS[0] | OLD_SEEDS[0] should be set | settings.E003",
		"DATABASES.default.PASSWORD | DATABASES.default.PASSWORD should have at least 30 characters | settings.E003",
	)
}

func TestRequiredSecretCountsReferences(t *testing.T) {
	type shape struct {
		Seed settings.Secret `toml:"SEED" validate:"required"`
	}
	wantLines(t, settings.Validate(shape{settings.NewSecret("x")}))
	wantLines(t, settings.Validate(shape{settings.NewSecret("")}), "SEED | SEED should be set | settings.E003")
}

func TestStructsWithoutNames(t *testing.T) {
	v := struct {
		Age int `toml:"AGE" validate:"min=0"`
	}{-1}
	wantLines(t, settings.Validate(v), "AGE | AGE should be 0 or more, not -1 | settings.E003")
	wantLines(t, settings.Validate(generic[time.Duration]{-1}), "AGE | AGE should be 0 or more, not -1ns | settings.E003")
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
