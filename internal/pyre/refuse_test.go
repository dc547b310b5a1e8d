package pyre_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/pyre"
)

func refused(t *testing.T, pattern string) *pyre.Error {
	t.Helper()
	p, err := pyre.Compile(pattern)
	if p != nil || err == nil {
		t.Fatalf("%q: not refused", pattern)
	}
	e, ok := errors.AsType[*pyre.Error](err)
	if !ok {
		t.Fatalf("%q: the error is a %T", pattern, err)
	}
	return e
}

func TestRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		pattern   string
		construct string
		at        string // what is pointed at
		hint      string // a part of it
	}{
		{`^https://(?!evil)\w+$`, "negative look-ahead", `(?!`, "what is allowed"},
		{`a(?=b)`, "look-ahead", `(?=`, ""},
		{`(?<=a)b`, "look-behind", `(?<=`, ""},
		{`(?<!a)b`, "negative look-behind", `(?<!`, ""},
		{`(<)?a(?(1)>)`, "conditional", `(?(`, "(?:<a>|a)"},
		{`(?>a)`, "atomic group", `(?>`, "(?:...)"},
		{`a(?#why)`, "comment", `(?#`, ""},
		{`(a)\1`, "back-reference", `\1`, ""},
		{`(a)\12b`, "back-reference", `\12`, `\x41`},
		{`(?P<n>a)(?P=n)`, "back-reference", `(?P=`, ""},
		{`ab*+`, "possessive quantifier", `*+`, ""},
		{`ab{1,2}+`, "possessive quantifier", `{1,2}+`, ""},
		{`(?x) a`, "verbose flag", `(?x`, ""},
		{`(?u)a`, "Unicode flag", `(?u`, "leave the u out"},
		{`^a{,3}$`, "{,n}", `{,3}`, "{0,3}"},
		{`^a{,}$`, "{,n}", `{,}`, "{0,}"},
		{`[[:alpha:]]+`, "POSIX class", `[:alpha:]`, "[a-zA-Z]"},
		{`[x[:^digit:]]+`, "POSIX class", `[:^digit:]`, ""},
		{`[[=a=]]`, "POSIX class", `[=a=]`, ""},
		{`[[.a.]]`, "POSIX class", `[.a.]`, ""},
		{`a$\n`, "$", `$`, `\Z`},
		{`(a$|b)\s*`, "$", `$`, ""},
		{`(?:$\n?)*`, "$", `$`, ""},
		{`(?:a$|\n)+\Z`, "$", `$`, ""},
		{`a$b?c*d{0,2}\n`, "$", `$`, ""},
		{`a$(?:\nc|b)`, "$", `$`, ""},
		{`a$(?:|b)[^x]`, "$", `$`, ""},
		{`a{1001}`, "repeat", `{1001}`, ""},
		{`a{99999999999999999999}`, "repeat", `{99999999999999999999}`, ""},
		{`\N{DASH}`, "bad escape", `\N`, `\u`},
		{`a\ud800`, "bad escape", `\ud800`, ""},
		// What Python rejects.
		{`a(?i)b`, "late flags", `(?i)`, "put (?i) first, or write (?i:...)"},
		{`(?-i)b`, "flags", `(?-i)`, ""},
		{`(?U)a`, "unknown flag", `(?U`, "*?"},
		{`(?L)a`, "locale flag", `(?L`, ""},
		{`(?<name>a)`, "named group", `(?<`, "(?P<name>...)"},
		{`(?P<n>a)(?P<n>b)`, "group name", `(?P<n>`, ""},
		{`(?é)`, "unknown group", `(?é`, ""},
		{`\pL`, "bad escape", `\p`, "[a-zA-Z]"},
		{`\Q.\E`, "bad escape", `\Q`, "backslash"},
		{`a\x{41}`, "bad escape", `\x{41}`, `\x41`},
		{`\x{2603}`, "bad escape", `\x{2603}`, `\u2603`},
		{`\x{1f600}`, "bad escape", `\x{1f600}`, `\U0001f600`},
		{`\y`, "bad escape", `\y`, ""},
		{`\400`, "bad escape", `\400`, ""},
		{`a\`, "bad escape", `\`, ""},
		{`[\w-z]`, "range", `\w-z`, `\-`},
		{`[z-a]`, "range", `z-a`, ""},
		{`a**`, "multiple repeat", `*`, ""},
		{`^*`, "quantifier", `*`, ""},
		{`a{3,1}`, "quantifier", `{3,1}`, ""},
		{`(a`, "unclosed group", `(`, ""},
		{`a)`, "unopened group", `)`, ""},
		{`a[b`, "unclosed class", `[`, ""},
		{"a\xff", "bad UTF-8", "\xff", ""},
	}
	for _, tt := range tests {
		e := refused(t, tt.pattern)
		if e.Construct != tt.construct || tt.pattern[e.Start:e.End] != tt.at || !strings.Contains(e.Hint, tt.hint) {
			t.Errorf("%q: got %+v, want %s at %q", tt.pattern, *e, tt.construct, tt.at)
		}
		if e.Text == "" || e.Hint == "" || strings.Contains(e.Text+e.Hint, "%") {
			t.Errorf("%q: the message is incomplete: %+v", tt.pattern, *e)
		}
	}
}

func TestTheFirstIsPointedAt(t *testing.T) {
	t.Parallel()
	if e := refused(t, `(a)(?:b)\1(?!c)`); e.Start != 8 || e.End != 10 {
		t.Errorf("got %d to %d, want the first refused, from 8 to 10", e.Start, e.End)
	}
	if e := refused(t, `(?m:^$)a$\n$`); e.Start != 8 {
		t.Errorf("got %d, want the first $ that knows final newlines, at 8", e.Start)
	}
	if e := refused(t, `a(?i)b(?i)`); e.Start != 1 {
		t.Errorf("got %d, want 1", e.Start)
	}
}

func TestErrorIsOneLine(t *testing.T) {
	t.Parallel()
	got := refused(t, "(?\n").Error()
	want := `regular expression, byte 0: Python has no group that begins with "(?\n"; write (...), (?:...) or (?P<name>...)`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A pattern is bounded: in its length, its depth and the size of its program.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("(", 201) + strings.Repeat(")", 201)
	for name, pattern := range map[string]string{
		"long":           strings.Repeat("a", 1<<16+1),
		"repeats nested": `(?:(?:a{100}){100}){100}`,
		"repeats wide":   strings.Repeat(`[ab]{1000}`, 200),
		"deep":           deep,
		"deep repeats":   strings.Repeat("(?:", 5000) + strings.Repeat(")*", 5000),
	} {
		e := refused(t, pattern)
		if e.Construct != "too large" && e.Construct != "nesting" {
			t.Errorf("%s: got %+v", name, *e)
		}
	}
	compile(t, deep[1:len(deep)-1])
	compile(t, strings.Repeat("(?:a|(?:b", 100)+strings.Repeat(")*)*", 100))
	compile(t, strings.Repeat("a", 1<<16))
}
