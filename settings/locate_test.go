package settings_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

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

func TestNamesThatStartAlike(t *testing.T) {
	type shape struct {
		A struct {
			B int `toml:"B" validate:"max=0"`
		} `toml:"A"`
		AB int `toml:"AB" validate:"max=0"`
	}
	wantLines(t, settings.Validate(shape{AB: 1}), "AB | AB should be 0 or less, not 1 | settings.E003")
}

// A path of some kind is better than none.
func TestPathsWithoutTOMLNames(t *testing.T) {
	type shape struct {
		Ports map[int]int `toml:"PORTS" validate:"dive,max=0"`
		Table struct {
			Bare int `validate:"max=0"`
		} `toml:"TABLE"`
	}
	v := shape{Ports: map[int]int{3: 1}}
	v.Table.Bare = 1
	wantLines(t, settings.Validate(v),
		"PORTS[3] | PORTS[3] should be 0 or less, not 1 | settings.E003",
		"TABLE | TABLE should be 0 or less, not 1 | settings.E003",
	)
}

// paths has rules for elements of lists and tables, and messages on parts.
type paths struct {
	inherited
	List  []string                     `toml:"LIST" validate:"min=3,part,dive,required,elem"`
	Table map[string][]string          `toml:"TABLE" validate:"part,dive,keys,key,endkeys,dive,elem"`
	Deep  map[string]map[string]string `toml:"DEEP" validate:"dive,part"`
	Maybe *[]string                    `toml:"MAYBE" validate:"omitempty,part,dive,elem"`
	Any   any                          `toml:"ANY" validate:"omitnil,part"`
	Open  any                          `toml:"OPEN" validate:"omitempty,dive,elem"`
	Nil   *[]string                    `toml:"NIL" validate:"omitempty,part,dive,elem"`
}

type inherited struct {
	Early []string `toml:"EARLY" validate:"part"`
}

func (paths) Rules() []settings.Rule {
	find := func(tag string, parts ...checks.Path) settings.Rule {
		return settings.Rule{Tag: tag, Find: func(_, value any) (ms checks.Messages) {
			for _, part := range parts {
				ms = append(ms, checks.Infof(tag, "{name}").On(part))
			}
			return ms
		}}
	}
	return []settings.Rule{
		find("part", "[10]", "[9]", checks.Path("").Key("k").Key("q q"), "", "EARLY[1]"),
		find("elem", ""), find("key", ""),
	}
}

func TestPathsOfRules(t *testing.T) {
	v := paths{
		List:  []string{"", "b"},
		Table: map[string][]string{"t u": {"x"}},
		Deep:  map[string]map[string]string{"a": nil},
		Maybe: &[]string{"x"},
		Any:   map[string]any{},
		Open:  []any{"x"},
	}
	earlier := "EARLY[1] | %s | part" // every rule `part` has one on that setting
	want := []string{
		`k."q q" | EARLY | part`, // a list has no keys: some other setting
		"EARLY | EARLY | part",
	}
	for _, name := range []string{"EARLY", "LIST", "TABLE", "DEEP", "MAYBE", "ANY"} {
		want = append(want, fmt.Sprintf(earlier, name))
	}
	want = append(want,
		"EARLY[9] | EARLY | part", "EARLY[10] | EARLY | part",

		"LIST | LIST should have at least 3 entries, not 2 | settings.E003",
		`k."q q" | LIST | part`, "LIST | LIST | part",
		"LIST[0] | LIST | elem", "LIST[1] | LIST | elem", "LIST[9] | LIST | part", "LIST[10] | LIST | part",

		"TABLE | TABLE | part", `TABLE.k."q q" | TABLE | part`,
		`TABLE."t u" | TABLE | key`, `TABLE."t u"[0] | TABLE | elem`,
		"TABLE[9] | TABLE | part", "TABLE[10] | TABLE | part",

		"DEEP.a | DEEP | part", `DEEP.a.k."q q" | DEEP | part`, "DEEP.a[9] | DEEP | part", "DEEP.a[10] | DEEP | part",

		`k."q q" | MAYBE | part`, "MAYBE | MAYBE | part",
		"MAYBE[0] | MAYBE | elem", "MAYBE[9] | MAYBE | part", "MAYBE[10] | MAYBE | part",

		"ANY | ANY | part", `ANY.k."q q" | ANY | part`, "ANY[9] | ANY | part", "ANY[10] | ANY | part",
		"OPEN[0] | OPEN | elem",
	)
	wantLines(t, settings.Validate(v), want...)
}
