package pyre_test

import (
	"sync"
	"testing"

	"github.com/settled-go/settled/internal/pyre"
)

func compile(t testing.TB, pattern string) *pyre.Pattern {
	t.Helper()
	p, err := pyre.Compile(pattern)
	if err != nil {
		t.Fatalf("%q: %v", pattern, err)
	}
	return p
}

func TestMatch(t *testing.T) {
	t.Parallel()
	const yes, no = true, false
	tests := []struct {
		pattern, text string
		want          bool
	}{
		// From the start, not to the end.
		{`https://a\.example`, "https://a.example.evil", yes},
		{`a\.example`, "https://a.example", no},
		{`b|a`, "xa", no},
		{`b|a`, "ax", yes},
		{`^b|^a`, "ax", yes},
		{`^https://a$|^https://b$`, "https://b", yes},
		{`^https://a$|^https://b$`, "https://bc", no},
		{``, "anything", yes},
		// $ is also true before a final newline, \Z and \z are not.
		{`^a$`, "a\n", yes},
		{`^a$`, "a\n\n", no},
		{`^a$`, "a\nb", no},
		{`^a\Z`, "a\n", no},
		{`^a\z`, "a\n", no},
		{`a\Z|b$`, "a\n", no},
		{`a\Z|b$`, "b\n", yes},
		{`(?:a|\n)+$`, "\na\n", yes},
		{`(^https://a$|^https://b)(:\d+)?$`, "https://a\n", yes},
		{`(^https://a$|^https://b)(:\d+)?$`, "https://a:1", no},
		{`^a$b+\n`, "a\n", no},
		{`^a$(?:bc|d)?`, "a\n", yes},
		{`^a$.*`, "a\n", yes},
		{`(?m)^a$\nb`, "a\nb", yes},
		{`^.*$`, "a\nb", no},
		{`(?s)^.*$`, "a\nb", yes},
		// What Go's \s lacks.
		{`^a\sb`, "a\vb", yes},
		{`^a\sb`, "a\x1cb", yes},
		{`(?a)^a\sb`, "a\x1cb", no},
		{`^a[^\S\n]b`, "a\vb", yes},
		{`^a\Sb`, "a\vb", no},
		// ASCII, the documented difference.
		{`^\w$`, "é", no},
		{`^\W$`, "é", yes},
		{`^\d$`, "٣", no},
		{`^a\s$`, "a\u00a0", no},
		{`^é\b`, "é", no},
		// Case knows Unicode, unless (?a) says otherwise.
		{`(?i)^/api/`, "/APİ/", yes},
		{`(?i)^/kiosk/`, "/\u212aio\u017fk/", yes},
		{`(?ai)^/kiosk/`, "/\u212aiosk/", no},
		{`(?i)^/café/`, "/CAFÉ/", yes},
		{`(?i)^[^k]`, "\u212a", no},
		{`(?i:a)b`, "AB", no},
		{`(?i)(?-i:a)b`, "aB", yes},
		{`(?i)(?-i:a)b`, "Ab", no},
		// Read by Go in another way, or not at all.
		{`a{,b}`, "a{,b}", yes},
		{`a{`, "a{", yes},
		{`[\b]`, "\b", yes},
		{`\u0061\U00000062\143\0`, "abc\x00", yes},
		{`[]a]`, "]", yes},
		{`[^]a]`, "]", no},
		{`[a&&b]`, "&", yes},
		{`[[a]`, "[", yes},
		{`\é\-\/`, "é-/", yes},
		{`(?P<one>a)`, "a", yes},
		// Long runs before a common end, and ends that overlap.
		{`^ab.*ba$`, "aba", no},
		{`^ab.*ba$`, "abba", yes},
		{`^(?:xa|ya)+b$`, "xayab", yes},
	}
	for _, tt := range tests {
		if got := compile(t, tt.pattern).Match(tt.text); got != tt.want {
			t.Errorf("%q on %q: got %t, want %t", tt.pattern, tt.text, got, tt.want)
		}
	}
}

func TestString(t *testing.T) {
	t.Parallel()
	const pattern = `(?i)^HTTPS://(?P<h>\w+)\Z`
	if got := compile(t, pattern).String(); got != pattern {
		t.Errorf("got %q, want the pattern as written", got)
	}
}

func TestMatchConcurrently(t *testing.T) {
	t.Parallel()
	p := compile(t, `^https://[\w.-]+\.example(:\d+)?$`)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if !p.Match("https://a.b.example:8080") || p.Match("https://a.b.example.evil") {
					t.Error("a wrong answer")
				}
			}
		})
	}
	wg.Wait()
}

// Python's re.search looks anywhere, and reads ^, $ and \Z as re.match does.
func TestCompileSearch(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		pattern, text string
		want          bool
	}{
		{`b`, "abc", true},
		{`^b`, "abc", false},
		{`^b|c`, "abc", true},
		{`c$`, "abc", true},
		{`c$`, "abc\n", true},
		{`c\Z`, "abc\n", false},
		{`b$`, "abc", false},
		{`(?i)HOOK$`, "x/hook", true},
		{`\bb`, "a b", true},
		{`^health$`, "healthy", false},
		{``, "", true},
	} {
		p, err := pyre.CompileSearch(tt.pattern)
		if err != nil {
			t.Errorf("%q: %v", tt.pattern, err)
		} else if got := p.Match(tt.text); got != tt.want {
			t.Errorf("%q in %q: %v, want %v", tt.pattern, tt.text, got, tt.want)
		}
	}
	if _, err := pyre.CompileSearch("a(?!b)"); err == nil {
		t.Error("what Go's regexp has not is taken")
	}
}
