package settings_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

func TestSyntax(t *testing.T) {
	const (
		closeLine   = "the string is not closed on its line"
		never       = "the string is never closed"
		missing     = "a value is missing"
		number      = "this is not a number as TOML writes it"
		header      = "the [table] header is not complete"
		bracketOpen = "the bracket is never closed"
	)
	for _, tt := range []struct {
		text   string
		place  string // line:column
		marked string
		source string
		want   string
	}{
		{"A = \"x\nB = 1\n", "1:5", `"x`, `A = "x`, closeLine},
		{"A = 'x\n", "1:5", `'x`, `A = 'x`, closeLine},
		{"\"A\nB = 1", "1:1", `"A`, `"A`, closeLine},
		{"B = 1\nA = \"\"\"x\ny\n", "2:5", `"""x`, `A = """x`, never},
		{"A = '''x", "1:5", `'''x`, `A = '''x`, never},
		{`A = "x`, "1:5", `"x`, `A = "x`, never},
		{`A = ["x", "\d", 1]`, "1:11", `"\d"`, `A = ["x", "\d"…`, "the string has an escape that TOML does not know"},
		{`A = "\u12"`, "1:5", `"\u12"`, `A = "\u12"`, "the string has an escape with too few digits"},
		{`A = "\ud800"`, "1:5", `"\ud800"`, `A = "\ud800"`, "the string has an escape that stands for no character"},
		{"A = ", "1:4", " ", "A = ", missing},
		{"A", "1:2", "", "A", missing},
		{"A =\nB = 1", "1:4", "", "A =", missing},
		{"A =\r\nB = 1", "1:4", "", "A =", missing},
		{"A = # x", "1:5", "#", "A = #…", missing},
		{"A = True", "1:5", "True", "A = True", `"True" is not a TOML value`},
		{"A = yes # x", "1:5", "yes", "A = yes…", `"yes" is not a TOML value`},
		{"A = é", "1:5", "é", "A = é", `"é" is not a TOML value`},
		{"É = 1", "1:1", "É", "É…", `there is "É" where "=" should be`},
		{"A = 1 B = 2", "1:7", "B", "A = 1 B…", `there is "B" where the line should end`},
		{"A = \"a\" \"b\"", "1:9", `"b"`, `A = "a" "b"`, `there is "b" where the line should end`},
		{"[A] x", "1:5", "x", "[A] x", `there is "x" where the line should end`},
		{"A = [1 2]", "1:8", "2", "A = [1 2…", `there is "2" where "," or "]" should be`},
		{"A = [\n  'é', 'a'\n  'b', 'c'\n]", "3:3", "'b'", "  'b'…", `there is 'b' where "," or "]" should be`},
		{"B = 1\nA = [1,\n2\n", "2:5", "[", "A = […", bracketOpen},
		{"A = [[1], [2,\n", "1:11", "[", "A = [[1], […", bracketOpen},
		{"A = {b=1", "1:5", "{", "A = {…", bracketOpen},
		{"A = {b=1 c=2}", "1:10", "c", "A = {b=1 c…", `there is "c" where "," or "}" should be`},
		{"A = [1,,2]", "1:8", ",", "A = [1,,…", "there is no value before the comma"},
		{"= 1", "1:1", "=", "=…", "a setting has no name"},
		{"A: 1", "1:2", ":", "A:…", `there is ":" where "=" should be`},
		{"A\nB = 1", "1:2", "", "A", `there is the end of the line where "=" should be`},
		{"[A", "1:2", "A", "[A", header},
		{"[]", "1:2", "]", "[]", header},
		{"[[A]\n", "1:4", "]", "[[A]", header},
		{"A = 1\nA = 2", "2:1", "A", "A…", `"A" is set twice`},
		{"A = 1\n[A]", "2:2", "A", "[A…", `"A" is set twice`},
		{"A = {b=1,b=2}", "1:10", "b", "A = {b=1,b…", `"b" is set twice`},
		{"A = [1]\n[[A]]", "2:3", "A", "[[A…", `"A" is set twice, and the two can't be joined`},
		{"A = 99999999999999999999", "1:5", "99999999999999999999", "A = 99999999999999999999", "the number is too large"},
		{"A = 2020-13-01", "1:5", "2020-13-01", "A = 2020-13-01", "this is not a date or time as TOML writes it"},
		{"A = 012", "1:5", "012", "A = 012", number},
		{"A = 1__0", "1:5", "1__0", "A = 1__0", number},
		{"A = .5", "1:5", ".5", "A = .5", number},
		{"A = 0xg", "1:5", "0xg", "A = 0xg", number},
		{"A = \"a\x00b\"", "1:7", "\ufffd", "A = \"a\ufffd…", "TOML does not allow the control character U+0000"},
		{"\ufeffA = 'é\x1b[31m'", "1:7", "\ufffd", "A = 'é\ufffd…", "TOML does not allow the control character U+001B"},
		{"A = 1\n# \xff", "2:3", "\ufffd", "# \ufffd", "the byte 0xFF is not valid UTF-8"},
		{"A = 'a\rb'", "1:7", "\ufffd", "A = 'a\ufffd…", "a carriage return stands without a line feed"},
		{"\xff\xfeA\x00", "1:1", "\ufffd", "\ufffd…", "the file is in UTF-16; TOML is UTF-8"},
		{"A = [}=" + strings.Repeat("[", 200), "1:6", "}", "A = [}…", `"}" is not a TOML value`},
		{"A = " + strings.Repeat("[", 200), "1:29", "[", "A = " + strings.Repeat("[", 25) + "…", "this is nested more than 24 deep"},
		{"A = " + strings.Repeat("{a=", 200), "1:77", "{", "", "this is nested more than 24 deep"},
		{strings.Repeat("a.", 200) + "a = 1", "1:47", "a.a", "", "this is nested more than 24 deep"},
		{"[" + strings.Repeat("a.", 200) + "a]", "1:48", "a.a", "", "this is nested more than 24 deep"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			_, err := settings.Parse("test.toml", []byte(tt.text), settings.Options{})
			ms := failure(t, err)
			if len(ms) != 1 {
				t.Fatalf("got %d messages, want 1", len(ms))
			}
			hinted(t, ms)
			m := ms[0]
			if m.ID != "settings.E001" || m.Class != checks.Unbuildable || m.At.String() != "test.toml:"+tt.place || m.Text != tt.want {
				t.Errorf("got  %s\nwant test.toml:%s: %s", m, tt.place, tt.want)
			}
			if tt.source != "" && (m.At.Source != tt.source || underlined(t, m.At) != tt.marked) {
				t.Errorf("got %q, marked %q;\nwant %q, marked %q", m.At.Source, underlined(t, m.At), tt.source, tt.marked)
			}
		})
	}
}

// Words of other languages are told what TOML has instead; of what is hidden
// nothing is told.
func TestSyntaxOfWords(t *testing.T) {
	const inQuotes = "put quotes around text"
	for text, want := range map[string]string{
		"A = yes":            "write true",
		"A = on":             "write true",
		"A = TRUE # x":       "write true",
		"A = no":             "write false",
		"A = Off":            "write false",
		"A = [true, False]":  "write false",
		"A = { b = off }":    "write false",
		"A = null":           "leave the setting out",
		"A = None":           "leave the setting out",
		"A = nil":            "leave the setting out",
		"A = often":          inQuotes,
		"A = yes.no":         inQuotes,
		"SECRET_KEY = yes":   inQuotes,
		"A = { KEY = null }": inQuotes,
		"[AUTH]\nx = off":    inQuotes,
		"A = 1 yes":          "write each setting on a line of its own",
	} {
		_, err := settings.Parse("test.toml", []byte(text), settings.Options{})
		if ms := failure(t, err); len(ms) != 1 || ms[0].Hint != want {
			t.Errorf("%q: want hint %q, got\n%s", text, want, report(ms))
		}
	}
}

// Settings that are deep, yet not too deep.
func TestDepthAllowed(t *testing.T) {
	parse(t, "A = "+strings.Repeat("[", 24)+strings.Repeat("]", 24)+"\nB = "+strings.Repeat("[],", 0)+"["+strings.Repeat("[],", 300)+"]\n"+
		strings.Repeat("c.", 23)+"c = 1")
}

// The parser is not given what would exhaust the stack.
func TestDepthOfMegabytes(t *testing.T) {
	for _, text := range []string{"A = " + strings.Repeat("[", 3_000_000), strings.Repeat("a.", 20_000) + "a = 1"} {
		_, err := settings.Parse("test.toml", []byte(text), settings.Options{})
		sameIDs(t, failure(t, err), "settings.E001")
	}
}

func TestSetTwiceShowsTheFirst(t *testing.T) {
	for text, want := range map[string]string{
		"A = 1 # x\nB = 2\nA = 3":        "test.toml:1:1",
		"[A.b]\nc = 1\n[A.d]\n[A.b]":     "test.toml:1:4",
		"[A]\nb.c = 1\nd = 2\nb.c = 3":   "test.toml:2:3",
		"[[A]]\nb = 1\n[[A]]\nb=2\nb=3":  "test.toml:4:1",
		"A = { b = 1, b = 2 }":           "",
		"A.b = 1\nA = 2":                 "test.toml:1:1",
		"A.b.c = 1\nA.b = 2":             "test.toml:1:3",
		"A.b = [1]\nA.b.c = 2":           "test.toml:1:3",
		"[A.b.c]\n[A]\nb = [1]":          "test.toml:1:4",
		"B = 1\nA = { b.c = 1, b = 2 }":  "",
		"B = 1\nA = [{ b.c = 1, b = 2}]": "",
	} {
		_, err := settings.Parse("test.toml", []byte(text), settings.Options{})
		m := failure(t, err)[0]
		if !strings.HasSuffix(m.Text, "is set twice") {
			t.Errorf("%q: got %s", text, m)
		}
		got := ""
		if len(m.Related) > 0 {
			got = m.Related[0].At.String()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q\n%s", text, got, want, report(checks.Messages{m}))
		}
	}
}

func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "x.toml")
	for path, want := range map[string]string{
		missing: `settings file "` + missing + `": no such file`,
		dir:     `settings file "` + dir + `": is a directory`,
	} {
		_, err := settings.Load(path)
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := settings.Load(missing); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v is not fs.ErrNotExist", err)
	}
	if os.Getuid() != 0 {
		if err := os.WriteFile(missing, nil, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := settings.Load(missing); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%v is not fs.ErrPermission", err)
		}
	}
}

func TestFileTooLarge(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.toml")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 65<<20); err != nil {
		t.Fatal(err)
	}
	if _, err := settings.Load(path); err == nil || !strings.HasSuffix(err.Error(), "larger than 64 MiB") {
		t.Errorf("got %v", err)
	}
}
