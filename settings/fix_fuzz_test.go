package settings_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// Any edit of any file: it is refused, or the result means what the edit says,
// and Place says the same of it as Fix does.
func FuzzFix(f *testing.F) {
	for _, text := range documents {
		for do := range uint8(5) {
			f.Add(text, do, uint(7), uint(0), "x")
		}
	}
	for _, tt := range fixCases {
		for n, e := range tt.edits {
			f.Add(tt.before, uint8(e.Do), uint(n+1), uint(e.To), e.Text)
		}
	}
	f.Fuzz(func(t *testing.T, text string, do uint8, which, to uint, with string) {
		file, err := settings.Parse("no/such/test.toml", []byte(text), settings.Options{})
		if err != nil || strings.Contains(text, "EXTENDS") || strings.Contains(with, "EXTENDS") {
			t.Skip()
		}
		paths := pathsOf(t, text)
		if len(paths) == 0 {
			t.Skip()
		}
		edit := checks.Edit{Do: checks.Action(do % 5), Setting: paths[which%uint(len(paths))], Text: with, To: int(to % 8)}
		if edit.Do == checks.Append && to%2 == 1 {
			edit.Setting = "NOT_THERE"
		}
		ms := file.Place(checks.Messages{checks.Errorf("app.E001", "wrong").On(edit.Setting).Fix(edit)})
		rs, fixed := file.Fix(ms)
		if len(fixed) == 0 {
			return
		}
		checkMeaning(t, text, rs[0].New, edit)
		if changes := ms[0].Fixes[0].Changes; changes != nil {
			if got := withChanges(text, changes); got != rs[0].New {
				t.Errorf("%+v: Fix gives\n%q, Place\n%q\n%+v", edit, rs[0].New, got, changes)
			}
		}
	})
}

// pathsOf are the paths of all values of a text, in a fixed order.
func pathsOf(t *testing.T, text string) []checks.Path {
	var values map[string]any
	if _, err := toml.Decode(strings.TrimPrefix(text, "\ufeff"), &values); err != nil {
		t.Skip() // it is read as BurntSushi reads it, but for names that are set twice
	}
	var paths []checks.Path
	walk(values, "", "", func(path checks.Path, _ string, _ any) { paths = append(paths, path) })
	slices.Sort(paths)
	return paths
}

// checkMeaning fails when the text after an edit does not mean what it should.
// All lists and strings outside of the edited setting are compared.
func checkMeaning(t *testing.T, before, after string, e checks.Edit) {
	t.Helper()
	var was, is map[string]any
	_, _ = toml.Decode(strings.TrimPrefix(before, "\ufeff"), &was)
	if _, err := toml.Decode(strings.TrimPrefix(after, "\ufeff"), &is); err != nil {
		t.Fatalf("%+v makes\n%s\nof\n%s: %v", e, after, before, err)
	}
	name := nameOf(e.Setting)
	old, now := was[name], is[name]
	if e.Do == checks.Rename {
		now = is[e.Text]
		delete(is, e.Text)
		if diff := cmp.Diff(old, now, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("%+v (-before +after):\n%s", e, diff)
		}
	} else if n, m := size(old), size(now); e.Do == checks.Append {
		if m != n+1 && (old != nil || m != 2) { // a list and its element
			t.Errorf("%+v: %d values became %d:\n%s\n%s", e, n, m, before, after)
		}
	} else if e.Do != checks.Remove && n != m || e.Do == checks.Remove && m >= n {
		t.Errorf("%+v: %d values became %d:\n%s\n%s", e, n, m, before, after)
	}
	delete(was, name)
	delete(is, name)
	if diff := cmp.Diff(was, is, cmpopts.EquateNaNs()); diff != "" {
		t.Errorf("%+v (-before +after):\n%s", e, diff)
	}
}

// nameOf is the setting of a path, without quotes.
func nameOf(path checks.Path) string {
	var values map[string]any
	_, _ = toml.Decode(string(path.Name())+" = 1", &values)
	for name := range values {
		return name
	}
	return ""
}

// size is how many values there are.
func size(value any) int {
	if value == nil {
		return 0
	}
	n := 1
	walk(value, "", "", func(checks.Path, string, any) { n++ })
	return n
}

// withChanges makes changes by what their places say, the last one first.
func withChanges(text string, changes []checks.Change) string {
	mark := len(text) - len(strings.TrimPrefix(text, "\ufeff"))
	sorted := slices.Clone(changes)
	slices.SortStableFunc(sorted, func(a, b checks.Change) int {
		return offset(text[mark:], b.At.Start) - offset(text[mark:], a.At.Start)
	})
	left := len(text)
	for _, c := range sorted {
		start, end := mark+offset(text[mark:], c.At.Start), mark+offset(text[mark:], c.At.End)
		text = text[:start] + c.New + text[min(end, left):]
		left = start
	}
	return text
}
