package settings_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// ruled is a struct with a rule over one field.
type ruled struct {
	Origins []string `toml:"ORIGINS" validate:"origins"`
}

func (ruled) Rules() []settings.Rule {
	return []settings.Rule{{Tag: "origins", Find: func(_, value any) (ms checks.Messages) {
		for i, origin := range value.([]string) {
			if origin == "bad" {
				ms = append(ms, checks.Errorf("app.E013", "%q in {name} is bad", origin).On("", i))
			}
		}
		return ms
	}}}
}

func TestRuleFindsElements(t *testing.T) {
	wantLines(t, settings.Validate(ruled{Origins: []string{"bad", "good", "bad"}}),
		`ORIGINS[0] | "bad" in ORIGINS is bad | app.E013`,
		`ORIGINS[2] | "bad" in ORIGINS is bad | app.E013`,
	)
}

// probe has rules that tests write as they need them.
type probe[T any] struct {
	X     T    `toml:"X_OPTION" alias:"X_OLD" validate:"first,second"`
	Other bool `toml:"OTHER"`
	rules []settings.Rule
}

func (p *probe[T]) Rules() []settings.Rule {
	all := []settings.Rule{{Tag: "first", Find: silent}, {Tag: "second", Find: silent}}
	copy(all, p.rules)
	return all
}

func silent(_, _ any) checks.Messages { return nil }

func says(text string) func(_, _ any) checks.Messages {
	return func(_, value any) checks.Messages {
		return checks.Messages{checks.Warningf("app.W001", "%s %v", text, value)}
	}
}

func TestRulesRunOnZeroValues(t *testing.T) {
	rules := []settings.Rule{{Tag: "first", Find: says("found")}}
	wantLines(t, settings.Validate(&probe[bool]{rules: rules}), "X_OPTION | found false | app.W001")
	wantLines(t, settings.Validate(&probe[string]{rules: rules}), "X_OPTION | found  | app.W001")
	wantLines(t, settings.Validate(&probe[int]{rules: rules}), "X_OPTION | found 0 | app.W001")
	wantLines(t, settings.Validate(&probe[[]string]{rules: rules}), "X_OPTION | found [] | app.W001")
	wantLines(t, settings.Validate(&probe[map[string]int]{rules: rules}), "X_OPTION | found map[] | app.W001")
	wantLines(t, settings.Validate(&probe[*int]{rules: rules}), "X_OPTION | found <nil> | app.W001")
	wantLines(t, settings.Validate(&probe[any]{rules: rules}), "X_OPTION | found <nil> | app.W001")
	wantLines(t, settings.Validate(&probe[settings.Secret]{rules: rules}), "X_OPTION | found  | app.W001")
	wantLines(t, settings.Validate(&probe[struct{ A int }]{rules: rules}), "X_OPTION | found {0} | app.W001")
}

func TestRulesSeeWhatPointersAndInterfacesHold(t *testing.T) {
	rules := []settings.Rule{{Tag: "first", Find: func(_, value any) checks.Messages {
		return checks.Messages{checks.Infof("app.I001", "%T", value)}
	}}}
	wantLines(t, settings.Validate(&probe[*int]{X: new(int), rules: rules}), "X_OPTION | int | app.I001")
	wantLines(t, settings.Validate(&probe[any]{X: []string{}, rules: rules}), "X_OPTION | []string | app.I001")
}

func TestRulesSeeNilAsNil(t *testing.T) {
	isNil := func(_, value any) checks.Messages {
		if value != nil {
			t.Errorf("the rule gets %T(%v), want nil", value, value)
		}
		return nil
	}
	rules := []settings.Rule{{Tag: "first", Find: isNil}}
	settings.Validate(&probe[*int]{rules: rules})
	settings.Validate(&probe[any]{rules: rules})
}

func TestAllRulesOfAFieldAreAsked(t *testing.T) {
	rules := []settings.Rule{{Tag: "first", Find: says("first")}, {Tag: "second", Find: says("second")}}
	wantLines(t, settings.Validate(&probe[int]{X: 7, rules: rules}),
		"X_OPTION | first 7 | app.W001",
		"X_OPTION | second 7 | app.W001",
	)
}

func TestRulesGetTheStructByValue(t *testing.T) {
	rules := []settings.Rule{{Tag: "first", Find: func(all, _ any) checks.Messages {
		if !all.(probe[int]).Other {
			t.Error("the rule doesn't see the other field")
		}
		return nil
	}}}
	settings.Validate(&probe[int]{Other: true, rules: rules})
	settings.Validate(probe[int]{Other: true, rules: rules}) // Rules has a pointer receiver
}

func TestRulesAreThoseOfTheStructAtHand(t *testing.T) {
	for _, text := range []string{"one", "two"} {
		rules := []settings.Rule{{Tag: "first", Find: says(text)}}
		wantLines(t, settings.Validate(&probe[int]{rules: rules}), "X_OPTION | "+text+" 0 | app.W001")
	}
}

func TestMessagesOfARuleKeepWhatTheySay(t *testing.T) {
	want := checks.Errorf("app.E001", "text").WithHint("hint").In(1, 2).Of(checks.Refused)
	rules := []settings.Rule{{Tag: "first", Find: func(_, _ any) checks.Messages { return checks.Messages{want} }}}
	ms := settings.Validate(&probe[int]{rules: rules})
	if len(ms) != 1 || ms[0].Level != want.Level || ms[0].Class != want.Class || ms[0].Hint != want.Hint || ms[0].Span != want.Span {
		t.Errorf("got %+v, want %+v", ms, want)
	}
}

func TestNamesInTexts(t *testing.T) {
	given := checks.Messages{checks.Errorf("app.E001", "{name} and {name:OTHER}, {2,3} {names} {name:x}").
		WithHint("change {name}").
		See("OTHER", "because of {name:OTHER} and {name}").
		See("MIDDLEWARE[0]", "{name} needs it").
		See("", "all of it")}
	rules := []settings.Rule{{Tag: "first", Find: func(_, _ any) checks.Messages { return given }}}
	for range 2 { // the second time the rule gives the same messages
		ms := settings.Validate(&probe[int]{rules: rules})
		wantLines(t, ms, "X_OPTION | X_OPTION and OTHER, {2,3} {names} {name:x} | app.E001")
		if ms[0].Hint != "change X_OPTION" {
			t.Errorf("hint %q", ms[0].Hint)
		}
		var related []string
		for _, r := range ms[0].Related {
			related = append(related, fmt.Sprintf("%s: %s", r.Setting, r.Text))
		}
		want := "OTHER: because of OTHER and X_OPTION; MIDDLEWARE[0]: X_OPTION needs it; X_OPTION: all of it"
		if got := strings.Join(related, "; "); got != want {
			t.Errorf("related\n got %s\nwant %s", got, want)
		}
	}
	if given[0].Related[0].Text != "because of {name:OTHER} and {name}" {
		t.Error("the rule's own message was changed")
	}
}

func TestRulesOnlyStandOnTheStructItself(t *testing.T) {
	tests := map[string]any{
		"on a field of a table": &misplaced{},
		"joined with |":         &joined{},
	}
	for name, v := range tests {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, `"own"`) {
					t.Errorf("Validate panics with %q, want the rule's name", got)
				}
			}()
			settings.Validate(v)
		})
	}
}

type misplaced struct {
	Table struct {
		Port int `toml:"PORT" validate:"own"`
	} `toml:"TABLE"`
	ownRule
}

type joined struct {
	Port int `toml:"PORT" validate:"own|min=1"`
	ownRule
}

type ownRule struct{}

func (ownRule) Rules() []settings.Rule { return []settings.Rule{{Tag: "own", Find: silent}} }

func TestLongListCostsNothingPerElement(t *testing.T) {
	v := &ruled{Origins: make([]string, 1_000_000)}
	settings.Validate(v) // makes the validator
	if n := testing.AllocsPerRun(2, func() { settings.Validate(v) }); n > 50 {
		t.Errorf("%v allocations for a list without findings, want a few", n)
	}
}

func BenchmarkValidate(b *testing.B) {
	v := &ruled{Origins: make([]string, 10)}
	b.ReportAllocs()
	for b.Loop() {
		settings.Validate(v)
	}
}
