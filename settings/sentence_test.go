package settings_test

import (
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled/settings"
)

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
		{number{1}, "X should be more than 1, not 1"},
		{number{3}, "X should be less than 3, not 3"},
		{text{"a"}, `X should have at least 2 characters, not "a"`},
		{text{"a\nbcd"}, `X should have at most 4 characters, not "a\nbcd"`},
		{text{long}, `X should have at most 4 characters, not "` + long[:120] + `..."`},
		{list{nil}, "X should have exactly 1 entry, not 0"},
		{list{[]string{"a", "b"}}, "X should have exactly 1 entry, not 2"},
		{unique{[]string{"a", "a"}}, "X should have no entry twice"},
		{choice{"lax"}, `X should be "Lax", "Not Lax" or "None", not "lax"`},
		{numbers{3}, "X should be 1 or 2, not 3"},
		{required{}, "X should be set"},
		{duration{time.Millisecond}, "X should be 1s or more, not 1ms"},
		{either{"-"}, `X should pass the rule "ip|fqdn", not "-"`},
		{unusual{"zzz"}, `X should pass the rule "iso4217", not "zzz"`},
		{unusualParam{"zzz"}, `X should pass the rule "containsrune=y", not "zzz"`},
		{prefix{"a"}, `X should start with "/", not "a"`},
		{flag{}, "X should be true, not false"},
	}
	for _, tt := range tests {
		hinted(t, settings.Validate(tt.v))
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
		"ORIGINS | ORIGINS should be left out when ALLOW_ALL is true | settings.E003",
		"HIGH | HIGH should be at least LOW, not 1 | settings.E003",
		"HOST | HOST should be set when ALLOW_ALL or ORIGINS is | settings.E003",
		"GONE | GONE should be set when Missing and Lost are not | settings.E003",
	)
}
