package settings_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

func replace(path checks.Path, text string) checks.Edit {
	return checks.Edit{Do: checks.Replace, Setting: path, Text: text}
}

func add(path checks.Path, text string) checks.Edit {
	return checks.Edit{Do: checks.Append, Setting: path, Text: text}
}

func remove(path checks.Path) checks.Edit { return checks.Edit{Do: checks.Remove, Setting: path} }

func move(path checks.Path, to int) checks.Edit {
	return checks.Edit{Do: checks.Move, Setting: path, To: to}
}

func rename(path checks.Path, name string) checks.Edit {
	return checks.Edit{Do: checks.Rename, Setting: path, Text: name}
}

// mend makes each edit as the fix of a message of its own. fixed is how many
// were made.
func mend(f *settings.File, edits ...checks.Edit) (rs []settings.Rewrite, fixed int) {
	var ms checks.Messages
	for _, e := range edits {
		ms = append(ms, checks.Errorf("app.E001", "wrong").On(e.Setting).Fix(e))
	}
	rs, done := f.Fix(ms)
	return rs, len(done)
}

func TestFix(t *testing.T) {
	for _, tt := range fixCases {
		t.Run(tt.name, func(t *testing.T) {
			f := parse(t, tt.before)
			rs, fixed := mend(f, tt.edits...)
			if fixed != len(tt.edits) || len(rs) != 1 {
				t.Fatalf("%d fixed in %d files, want %d in 1", fixed, len(rs), len(tt.edits))
			}
			if diff := cmp.Diff(strings.SplitAfter(tt.after, "\n"), strings.SplitAfter(rs[0].New, "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if rs[0].Old != tt.before || rs[0].Name != "test.toml" {
				t.Errorf("got %+v", rs[0])
			}
		})
	}
}

// What can't be edited is left alone.
func TestFixRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		edit       checks.Edit
	}{
		{"no such setting", "A = 1", replace("B", "x")},
		{"no such element", "A = ['x']", replace("A[1]", "x")},
		{"no string", "A = 1", replace("A", "x")},
		{"a list", "A = ['x']", replace("A", "x")},
		{"append to no list", "A = 'x'", add("A", "y")},
		{"append to a [[list]]", "[[A]]\nb = 1", add("A", "y")},
		{"append to a table", "A.b = 1", add("A", "y")},
		{"append to no such part", "A = 1", add("B.c", "y")},
		{"append no UTF-8", "A = ['x']", add("A", "\xff")},
		{"append no UTF-8 to what is not there", "A = ['x']", add("B", "\xff")},
		{"append to a variable", "A = ['y']", add("VARIABLE", "y")},
		{"no UTF-8", "A = 'x'", replace("A", "\xff")},
		{"an entry of a table", "A = { b = 1 }", remove("A.b")},
		{"an element of a [[list]]", "[[A]]\nb = 1", remove("A[0]")},
		{"move in a [[list]]", "[[A]]\nb = 1\n[[A]]\nb = 2", move("A[1]", 0)},
		{"move too far", "A = ['x']", move("A[0]", 1)},
		{"move back too far", "A = ['x']", move("A[0]", -1)},
		{"move a setting", "A = ['x']", move("A", 0)},
		{"rename a part", "A = { b = 1 }", rename("A.b", "c")},
		{"rename to what is there", "A = 1\nB = 2", rename("A", "B")},
		{"rename to what is there, tables", "A.x = 1\nB.y = 2", rename("A", "B")},
		{"a variable", "A = 'y'\nVARIABLE = 'x'", replace("VARIABLE", "y")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if rs, fixed := mend(parse(t, tt.text, "SETTLED_VARIABLE=x"), tt.edit); len(rs) > 0 || fixed > 0 {
				t.Errorf("%d fixed: %+v", fixed, rs)
			}
		})
	}
}

// Of two fixes that are in each other's way, the first is made.
func TestFixConflicts(t *testing.T) {
	for _, tt := range []struct {
		name          string
		first, second checks.Edit
		after         string
	}{
		{"two texts", replace("A[0]", "x"), replace("A[0]", "y"), "A = ['x', 'b', ['c']]"},
		{"two moves", move("A[1]", 0), move("A[2]", 0), "A = ['b', 'a', ['c']]"},
		{"move and remove", move("A[1]", 0), remove("A[2]"), "A = ['b', 'a', ['c']]"},
		{"remove and move", remove("A[2]"), move("A[1]", 0), "A = ['a', 'b']"},
		{"remove and replace", remove("A[2]"), replace("A[2][0]", "x"), "A = ['a', 'b']"},
		{"replace and remove", replace("A[2][0]", "x"), remove("A[2]"), "A = ['a', 'b', ['x']]"},
		{"rename and remove", rename("A", "B"), remove("A"), "B = ['a', 'b', ['c']]"},
		{"two additions", add("A", "x"), add("A", "y"), "A = ['a', 'b', ['c'], 'x']"},
		{"two additions of what is not there", add("B", "x"), add("B", "y"), "A = ['a', 'b', ['c']]\nB = [\"x\"]"},
		{"remove and append", remove("A[2]"), add("A", "x"), "A = ['a', 'b']"},
		{"two names", rename("A", "B"), rename("A", "C"), "B = ['a', 'b', ['c']]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rs, fixed := mend(parse(t, "A = ['a', 'b', ['c']]"), tt.first, tt.second)
			if fixed != 1 || len(rs) != 1 || rs[0].New != tt.after {
				t.Errorf("%d fixed: %+v", fixed, rs)
			}
		})
	}
}

// The file that holds the value is edited, under the name that it has there; an
// old name changes wherever it stands.
func TestFixExtends(t *testing.T) {
	dir := write(t, map[string]string{
		"base.toml": "\ufeffOLD_TEXT = 'a/'\r\nB = ['x/']\r\n",
		"test.toml": "EXTENDS = 'base.toml'\nOLD_TEXT = 'b/'\n",
	})
	f, err := settings.Load(filepath.Join(dir, "test.toml"))
	if err != nil {
		t.Fatal(err)
	}
	f.Decode("app", &everything{})
	rs, fixed := mend(f, replace("TEXT", "b"), replace("B[0]", "x"), rename("OLD_TEXT", "TEXT"))
	want := []settings.Rewrite{
		{Name: f.Files()[0], Old: "EXTENDS = 'base.toml'\nOLD_TEXT = 'b/'\n", New: "EXTENDS = 'base.toml'\nTEXT = 'b'\n"},
		{Name: f.Files()[1], Old: "\ufeffOLD_TEXT = 'a/'\r\nB = ['x/']\r\n", New: "\ufeffTEXT = 'a/'\r\nB = ['x']\r\n"},
	}
	if diff := cmp.Diff(want, rs); diff != "" || fixed != 3 {
		t.Errorf("%d fixed (-want +got):\n%s", fixed, diff)
	}

	after, err := f.With(rs)
	if err != nil {
		t.Fatal(err)
	}
	var got everything
	sameIDs(t, after.Decode("app", &got))
	if got.Text != "b" || !slices.Equal(got.List, []string{"x"}) {
		t.Errorf("got %q, %q", got.Text, got.List)
	}
	if again, fixed := mend(after, replace("B[0]", "y")); fixed != 1 || again[0].Old != rs[1].New {
		t.Errorf("got %+v", again)
	}
}

// An old name says how to get rid of it, unless both are there.
func TestFixOldName(t *testing.T) {
	ms := parse(t, "OLD_TEXT = 'x'").Decode("app", &everything{})
	want := []checks.Edit{rename("OLD_TEXT", "TEXT")}
	if diff := cmp.Diff(want, ms[0].Fixes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, m := range parse(t, "OLD_TEXT = 'x'\nTEXT = 'y'").Decode("app", &everything{}) {
		if m.Fixes != nil {
			t.Errorf("%s has %+v", m, m.Fixes)
		}
	}
}

// The fixes of a rule are relative to its field, as its Setting is.
func TestFixOfRule(t *testing.T) {
	f := parse(t, "A = 1\nOLD_WORDS = ['x/']")
	var got wordy
	rs, fixed := f.Fix(f.Decode("app", &got))
	if len(fixed) != 1 || len(rs) != 1 || rs[0].New != "A = 1\nOLD_WORDS = ['x']" {
		t.Errorf("got %+v", rs)
	}
}

// wordy has words that end in no slash.
type wordy struct {
	Words []string `toml:"WORDS" alias:"OLD_WORDS" validate:"words"`
}

func (wordy) Rules() []settings.Rule {
	return []settings.Rule{{Tag: "words", Find: func(_, value any) (ms checks.Messages) {
		for i, word := range value.([]string) {
			if plain, ok := strings.CutSuffix(word, "/"); ok {
				at := checks.Path("").Index(i)
				ms = append(ms, checks.Errorf("app.E001", "slash").On(at).Fix(replace(at, plain)))
			}
		}
		return ms
	}}}
}

// Place says what a fix changes, and where, but tells no secret.
func TestPlaceFixes(t *testing.T) {
	for _, tt := range []struct {
		text   string
		edit   checks.Edit
		want   []checks.Change
		secret bool
	}{
		{"\nA = 'é/'", replace("A", "é"), []checks.Change{{At: at(2, 7, 2, 8, "A = 'é/'", 6, 7)}}, false},
		{"A = ['a', 'b']", remove("A[1]"), []checks.Change{{At: at(1, 10, 1, 14, "A = ['a', 'b']", 9, 13)}, {At: at(1, 9, 1, 10, "A = ['a', 'b']", 8, 9)}}, false},
		{"A = 'http://u:p@h'", replace("A", "http://h"), []checks.Change{{At: at(1, 13, 1, 17, "A = 'http://u:"+stars+"@h'", 12, 35)}}, false},
		{"A = 'http://u:p@h/'", replace("A", "http://u:p@h"), []checks.Change{{At: at(1, 18, 1, 19, "A = 'http://u:"+stars+"@h/'", 36, 37)}}, true},
		{"A = 'h'", replace("A", "http://u:p@h"), nil, true},
		{"PASSWORD = 'h'", replace("PASSWORD", "i"), nil, true},
		{"A = []", add("A", "http://u:p@h"), nil, true},
		{"PASSWORDS = ['h']", add("PASSWORDS", "i"), nil, true},
		{"A = []", add("A", "b"), []checks.Change{{At: at(1, 6, 1, 6, "A = []", 5, 5), New: `"b"`}}, false},
		{"A = [\n1,\n2 # KEY = 3\n]", move("A[1]", 0), nil, true},
		{"VARIABLE = 'x'", replace("VARIABLE", "y"), nil, false},
	} {
		f := parse(t, tt.text, "SETTLED_VARIABLE=x")
		ms := checks.Messages{checks.Errorf("app.E001", "wrong").Fix(tt.edit)}
		got := f.Place(ms)[0].Fixes[0]
		if diff := cmp.Diff(tt.want, got.Changes); diff != "" || got.Secret != tt.secret {
			t.Errorf("%s: secret %v (-want +got):\n%s", tt.text, got.Secret, diff)
		}
		if ms[0].Fixes[0].Changes != nil {
			t.Errorf("%s: Place has changed what it was given", tt.text)
		}
	}
}

// at is a range of test.toml.
func at(line, column, endLine, endColumn int, source string, mark, markEnd int) checks.Range {
	return checks.Range{File: "test.toml", Start: checks.Pos{Line: line, Column: column},
		End: checks.Pos{Line: endLine, Column: endColumn}, Source: source, Mark: [2]int{mark, markEnd}}
}

func TestLines(t *testing.T) {
	f := parse(t, "\ufeffA = 'http://u:p@h'\r\nPASSWORD = '''\nx\ny''' # z\n\nB = 'é\t\u202e'\n")
	want := []string{"A = 'http://u:" + stars + "@h'", "PASSWORD = " + stars, stars, stars, "", "B = 'é\t\ufffd'", ""}
	if diff := cmp.Diff(want, f.Lines("test.toml")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := f.Lines("other.toml"); got != nil {
		t.Errorf("got %q of a file that is none of them", got)
	}
}

// A list of 100,000 elements is mended as fast as it is read, whatever is done
// to each.
func BenchmarkFix(b *testing.B) {
	text := "A = [" + strings.Repeat("'https://www.example.com/', ", 100_000) + "]\nB = [\n" + strings.Repeat("'https://www.example.com/', # x\n", 100_000) + "]"
	f := parse(b, text)
	var ms checks.Messages
	for i := range 100_000 {
		for _, name := range []checks.Path{"A", "B"} {
			edit := replace(name.Index(i), "https://www.example.com")
			if i%2 == 0 {
				edit = remove(name.Index(i))
			}
			ms = append(ms, checks.Errorf("app.E001", "wrong").Fix(edit))
		}
	}
	for b.Loop() {
		if _, fixed := f.Fix(f.Place(ms)); len(fixed) != len(ms) {
			b.Fatalf("%d fixed", len(fixed))
		}
	}
}
