package checks_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/checks"
)

func TestSort(t *testing.T) {
	place := func(m checks.Message, file string, line, column int) checks.Message {
		m.At = checks.Range{File: file, Start: checks.Pos{Line: line, Column: column}}
		return m
	}
	ms := checks.Messages{
		place(checks.Warningf("a.W001", "9"), "a.toml", 1, 1),
		place(checks.Errorf("a.E002", "5"), "b.toml", 1, 1),
		place(checks.Errorf("a.E002", "4"), "a.toml", 2, 10),
		place(checks.Errorf("a.E002", "2"), "a.toml", 2, 9),
		place(checks.Errorf("a.E001", "1"), "a.toml", 2, 9),
		place(checks.Errorf("a.E002", "3"), "a.toml", 2, 9),
		place(checks.Errorf("a.E002", "0"), "a.toml", 1, 9),
		{Level: checks.Debug, Text: "d"},
		{Level: checks.Critical, Text: "c"},
		checks.Infof("a.I001", "i"),
	}
	ms.Sort()
	var got strings.Builder
	for _, m := range ms {
		got.WriteString(m.Text)
	}
	if want := "c0123459id"; got.String() != want {
		t.Errorf("got order %s, want %s", got.String(), want)
	}
}

func TestSilence(t *testing.T) {
	ms := checks.Messages{
		checks.Errorf("a.E001", "x"),
		checks.Errorf("a.E002", "x").Of(checks.Refused),
		checks.Errorf("a.E003", "x").Of(checks.Unbuildable),
		checks.Warningf("a.W001", "x"),
	}
	kept, silenced := ms.Silence(map[string]string{"a.E001": "meant", "a.E002": "", "a.E003": ""})
	if len(silenced) != 1 || silenced[0].ID != "a.E001" || silenced[0].Reason != "meant" || len(kept) != 3 || kept[0].ID != "a.E002" {
		t.Errorf("kept %v, silenced %v: only findings can be silenced", kept, silenced)
	}
}

func TestBlocking(t *testing.T) {
	ms := checks.Messages{
		checks.Errorf("a.E001", "x"),
		checks.Errorf("a.E002", "x").Of(checks.Refused),
		checks.Errorf("a.E003", "x").Of(checks.Unbuildable),
		checks.Infof("a.I001", "x").Of(checks.Unbuildable),
	}
	var got []string
	for _, m := range ms.Blocking() {
		got = append(got, m.ID)
	}
	if diff := cmp.Diff([]string{"a.E002", "a.E003"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestErr(t *testing.T) {
	if err := (checks.Messages{checks.Warningf("a.W001", "x")}).Err(); err != nil {
		t.Errorf("a warning is an error: %v", err)
	}
	err := checks.Messages{checks.Warningf("a.W001", "x"), checks.Errorf("a.E001", "wrong").On("NAME", 2)}.Err()
	var failure *checks.Failure
	if !errors.As(err, &failure) || len(failure.Messages) != 2 {
		t.Fatalf("got %#v, want a Failure with both messages", err)
	}
	if got, want := err.Error(), "NAME[2]: error: wrong (a.E001)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPath(t *testing.T) {
	for _, tt := range []struct {
		got        checks.Path
		want, name string
	}{
		{"NAME", "NAME", "NAME"},
		{checks.Path("NAME").Index(0), "NAME[0]", "NAME"},
		{checks.Path("NAME").Key("default").Key("HOST"), "NAME.default.HOST", "NAME"},
		{checks.Path("NAME").Key("a b").Index(3), `NAME."a b"[3]`, "NAME"},
		{checks.Path("").Key("x.y"), `"x.y"`, `"x.y"`},
		{checks.Path("").Key("x.y").Key("z"), `"x.y".z`, `"x.y"`},
	} {
		if string(tt.got) != tt.want || tt.got.Name() != tt.name {
			t.Errorf("got %s of %s, want %s of %s", tt.got, tt.got.Name(), tt.want, tt.name)
		}
	}
}

// A copy made by one of the methods shares nothing that another one writes.
func TestSeeCopies(t *testing.T) {
	base := checks.Errorf("a.E001", "x").See("A", "a")
	b, c := base.See("B", "b"), base.See("C", "c")
	if b.Related[1].Setting != "B" || c.Related[1].Setting != "C" || len(base.Related) != 1 {
		t.Errorf("got %v, %v, %v", base.Related, b.Related, c.Related)
	}
}

func TestParseLevel(t *testing.T) {
	for _, name := range checks.LevelNames() {
		l, ok := checks.ParseLevel(name)
		if !ok || strings.ToUpper(l.String()) != name {
			t.Errorf("ParseLevel(%s) = %v, %v", name, l, ok)
		}
	}
	if _, ok := checks.ParseLevel("error"); ok {
		t.Error("Django's level names are in upper case")
	}
}
