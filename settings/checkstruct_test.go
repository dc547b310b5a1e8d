package settings_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/settings"
)

// sound has everything that CheckStruct looks at, without a mistake.
type sound struct {
	common
	Origins []string         `toml:"ORIGINS" alias:"OLD_ORIGINS" validate:"min=1,own" check:"app.E006 min=app.E007 alias=app.W141 both=app.E142"`
	Age     int              `toml:"AGE_2" validate:"omitempty,min=0|eq=-1" check:"4_0.E001"`
	Model   settings.Removed `toml:"MODEL" check:"app.E012" removed:"remove it"`
	Tables  map[string]struct {
		Engine string `toml:"engine" validate:"required" check:"required=app.core.E003"`
	} `toml:"TABLES" validate:"dive"`
	Tree []tree `toml:"TREE" validate:"dive"`
	ownRule
}

type tree struct {
	Trees []tree `toml:"trees" validate:"dive"`
}

func TestCheckStructIsSilentAboutASoundStruct(t *testing.T) {
	for _, v := range []any{nil, sound{}, &sound{}, ruled{}, paths{}} {
		if err := settings.CheckStruct(v); err != nil {
			t.Error(err)
		}
	}
}

// faulty has rules with mistakes.
type faulty struct {
	One int `toml:"ONE" validate:"twice,origin,Bad,empty=1"`
	Two struct {
		Sub []struct {
			Deep int `toml:"deep" validate:"twice"`
		} `toml:"SUB"`
	} `toml:"TWO"`
}

func (faulty) Rules() []settings.Rule {
	return []settings.Rule{
		{Tag: "twice", Find: silent}, {Tag: "twice", Find: silent}, {Tag: "origin", Find: silent},
		{Tag: "Bad", Find: silent}, {Tag: "unused", Find: silent}, {Tag: "empty"},
	}
}

func TestCheckStructFindsMistakes(t *testing.T) {
	tests := []struct {
		v    any
		want []string
	}{
		{struct {
			A int `toml:"lower"`
		}{}, []string{`"lower" is not in upper case`}},
		{struct {
			A int `toml:"A" alias:"2B" check:"alias=a.W001 both=a.E001"`
		}{}, []string{`"2B" is not in upper case`}},
		{struct {
			common
			A int `toml:"DEBUG"`
		}{}, []string{`"DEBUG" is there twice`}},
		{struct {
			A int `toml:"A"`
			B int `toml:"B" alias:"A" check:"alias=a.W001 both=a.E001"`
		}{}, []string{`"A" is there twice`}},
		{struct {
			A int `toml:"A" alias:"B" check:"alias=a.W001"`
		}{}, []string{"alias= and both= go together"}},
		{struct {
			A int `toml:"A" check:"both=a.W001"`
		}{}, []string{"alias= and both= go together"}},
		{struct {
			A int `toml:"A" check:"a.E1"`
			B int `toml:"B" check:"min="`
		}{}, []string{`"a.E1" is not an id`, `"" is not an id`}},
		{struct {
			A int `toml:"A" check:"a.E001 a.E002"`
		}{}, []string{"two ids for one tag"}},
		{struct {
			A int `toml:"A" validate:"min=1" check:"max=a.E001"`
		}{}, []string{`for "max", which is no standard tag`}},
		{struct {
			A int `toml:"A" validate:"positive"`
		}{}, []string{`there is no tag "positive"`}},
		{struct {
			A []struct {
				B int `toml:"b" validate:"positive"`
			} `toml:"A"`
		}{}, []string{`there is no tag "positive"`}},
		{struct {
			A bool `toml:"A" validate:"min=1"`
		}{}, []string{"Bad field type bool"}},
		{struct {
			A settings.Secret `toml:"A" validate:"min=1"`
		}{}, []string{"Bad field type settings.Secret"}},
		{struct {
			A []struct {
				B bool `toml:"b" validate:"min=1"`
			} `toml:"A"`
		}{}, []string{"Bad field type bool"}},
		{struct {
			A settings.Removed `toml:"A"`
			B int              `toml:"B" removed:"remove it"`
		}{}, []string{".A: the type Removed", ".B: the type Removed"}},
		{struct {
			A int `validate:"min=1"`
			b int `toml:"B" should:"be"`
		}{}, []string{".A has a tag validate", ".b has a tag should"}},
		{struct {
			*common
		}{}, []string{"not a pointer"}},
		{faulty{}, []string{
			`"Bad" has a name that`, `"empty" has no Find`, `"origin" has the name of a tag of validator's`, `"twice" is there twice`,
			`"unused" is on no field`, `"twice" can't stand on a field of a table`, `"empty" can't have a parameter`,
		}},
		{joined{}, []string{`"own" can't have a parameter or be joined`}},
	}
	for _, tt := range tests {
		err := settings.CheckStruct(tt.v)
		if err == nil {
			t.Errorf("no mistake in %T, want %q", tt.v, tt.want)
			continue
		}
		found := strings.Split(err.Error(), "\n")
		for _, want := range tt.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q is not in\n%v", want, err)
			}
		}
		if diff := cmp.Diff(len(tt.want), len(found)); diff != "" {
			t.Errorf("number of mistakes (-want +got):\n%s%v", diff, err)
		}
	}
}
