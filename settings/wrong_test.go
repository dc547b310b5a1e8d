package settings_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

type shop struct {
	Origins []string        `toml:"SHOP_ALLOWED_ORIGINS" alias:"SHOP_WHITELIST" wrong:"SHOP_ORIGINS ALLOW_ORIGINS SHOP_ALLOW_ORIGINS" check:"shop.E001 alias=shop.W001 both=shop.E002"`
	Signing settings.Secret `toml:"SHOP_KEY" wrong:"SHOP_SIGN_WITH"`
}

type stall struct {
	Fruit []string `toml:"STALL_FRUIT" wrong:"STALL_APPLES ALLOW_ORIGINS"`
}

// Names under which people look for a setting in vain.
func TestWrongNames(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"SHOP_ORIGINS = []", "E007 write SHOP_ALLOWED_ORIGINS"},
		{"allowOrigins = []", "E007 write SHOP_ALLOWED_ORIGINS"},
		{"allow-origins = []", "E007 write SHOP_ALLOWED_ORIGINS"},
		{"Shop_Origins = []", "E007 write SHOP_ALLOWED_ORIGINS"},
		{"STALL_APPLES = []", "E007 write STALL_FRUIT"}, // of an app that is not installed

		{"SHOP_ALLOWED_ORIGINS = []", ""},
		{"SHOP_WHITELIST = []", "W001 rename it to SHOP_ALLOWED_ORIGINS"},
		{"shop_allowed_origins = []", "E005 write SHOP_ALLOWED_ORIGINS"},
		{"SHOP_ALOWED_ORIGINS = []", "E002 did you mean SHOP_ALLOWED_ORIGINS?"},
		{"STALL_FRUIT = []", "E006 add \"stall\" to INSTALLED_APPS"},
		{"PEARS = []", "E002 take it out, or add its app to INSTALLED_APPS"},
		{"[x]\nSHOP_ORIGINS = []", "E002 take it out, or add its app to INSTALLED_APPS"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			f := parse(t, tt.text)
			ms := f.Decode("shop", &shop{})
			f.Offer("stall", &stall{})
			var got []string
			for _, m := range append(ms, f.Unclaimed()...) {
				got = append(got, m.ID[strings.Index(m.ID, ".")+1:]+" "+m.Hint)
				if m.ID == "settings.E007" && (m.Level != checks.Error || m.Class != checks.Finding || !strings.Contains(m.Text, strings.TrimPrefix(m.Hint, "write "))) {
					t.Errorf("%v of class %v", m, m.Class)
				}
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, ", ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What was meant for a secret is not shown.
func TestWrongNameOfASecret(t *testing.T) {
	f := parse(t, "SHOP_SIGN_WITH = 'hunter2'")
	f.Decode("shop", &shop{})
	ms := f.Unclaimed()
	if len(ms) != 1 || ms[0].ID != "settings.E007" || ms[0].At.Source == "" || strings.Contains(fmt.Sprintf("%+v", ms), "hunter2") {
		t.Errorf("got %+v", ms)
	}
}

// A variable has no id of its own for that, but the hint.
func TestWrongNameOfAVariable(t *testing.T) {
	f, err := settings.Parse("test.toml", nil, settings.Options{Env: []string{"SETTLED_SHOP_ORIGINS=x"}})
	if err != nil {
		t.Fatal(err)
	}
	f.Decode("shop", &shop{})
	ms := f.Unclaimed()
	if len(ms) != 1 || ms[0].ID != "settings.E008" || ms[0].Hint != "did you mean SETTLED_SHOP_ALLOWED_ORIGINS?" {
		t.Errorf("got %+v", ms)
	}
}

func TestCheckStructLooksAtWrongNames(t *testing.T) {
	if err := settings.CheckStruct(shop{}); err != nil {
		t.Error(err)
	}
	for want, v := range map[string]any{
		"is not in upper case": struct {
			A int `toml:"A" wrong:"a_b"`
		}{},
		"is there twice": struct {
			A int `toml:"A" wrong:"A_B"`
			B int `toml:"B" wrong:"AB"`
		}{},
		"is a setting, and a wrong name too": struct {
			A int `toml:"A_B" wrong:"AB"`
		}{},
		"not for entries of a table": struct {
			A struct {
				B int `toml:"b" wrong:"C"`
			} `toml:"A"`
		}{},
		"has a tag wrong": struct {
			A int `wrong:"C"`
		}{},
	} {
		if err := settings.CheckStruct(v); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
