package settings_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// renamed is a struct whose settings had other names once.
type renamed struct {
	All     bool             `toml:"ALL" alias:"OLD_ALL" check:"app.E005 alias=app.W141 both=app.E142" should:"be a bool"`
	Origins []string         `toml:"ORIGINS" alias:"OLD_ORIGINS" validate:"min=1" check:"app.E006 min=app.E007 alias=app.W141 both=app.E142"`
	Quiet   int              `toml:"QUIET" alias:"OLD_QUIET"`
	Model   settings.Removed `toml:"MODEL" alias:"OLD_MODEL" check:"app.E012" removed:" - see CHANGES"`
}

func TestAliases(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		env        []string
		all        bool
		origins    []string
		want       string
	}{
		{"the new name", "ALL = true\nORIGINS = ['x']", nil, true, []string{"x"}, ""},
		{"the old name", "OLD_ALL = true", nil, true, []string{"default"},
			"test.toml:1:1: warning: OLD_ALL is the old name of ALL (app.W141)\n  hint: rename it to ALL\n"},
		{"the old name of a wrong type", "OLD_ALL = 1", nil, false, []string{"default"},
			"test.toml:1:11: error: OLD_ALL should be a bool, not an integer (app.E005)\n  hint: write true\n" +
				"test.toml:1:1: warning: OLD_ALL is the old name of ALL (app.W141)\n  hint: rename it to ALL\n"},
		{"a rule names the old name", "OLD_ORIGINS = []", nil, false, []string{},
			"test.toml:1:1: warning: OLD_ORIGINS is the old name of ORIGINS (app.W141)\n  hint: rename it to ORIGINS\n" +
				"test.toml:1:15: error: OLD_ORIGINS [rule] (app.E007)\n  hint: change the value, or take the setting out for its default\n"},
		{"both: the new one counts, even when false", "OLD_ALL = true\nALL = false", nil, false, []string{"default"},
			"test.toml:1:1: error: OLD_ALL is not looked at, since ALL is set too, which replaced it (app.E142)\n" +
				"  note: test.toml:2:1: the one that counts\n  hint: take OLD_ALL out\n"},
		{"both: the old one's type is checked", "OLD_ALL = 1\nALL = false", nil, false, []string{"default"},
			"test.toml:1:11: error: OLD_ALL should be a bool, not an integer (app.E005)\n  hint: write true\n" +
				"test.toml:1:1: error: OLD_ALL is not looked at, since ALL is set too, which replaced it (app.E142)\n" +
				"  note: test.toml:2:1: the one that counts\n  hint: take OLD_ALL out\n"},
		{"the old name in the environment", "", []string{"SETTLED_OLD_ALL=true"}, true, []string{"default"},
			"SETTLED_OLD_ALL: warning: OLD_ALL is the old name of ALL (app.W141)\n  hint: rename it to SETTLED_ALL\n"},
		{"the new name in the environment", "OLD_ALL = true", []string{"SETTLED_ALL=false"}, false, []string{"default"},
			"test.toml:1:1: error: OLD_ALL is not looked at, since ALL is set too, which replaced it (app.E142)\n" +
				"  note: SETTLED_ALL: the one that counts\n  hint: take OLD_ALL out\n"},
		{"both in the environment", "", []string{"SETTLED_ALL=false", "SETTLED_OLD_ALL=true"}, false, []string{"default"},
			"SETTLED_OLD_ALL: error: OLD_ALL is not looked at, since ALL is set too, which replaced it (app.E142)\n" +
				"  note: SETTLED_ALL: the one that counts\n  hint: unset SETTLED_OLD_ALL\n"},
		{"an old name without an id", "OLD_QUIET = 1", nil, false, []string{"default"}, ""},
		{"a removed setting", "MODEL = 'x'", nil, false, []string{"default"},
			"test.toml:1:1: error: The MODEL setting has been removed - see CHANGES (app.E012)\n  hint: take it out\n"},
		{"a removed setting by its old name", "OLD_MODEL = false", nil, false, []string{"default"},
			"test.toml:1:1: error: The OLD_MODEL setting has been removed - see CHANGES (app.E012)\n  hint: take it out\n"},
		{"a removed setting in the environment", "", []string{"SETTLED_MODEL="}, false, []string{"default"},
			"SETTLED_MODEL: error: The MODEL setting has been removed - see CHANGES (app.E012)\n  hint: unset SETTLED_MODEL\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := renamed{Origins: []string{"default"}}
			f := parse(t, tt.text, tt.env...)
			ms := append(f.Decode("app", &got), f.Unclaimed()...)
			ms = f.Place(ms)
			for i, m := range ms {
				if m.ID == "app.E007" { // a rule's sentence is not what is tested here
					ms[i].Text = "OLD_ORIGINS [rule]"
					if !strings.HasPrefix(m.Text, "OLD_ORIGINS ") || m.Setting != "OLD_ORIGINS" {
						t.Errorf("the rule names %q: %s", m.Setting, m.Text)
					}
				}
				if finding := m.ID != "app.E005" && m.ID != "app.E007"; finding != (m.Class == checks.Finding) {
					t.Errorf("%s is of class %v", m.ID, m.Class)
				}
			}
			if diff := cmp.Diff(tt.want, report(ms)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got.All != tt.all || !cmp.Equal(got.Origins, tt.origins) {
				t.Errorf("got %v %q, want %v %q", got.All, got.Origins, tt.all, tt.origins)
			}
		})
	}
}

// A check that knows nothing of old names is placed all the same.
func TestPlaceFollowsAlias(t *testing.T) {
	f := parse(t, "OLD_ORIGINS = ['x', 'y']")
	f.Decode("app", &renamed{})
	at := f.Place(checks.Messages{checks.Errorf("app.E001", "x").On("ORIGINS", 1)})[0].At
	if at.String() != "test.toml:1:21" || f.Origin("ORIGINS").String() != "test.toml:1:15" {
		t.Errorf("got %s, %s", at, f.Origin("ORIGINS"))
	}
}
