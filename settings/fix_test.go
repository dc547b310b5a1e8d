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

var fixCases = []struct {
	name   string
	before string
	edits  []checks.Edit
	after  string
}{
	{"basic string", `A = "x/" # y`, []checks.Edit{replace("A", "x")}, `A = "x" # y`},
	{"basic string, escapes kept", `A = "\u0078\t/z"`, []checks.Edit{replace("A", "x\tz")}, `A = "\u0078\tz"`},
	{"basic string, escapes needed", `A = "x"`, []checks.Edit{replace("A", "\"x\\\n\x7f")}, `A = "\"x\\\n\u007F"`},
	{"literal string", `A = 'a.b$'`, []checks.Edit{replace("A", `^a\.b$`)}, `A = '^a\.b$'`},
	{"literal string that can't be", `A = 'a'`, []checks.Edit{replace("A", `a'\`)}, `A = "a'\\"`},
	{"several lines", "A = \"\"\"\nx \\\n  y\nz\"\"\"", []checks.Edit{replace("A", "x v\nz")}, "A = \"\"\"\nx \\\n  v\nz\"\"\""},
	{"several lines, literal", "A = '''\nx\ny'''", []checks.Edit{replace("A", "x\nz")}, "A = '''\nx\nz'''"},
	{"several lines, to one", "A = '''\nx\n'''", []checks.Edit{replace("A", "\r\n")}, `A = "\u000D\n"`},
	{"empty", `A = ""`, []checks.Edit{replace("A", "é")}, `A = "é"`},
	{"to empty", `A = "é"`, []checks.Edit{replace("A", "")}, `A = ""`},
	{"inside", `A = { b = ["c", { d = 'e' }] }`, []checks.Edit{replace("A.b[0]", "f"), replace("A.b[1].d", "g")}, `A = { b = ["f", { d = 'g' }] }`},
	{"below a header", "[A.b]\nc = 'd'", []checks.Edit{replace("A.b.c", "e")}, "[A.b]\nc = 'e'"},
	{"the same twice", `A = "x/"`, []checks.Edit{replace("A", "x"), replace("A", "x")}, `A = "x"`},

	{"first of a line", `A = ["a", "b", "c"] # d`, []checks.Edit{remove("A[0]")}, `A = ["b", "c"] # d`},
	{"middle of a line", `A = ["a", "b", "c"]`, []checks.Edit{remove("A[1]")}, `A = ["a", "c"]`},
	{"last of a line", `A = ["a", "b", "c"]`, []checks.Edit{remove("A[2]")}, `A = ["a", "b"]`},
	{"last of a line, comma", `A = [ "a", "b", ]`, []checks.Edit{remove("A[1]")}, `A = [ "a", ]`},
	{"only one of a line", `A = ["a"]`, []checks.Edit{remove("A[0]")}, `A = []`},
	{"only one of a line, comma", `A = [ "a" , ]`, []checks.Edit{remove("A[0]")}, `A = [ ]`},
	{"the end of a line", `A = ["a", "b", "c"]`, []checks.Edit{remove("A[2]"), remove("A[1]")}, `A = ["a"]`},
	{"all of a line", `A = ["a", "b", "c"]`, []checks.Edit{remove("A[0]"), remove("A[1]"), remove("A[2]")}, `A = []`},
	{"a line of its own", "A = [\n  # x\n  'a', # y\n\n  'b', # z\n]", []checks.Edit{remove("A[0]")}, "A = [\n  # x\n\n  'b', # z\n]"},
	{"the last line", "A = [\n  'a', # y\n  'b' # z\n]", []checks.Edit{remove("A[1]")}, "A = [\n  'a' # y\n]"},
	{"the last line, comma", "A = [\n  'a', # y\n  'b', # z\n]", []checks.Edit{remove("A[1]")}, "A = [\n  'a', # y\n]"},
	{"the last lines", "A = [\r\n  'a', # y\r\n  'b',\r\n 'c'\r\n]\r\n", []checks.Edit{remove("A[1]"), remove("A[2]")}, "A = [\r\n  'a' # y\r\n]\r\n"},
	{"all lines", "A = [\n  'a', # y\n  'b' # z\n # v\n]", []checks.Edit{remove("A[1]"), remove("A[0]")}, "A = [\n # v\n]"},
	{"shared lines", "A = [\n  'a', 'b', # y\n  'c', 'd' # z\n]", []checks.Edit{remove("A[1]"), remove("A[3]")}, "A = [\n  'a', # y\n  'c' # z\n]"},
	{"first of a shared line", "A = ['a', # x\n  'b']", []checks.Edit{remove("A[0]")}, "A = [ # x\n  'b']"},
	{"commas first", "A = [\n  'a'\n, 'b' # x\n, 'c'\n]", []checks.Edit{remove("A[1]")}, "A = [\n  'a'\n, 'c'\n]"},
	{"commas first, the last", "A = [\n  'a'\n, 'b' # x\n]", []checks.Edit{remove("A[1]")}, "A = [\n  'a'\n]"},
	{"commas first, the first", "A = [\n  'a' # x\n, 'b'\n]", []checks.Edit{remove("A[0]")}, "A = [\n 'b'\n]"},
	{"comma behind a comment", "A = ['a' # x\n, 'b']", []checks.Edit{remove("A[0]")}, "A = [ # x\n 'b']"},
	{"a table", "A = [{ b = 1 }, [2, 3], 4]", []checks.Edit{remove("A[0]"), remove("A[1][0]")}, "A = [[3], 4]"},
	{"a setting", "A = 1\nB = [\n 1] # x\n# y\nC = 2\n", []checks.Edit{remove("B")}, "A = 1\n# y\nC = 2\n"},
	{"a dotted setting", "B.a = 1\nA = 1\nB.b = 2", []checks.Edit{remove("B")}, "A = 1\n"},
	{"a table below headers", "A = 1\n[B]\nx = 1\n# y\n[C]\nd = 1\n[B.e] # z\nf = 1\n", []checks.Edit{remove("B")}, "A = 1\n# y\n[C]\nd = 1\n"},

	{"move in a line", `A = ["a", 'b', "c"]`, []checks.Edit{move("A[2]", 0)}, `A = ["c", "a", 'b']`},
	{"move on in a line", `A = ["a", 'b', "c"]`, []checks.Edit{move("A[0]", 2)}, `A = ['b', "c", "a"]`},
	{"move in a line, comma", `A = ["a", 'b', ]`, []checks.Edit{move("A[1]", 0)}, `A = ['b', "a", ]`},
	{"move lines", "A = [\n  # of a\n  'a', # x\n  # of b\n  'b',\n\n  # loose\n\n  # of c\n  # c too\n  'c',  # z\n  # end\n]\n", []checks.Edit{move("A[2]", 0)},
		"A = [\n  # of c\n  # c too\n  'c',  # z\n  # of a\n  'a', # x\n  # of b\n  'b',\n\n  # loose\n\n  # end\n]\n"},
	{"move the last line", "A = [\r\n  'a', # x\r\n  'b', # y\r\n  'c' # z\r\n]\r\n", []checks.Edit{move("A[2]", 1)}, "A = [\r\n  'a', # x\r\n  'c', # z\r\n  'b' # y\r\n]\r\n"},
	{"move a line to the end", "A = [\n  'a', # x\n  'b' # y\n]", []checks.Edit{move("A[0]", 1)}, "A = [\n  'b', # y\n  'a' # x\n]"},
	{"move a line to the end, comma", "A = [\n  'a', # x\n  'b', # y\n]", []checks.Edit{move("A[0]", 1)}, "A = [\n  'b', # y\n  'a', # x\n]"},
	{"move among shared lines", "A = [\n  'a', 'b',\n  'c', 'd' # z\n]", []checks.Edit{move("A[3]", 0)}, "A = [\n  'd', 'a', 'b',\n  'c' # z\n]"},
	{"move a line to a shared one", "A = ['a', # x\n     'b', # y\n]", []checks.Edit{move("A[1]", 0)}, "A = [\n     'b', # y\n     'a', # x\n]"},
	{"move a bare line to a shared one", "A = ['a', # x\n     'b',\n]", []checks.Edit{move("A[1]", 0)}, "A = ['b', 'a', # x\n]"},
	{"move with commas first", "A = [\n  'a' # x\n, 'b' # y\n, 'c']", []checks.Edit{move("A[2]", 0)}, "A = [\n  'c', 'a' # x\n, 'b' # y\n]"},
	{"move to where it is", "A = ['a']", []checks.Edit{move("A[0]", 0)}, "A = ['a']"},

	{"rename", "OLD = 1 # OLD", []checks.Edit{rename("OLD", "NEW")}, "NEW = 1 # OLD"},
	{"rename what is quoted", "\"OLD\".x = 1\n'OLD'.y = 2\nOLD . z = 3", []checks.Edit{rename("OLD", "NEW")}, "\"NEW\".x = 1\n'NEW'.y = 2\nNEW . z = 3"},
	{"rename headers", "[OLD]\nOLD = 1\n[ OLD . x ]\ny = { OLD = 1 }\n[B.OLD]\n", []checks.Edit{rename("OLD", "NEW")}, "[NEW]\nOLD = 1\n[ NEW . x ]\ny = { OLD = 1 }\n[B.OLD]\n"},
	{"rename a [[list]]", "[[OLD]]\na = 1\n[[OLD]]\na = 2\n[OLD.b]\n", []checks.Edit{rename("OLD", "NEW")}, "[[NEW]]\na = 1\n[[NEW]]\na = 2\n[NEW.b]\n"},
	{"rename to what needs quotes", "OLD = 1", []checks.Edit{rename("OLD", "a b")}, `"a b" = 1`},
	{"rename and mend", "OLD = ['x/', 'y', 'y']", []checks.Edit{replace("OLD[0]", "x"), rename("OLD", "NEW"), remove("OLD[2]")}, "NEW = ['x', 'y']"},

	{"byte order mark", "\ufeffA = 'x/'\r\n", []checks.Edit{replace("A", "x")}, "\ufeffA = 'x'\r\n"},
	{"nan stays nan", "A = 'x/'\nB = [nan, -0.0, 1979-05-27T07:32:00Z, 07:32:00]\n[[C]]\nd = 1\n", []checks.Edit{replace("A", "x")}, "A = 'x'\nB = [nan, -0.0, 1979-05-27T07:32:00Z, 07:32:00]\n[[C]]\nd = 1\n"},
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
		text string
		edit checks.Edit
		want []checks.Change
	}{
		{"\nA = 'é/'", replace("A", "é"), []checks.Change{{At: at(2, 7, 2, 8, "A = 'é/'", 6, 7)}}},
		{"A = ['a', 'b']", remove("A[1]"), []checks.Change{{At: at(1, 10, 1, 14, "A = ['a', 'b']", 9, 13)}, {At: at(1, 9, 1, 10, "A = ['a', 'b']", 8, 9)}}},
		{"A = 'http://u:p@h'", replace("A", "http://h"), []checks.Change{{At: at(1, 13, 1, 17, "A = 'http://u:"+stars+"@h'", 12, 35)}}},
		{"A = 'http://u:p@h/'", replace("A", "http://u:p@h"), []checks.Change{{At: at(1, 18, 1, 19, "A = 'http://u:"+stars+"@h/'", 36, 37)}}},
		{"A = 'h'", replace("A", "http://u:p@h"), nil},
		{"PASSWORD = 'h'", replace("PASSWORD", "i"), nil},
		{"A = [\n1,\n2 # KEY = 3\n]", move("A[1]", 0), nil},
		{"VARIABLE = 'x'", replace("VARIABLE", "y"), nil},
	} {
		f := parse(t, tt.text, "SETTLED_VARIABLE=x")
		ms := checks.Messages{checks.Errorf("app.E001", "wrong").Fix(tt.edit)}
		if diff := cmp.Diff(tt.want, f.Place(ms)[0].Fixes[0].Changes); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.text, diff)
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
