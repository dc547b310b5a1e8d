package settings_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

type knot struct {
	Name  string `toml:"name" validate:"required"`
	Below []knot `toml:"below"`
}

type schematic struct {
	A bool              `toml:"BOOLEAN"`
	B uint8             `toml:"BYTE"`
	C int16             `toml:"SHORT" validate:"min=1,max=7"`
	D float64           `toml:"NUMBER" validate:"gte=1,lt=2"`
	E string            `toml:"WORD" validate:"oneof=a 'b c'"`
	F string            `toml:"MAYBE" validate:"omitempty,oneof=a,min=3"`
	G []string          `toml:"LIST" validate:"min=1,unique,dive,startswith=a.b"`
	H map[string]int    `toml:"TABLE" validate:"max=2,dive,gt=0"`
	I settings.Secret   `toml:"SECRET"`
	J time.Duration     `toml:"WAIT" validate:"min=1s"`
	K time.Time         `toml:"AT"`
	L settings.Date     `toml:"DAY"`
	M task              `toml:"TASK"`
	N *int              `toml:"NONE" validate:"omitnil,min=1"`
	O any               `toml:"ANY"`
	P [2]bool           `toml:"PAIR"`
	Q knot              `toml:"KNOT"`
	R int               `toml:"LEVEL" validate:"oneof=1 2"`
	S []string          `toml:"RULED" alias:"OLD" validate:"shout" check:"alias=a.W001 both=a.E001"`
	T map[string]string `toml:"PATHS" validate:"shout"`
	U settings.Removed  `toml:"GONE" removed:"x"`
	V string            `toml:"EITHER" validate:"email|url"`
	X string            `toml:"PASSWORD"`
	W string            `toml:"ADDRESS" validate:"ipv4,len=9"`
}

func (schematic) Rules() []settings.Rule {
	return []settings.Rule{{Tag: "shout", Pattern: "^[A-Z]+$", Find: func(_, _ any) checks.Messages { return nil }}}
}

func TestSchemas(t *testing.T) {
	v := &schematic{C: 3, E: "a", G: []string{"a.b"}, H: map[string]int{"x": 1}, I: settings.NewSecret("hunter2"), J: time.Second, X: "hunter2"}
	got := settings.Schemas(v, func(f settings.Field) string {
		if f.Name == "OLD" || f.Name == "RULED" || f.Name == "GONE" || f.Name == "below" {
			return "Text of " + f.Name + "."
		}
		return ""
	})
	for name, want := range map[string]string{
		"BOOLEAN":  `{"default":false,"type":"boolean"}`,
		"BYTE":     `{"default":0,"maximum":255,"minimum":0,"type":"integer"}`,
		"SHORT":    `{"default":3,"maximum":7,"minimum":1,"type":"integer"}`,
		"NUMBER":   `{"default":0,"minimum":1,"type":"number"}`,
		"WORD":     `{"default":"a","enum":["a","b c"],"type":"string"}`,
		"MAYBE":    `{"default":"","enum":["a",""],"type":"string"}`,
		"LIST":     `{"default":["a.b"],"items":{"pattern":"^a\\.b","type":"string"},"minItems":1,"type":"array","uniqueItems":true}`,
		"TABLE":    `{"additionalProperties":{"minimum":1,"type":"integer"},"default":{"x":1},"maxProperties":2,"type":"object"}`,
		"WAIT":     `{"default":"1s","type":"string"}`,
		"AT":       `{"type":"string"}`,
		"DAY":      `{"format":"date","type":"string"}`,
		"TASK":     `{"anyOf":[{"type":"string"},{"additionalProperties":{"not":{"description":"There is no such entry."}},"properties":{"name":{"type":"string"},"tries":{"type":"integer"},"until":{"format":"date","type":"string"}},"type":"object"}]}`,
		"NONE":     `{"type":"integer"}`,
		"ANY":      `{}`,
		"PAIR":     `{"default":[false,false],"items":{"type":"boolean"},"maxItems":2,"minItems":2,"type":"array"}`,
		"KNOT":     `{"additionalProperties":{"not":{"description":"There is no such entry."}},"properties":{"below":{"description":"Text of below.","items":{"type":"object"},"type":"array"},"name":{"minLength":1,"type":"string"}},"type":"object"}`,
		"LEVEL":    `{"default":0,"enum":[1,2],"type":"integer"}`,
		"RULED":    `{"default":[],"description":"Text of RULED.","items":{"pattern":"^[A-Z]+$","type":"string"},"type":"array"}`,
		"OLD":      `{"deprecated":true,"description":"The old name of RULED. Text of RULED.","items":{"pattern":"^[A-Z]+$","type":"string"},"type":"array","x-taplo":{"hidden":true}}`,
		"PATHS":    `{"additionalProperties":{"not":{"description":"Names here have the form ^[A-Z]+$."}},"default":{},"patternProperties":{"^[A-Z]+$":{"type":"string"}},"type":"object"}`,
		"GONE":     `{"deprecated":true,"description":"Text of GONE. It has been removed: take it out.","not":{"description":"It has been removed: take it out."},"x-taplo":{"hidden":true}}`,
		"PASSWORD": `{"type":"string"}`,
		"EITHER":   `{"default":"","type":"string"}`,
		"ADDRESS":  `{"default":"","format":"ipv4","maxLength":9,"minLength":9,"type":"string"}`,
	} {
		text, err := json.Marshal(got[name])
		if diff := cmp.Diff(want, string(text)); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
		delete(got, name)
	}
	if secret, _ := json.Marshal(got["SECRET"]); len(got) != 1 || got["SECRET"]["default"] != nil || len(got["SECRET"]["anyOf"].([]settings.Schema)) != 3 {
		t.Errorf("left: %v; the secret's: %s", got, secret)
	}
	if got := settings.Schemas(nil, nil); got != nil {
		t.Errorf("Schemas(nil) is %v", got)
	}
}
