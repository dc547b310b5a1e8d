package settings_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/settled-go/settled/settings"
)

type common struct {
	Debug bool `toml:"DEBUG" check:"app.E001"`
}

func TestFields(t *testing.T) {
	type shape struct {
		Origins []string `toml:"ORIGINS" alias:"WHITELIST" check:"app.E006 alias=app.W141 both=app.E142"`
		common
		Key      settings.Secret   `toml:"SEED"`
		Password string            `toml:"PASSWORD,omitempty"`
		Old      int               `toml:"AGE" alias:"TOKEN_AGE"`
		Model    settings.Removed  `toml:"MODEL" check:"app.E012" removed:"remove it"`
		Seeds    []settings.Secret `toml:"SEEDS"`
		Skipped  int               `toml:"-"`
		Bare     int
		private  int `toml:"PRIVATE"`
	}
	v := shape{Origins: []string{"a"}, common: common{true}, Old: 3, Key: settings.NewSecret("x"), private: 1}
	want := []settings.Field{
		{Name: "ORIGINS", Alias: "WHITELIST", Type: "list of strings", Value: []string{"a"}, IDs: []string{"app.E006", "app.E142", "app.W141"}, Struct: "shape"},
		{Name: "DEBUG", Type: "boolean", Value: true, IDs: []string{"app.E001"}, Struct: "common"},
		{Name: "SEED", Type: "secret", Value: "set", Secret: true, Hidden: true, Struct: "shape"},
		{Name: "PASSWORD", Type: "string", Value: "", Hidden: true, Struct: "shape"},
		{Name: "AGE", Alias: "TOKEN_AGE", Type: "integer", Value: 3, Hidden: true, Struct: "shape"},
		{Name: "MODEL", Type: "removed setting", Value: settings.Removed{}, Removed: true, IDs: []string{"app.E012"}, Struct: "shape"},
		{Name: "SEEDS", Type: "list of secrets", Value: []settings.Secret(nil), Secret: true, Hidden: true, Struct: "shape"},
	}
	for _, v := range []any{v, &v} {
		got := settings.Fields(v)
		if secret, ok := got[2].Value.(settings.Secret); ok && secret.Value() == "x" {
			got[2].Value = "set"
		}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(settings.Field{})); diff != "" {
			t.Errorf("fields (-want +got):\n%s", diff)
		}
	}
	for _, v := range []any{nil, (*shape)(nil)} {
		if got := settings.Fields(v); got != nil {
			t.Errorf("Fields(%#v) is %v, want none", v, got)
		}
	}
}

func TestTypesInWords(t *testing.T) {
	v := struct {
		A uint8              `toml:"integer"`
		B float64            `toml:"number"`
		C *string            `toml:"string"`
		D [][]int            `toml:"list of lists of integers"`
		E map[string]string  `toml:"table"`
		F []common           `toml:"list of tables"`
		G any                `toml:"value of any type"`
		H time.Duration      `toml:"duration"`
		I time.Time          `toml:"date and time"`
		J []time.Time        `toml:"list of dates and time"`
		K [2]bool            `toml:"list of booleans"`
		L map[string]*common `toml:"table"`
		M settings.Date      `toml:"date"`
		N task               `toml:"string or table"`
		O []task             `toml:"list of strings or tables"`
	}{}
	for _, f := range settings.Fields(v) {
		if f.Type != f.Name {
			t.Errorf("type %q, want %q", f.Type, f.Name)
		}
	}
}

func TestEntries(t *testing.T) {
	v := struct {
		A []common           `toml:"A"`
		B map[string]*common `toml:"B"`
		C task               `toml:"C"`
		D settings.Secret    `toml:"D"`
		E []string           `toml:"E"`
		F any                `toml:"F"`
		G settings.Date      `toml:"G"`
	}{}
	want := map[string]string{"A": "DEBUG", "B": "DEBUG", "C": "name", "D": "", "E": "", "F": "", "G": ""}
	for _, f := range settings.Fields(v) {
		got := ""
		if entries := f.Entries(); len(entries) > 0 {
			got = entries[0].Name
		}
		if got != want[f.Name] {
			t.Errorf("%s: the first entry is %q, want %q", f.Name, got, want[f.Name])
		}
	}
}
