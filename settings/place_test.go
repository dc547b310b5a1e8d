package settings_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/checks"
)

func TestPlace(t *testing.T) {
	for _, tt := range []struct {
		name, text, path string
		place, marked    string
	}{
		{"a value", "A = 1", "A", "test.toml:1:5", "1"},
		{"a string with its quotes", "A = \"x\" # y", "A", "test.toml:1:5", `"x"`},
		{"an element", "A = [1, 22, 3]", "A[1]", "test.toml:1:9", "22"},
		{"an element of an element", "A = [[1], [2, 33]]", "A[1][1]", "test.toml:1:15", "33"},
		{"an element below a comment", "A = [\n  # 1,\n  2, # [\n  3]", "A[1]", "test.toml:4:3", "3"},
		{"a list of several lines", "A = [ # x\n1]", "A", "test.toml:1:5", "[ # x"},
		{"a string of several lines", "A = \"\"\"\nx\n\"\"\"", "A", "test.toml:1:5", `"""`},
		{"a string that ends with quotes", `A = ["""x""""", 2]`, "A[1]", "test.toml:1:17", "2"},
		{"a raw string that ends with a quote", `A = ['''x'''', 2]`, "A[1]", "test.toml:1:16", "2"},
		{"escaped quotes", `A = ["\"],\\", 2]`, "A[1]", "test.toml:1:16", "2"},
		{"brackets in strings", `A = ['],"', "[", 2]`, "A[2]", "test.toml:1:18", "2"},
		{"a date with a space in it", "A = [1979-05-27 07:32:00Z, 2]", "A[0]", "test.toml:1:6", "1979-05-27 07:32:00Z"},
		{"a float", "A = [ -inf , 2]", "A[0]", "test.toml:1:7", "-inf"},
		{"an entry of an inline table", "A = { b = 1, c = 22 }", "A.c", "test.toml:1:18", "22"},
		{"an inline table", "A = { b = 1 }", "A", "test.toml:1:5", "{ b = 1 }"},
		{"an inline table of several lines", "A = {\n b = 1, # x\n c = 2,\n}", "A.c", "test.toml:3:6", "2"},
		{"an inline table in a list", "A = [{b=1},{b=22}]", "A[1].b", "test.toml:1:15", "22"},
		{"a dotted name", "A.b.c = 5", "A.b.c", "test.toml:1:9", "5"},
		{"a part of a dotted name", "A.b.c = 5", "A.b", "test.toml:1:3", "b"},
		{"a dotted name with spaces", "A . \"b\" = 5", "A.b", "test.toml:1:11", "5"},
		{"a quoted name", `"A" = 5`, "A", "test.toml:1:7", "5"},
		{"a quoted name in a table", `A = { "b c" = 5 }`, `A."b c"`, "test.toml:1:15", "5"},
		{"an escaped name", `A = { "\u0062\n" = 5 }`, `A."b\n"`, "test.toml:1:20", "5"},
		{"a raw name", `A = { 'b\' = 5 }`, `A."b\\"`, "test.toml:1:14", "5"},
		{"an empty name", `A = { "" = 5 }`, `A.""`, "test.toml:1:12", "5"},
		{"a table", "[A]\nb = 1", "A", "test.toml:1:2", "A"},
		{"an entry of a table", "[A]\nb = 1", "A.b", "test.toml:2:5", "1"},
		{"a table in a table", "[ A . b ]\nc = 1", "A.b", "test.toml:1:7", "b"},
		{"an entry of it", "[A.b]\nc = 1", "A.b.c", "test.toml:2:5", "1"},
		{"a table after one in it", "[A.b]\n[A]\nc = 1", "A", "test.toml:2:2", "A"},
		{"an indented entry", "[A]\n\tb = 1", "A.b", "test.toml:2:6", "1"},
		{"the second of a list of tables", "[[A]]\nb = 1\n[[A]]\nb = 2", "A[1].b", "test.toml:4:5", "2"},
		{"the header of it", "[[A]]\n[[A]]", "A[1]", "test.toml:2:3", "A"},
		{"a list of tables", "[[A]]\n[[A]]", "A", "test.toml:1:3", "A"},
		{"a table in the last of a list", "[[A]]\n[[A]]\n[A.b]\nc = 1", "A[1].b.c", "test.toml:4:5", "1"},
		{"a list in the last of a list", "[[A]]\n[[A.b]]\n[[A.b]]\nc = 1", "A[0].b[1].c", "test.toml:4:5", "1"},
		{"after a byte order mark", "\ufeffA = 1", "A", "test.toml:1:5", "1"},
		{"after CRLF", "B = 1\r\nA = 2\r\n", "A", "test.toml:2:5", "2"},
		{"several lines with CRLF", "A = [\r\n1]", "A", "test.toml:1:5", "["},
		{"after a tab", "A =\t1", "A", "test.toml:1:5", "1"},
		{"after characters of several bytes", `A = ["héßü€😀", 2]`, "A[1]", "test.toml:1:16", "2"},
		{"a part that is not there", "A = [1]", "A[7]", "test.toml:1:5", "[1]"},
		{"an entry that is not there", "[A]\nb = 1", "A.c", "test.toml:1:2", "A"},
		{"no path of ours", "A = [1]", "A[x].y", "test.toml:1:5", "[1]"},
		{"a setting that is not there", "A = 1", "B", "test.toml", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := checks.Errorf("app.E001", "x").On(checks.Path(tt.path))
			at := parse(t, tt.text).Place(checks.Messages{m})[0].At
			if at.String() != tt.place || underlined(t, at) != tt.marked {
				t.Errorf("got %s %q, want %s %q", at, underlined(t, at), tt.place, tt.marked)
			}
		})
	}
}

func TestPlacePartOfString(t *testing.T) {
	for _, tt := range []struct {
		name, literal string
		part          [2]int
		want          string
	}{
		{"basic", `"abcdef"`, [2]int{1, 3}, "bc"},
		{"raw", `'ab\def'`, [2]int{2, 4}, `\d`},
		{"from the start", `"abcdef"`, [2]int{0, 3}, "abc"},
		{"to the end", `"abcdef"`, [2]int{4, 6}, "ef"},
		{"all of it", `"abcdef"`, [2]int{}, `"abcdef"`},
		{"behind the end", `"abcdef"`, [2]int{4, 9}, `"abcdef"`},
		{"behind characters of several bytes", `"é€😀x"`, [2]int{9, 10}, "x"},
		{"behind escapes", `"\t\u20ac\\x\"y"`, [2]int{5, 6}, "x"},
		{"an escape", `"a\u20acb"`, [2]int{1, 4}, `\u20ac`},
		{"a control character", `"a\bb"`, [2]int{1, 2}, `\b`},
		{"several lines", "\"\"\"\nabc\"\"\"", [2]int{1, 2}, "b"},
		{"several lines, joined", "\"\"\"a\\\n   bc\"\"\"", [2]int{1, 2}, "b"},
		{"several lines, raw", "'''\r\nabc'''", [2]int{0, 1}, "a"},
		{"no string", "[1]", [2]int{0, 1}, "[1]"},
		{"a very long string", `"` + strings.Repeat("a", 100_000) + `"`, [2]int{0, 1}, `"` + strings.Repeat("a", 100_000) + `"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := "A = " + tt.literal
			m := checks.Errorf("app.E001", "x").On("A").In(tt.part[0], tt.part[1])
			at := parse(t, text).Place(checks.Messages{m})[0].At
			if got := written(text, at); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if first, _, _ := strings.Cut(tt.want, "\n"); underlined(t, at) != first[:min(len(first), 80)] {
				t.Errorf("marked %q in %q, want %q", underlined(t, at), at.Source, first)
			}
		})
	}
}

func TestPlaceKeepsWhatIsThere(t *testing.T) {
	placed := checks.Range{File: "other.toml", Start: checks.Pos{Line: 3, Column: 1}}
	ms := checks.Messages{
		checks.Errorf("app.E001", "last").On("B"),
		{ID: "app.E002", Setting: "A", At: placed},
		checks.Errorf("app.E003", "no setting"),
		checks.Errorf("app.E004", "first").On("A").See("B", "this one"),
	}
	got := parse(t, "A = 1\nB = 2").Place(ms)
	want := "test.toml:2:5: error: last (app.E001)\nother.toml:3:1: level(0):  (app.E002)\n?: error: no setting (app.E003)\n" +
		"test.toml:1:5: error: first (app.E004)\n  note: test.toml:2:5: this one\n"
	if diff := cmp.Diff(want, report(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if ms[0].At != (checks.Range{}) || ms[3].Related[0].At != (checks.Range{}) {
		t.Error("the messages given were changed")
	}
}

// A message that repeats a value repeats no password in it, whoever made it.
func TestPlaceHidesPasswords(t *testing.T) {
	const url, shown = "https://me:s3cret@example.com", "https://me:********************@example.com"
	m := parse(t, "APPS = ['"+url+"']").Place(checks.Messages{
		checks.Errorf("app.E001", "no app %q", url).On("APPS", 0).WithHint("not %s", url).See("APPS", "%s", url)})[0]
	want := []string{`no app "` + shown + `"`, "not " + shown, shown}
	if diff := cmp.Diff(want, []string{m.Text, m.Hint, m.Related[0].Text}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("x", 300)
	for _, tt := range []struct {
		name, text, path string
		source           string
		marked           string
	}{
		{"short", "A = [1, 2] # why", "A[1]", "A = [1, 2] # why", "2"},
		{"tabs are kept", "A =\t1", "A", "A =\t1", "1"},
		{"a long value", "A = \"" + long + "\"", "A", "A = \"" + long[:79] + "…", `"` + long[:79]},
		{"behind a long one", "A = ['" + long + "', 2]", "A[1]", "…" + strings.Repeat("x", 115) + "', 2]", "2"},
		{"before a long one", "A = [1, '" + long + "']", "A[0]", "A = [1, '" + long[:111] + "…", "1"},
		{"between long ones", "A = ['" + long + "', 1, '" + long + "']", "A[1]",
			"…" + long[:56] + "', 1, '" + long[:57] + "…", "1"},
		{"what turns a terminal", "A = \"\u009b31m\u202e\"", "A", "A = \"\ufffd31m\ufffd\"", "\"\ufffd31m\ufffd\""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := parse(t, tt.text)
			at := f.Place(checks.Messages{checks.Errorf("app.E001", "x").On(checks.Path(tt.path))})[0].At
			if at.Source != tt.source || underlined(t, at) != tt.marked {
				t.Errorf("got %q, marked %q;\nwant %q, marked %q", at.Source, underlined(t, at), tt.source, tt.marked)
			}
		})
	}
}

// The line is 10 MB long: looking at all of it for each message would take
// hours. BenchmarkPlace shows what it costs.
func TestPlaceManyOnOneLine(t *testing.T) {
	const n = 100_000
	var b strings.Builder
	b.WriteString("A = [")
	for i := range n {
		fmt.Fprintf(&b, "%q, ", fmt.Sprintf("https://é%06d.%s.example", i, strings.Repeat("x", 70)))
	}
	b.WriteString("]")
	ms := make(checks.Messages, n)
	for i := range ms {
		ms[i] = checks.Errorf("app.E001", "x").On("A", i).In(8, 16).See("A", "all")
	}
	f := parse(t, b.String())
	placed := f.Place(ms)
	for _, i := range []int{0, 1, n / 2, n - 1} {
		if got, want := underlined(t, placed[i].At), fmt.Sprintf("é%06d", i); got != want {
			t.Errorf("message %d marks %q, want %q", i, got, want)
		}
	}
	if got, want := placed[n-1].At.Start.Column, 6+(n-1)*(len([]rune(`"https://é000000..example", `))+70)+9; got != want {
		t.Errorf("the last column is %d, want %d", got, want)
	}
}

func TestOrigin(t *testing.T) {
	f := parse(t, "A = 1\nB = 2\nSECRET_KEY = 's'", "SETTLED_B=3")
	for path, want := range map[checks.Path]string{"A": "test.toml:1:5", "B": "SETTLED_B", "C": "", "": "", "SECRET_KEY": "test.toml:3:14"} {
		if got := f.Origin(path).String(); got != want {
			t.Errorf("Origin(%q) = %q, want %q", path, got, want)
		}
	}
	if got := f.Origin("SECRET_KEY").Source; got != "SECRET_KEY = "+strings.Repeat("*", 20) {
		t.Errorf("got %q", got)
	}
}
