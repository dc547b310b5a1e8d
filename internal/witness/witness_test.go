package witness_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/pyre"
	"github.com/settled-go/settled/internal/witness"
)

func judge(t testing.TB, pattern string) (*pyre.Pattern, witness.Verdict) {
	t.Helper()
	p, err := pyre.Compile(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return p, witness.Judge(p, witness.NewBudget())
}

// witnesses are what a verdict shows, by reason.
func witnesses(v witness.Verdict) (all []string) {
	for _, w := range []struct{ reason, origin string }{
		{"stranger", v.Stranger}, {"unanchored", v.Unanchored}, {"dotless", v.Dotless}, {"tenant", v.Tenant},
	} {
		if w.origin != "" {
			all = append(all, w.reason+" "+w.origin)
		}
	}
	return all
}

func TestWitness(t *testing.T) {
	for _, tt := range []struct {
		pattern string
		want    []string
	}{
		{`^https://([a-z0-9-]+\.)*example\.com(:\d+)?$`, nil},
		{`^https://\w+\.example\.com$`, nil},
		{`^https://example\.com$`, nil},
		{`^https://example\.com\Z`, nil},
		{`(?i)^https://APP\.Example\.com$`, nil},
		{`^https://[^.]+\.example\.(com|co\.uk)$`, nil},
		{`^https://(www\.)?example[12]?\.com$`, nil},
		{`^http://localhost:\d+$`, nil},
		{`^http://localhost:`, nil}, // behind it only a port can stand
		{`^https?://\[::1\](:\d+)?$`, nil},
		{`^http://192\.168\.\d{1,3}\.\d{1,3}(:\d+)?$`, nil},
		{`^http://172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$`, nil},
		{`^http://10(?:\.\d{1,3}){3}(?::\d+)?$`, nil},
		{`^http://intranet(:\d+)?$`, nil},
		{`^https?://.*\.internal$`, nil},
		{`^https://vercel\.app$`, nil},
		{`^https://[0-9a-z-]+--mine\.netlify\.app$`, nil},
		{`^https://.*:443$`, nil}, // no browser sends that port
		{`^https://[A-Z]+\.com$`, nil},
		{`^https://example\.com`, []string{"unanchored https://example.com.evil.example"}},
		{`^https://example\.com\b`, []string{"unanchored https://example.com.evil.example"}},
		{`^https://example\.com$|^https://example\.org`, []string{"unanchored https://example.org.evil.example"}},
		{`^https://a\.com|b\.com$`, []string{"unanchored https://a.com.evil.example"}},
		{`^https://example\.com:?`, []string{"unanchored https://example.com.evil.example"}},
		{`^https://example\.com.$`, []string{"stranger https://example.coma"}},
		{`^https://example.com$`, []string{"dotless https://example-com"}},
		{`^https://www.example.com$`, []string{"dotless https://www-example.com"}},
		{`^https://.*.example\.com$`, []string{"dotless https://evilexample.com"}},
		{`^https://www.example.com`, []string{"unanchored https://www.example.com.evil.example", "dotless https://www-example.com"}},
		{`^https://.*\.vercel\.app$`, []string{"tenant https://evil.vercel.app"}},
		{`^https://mine-.*\.vercel\.app$`, []string{"tenant https://mine-evil.vercel.app"}},
		{`^https://.*\.com$`, []string{"tenant https://evil.com"}},
		{`^https://(.*\.com|mine\.com\.co)$`, []string{"tenant https://evil.com"}}, // mine.com is below .com too
		{`^https://.*\.vercel\.app`, []string{"unanchored https://a.vercel.app.evil.example", "tenant https://evil.vercel.app"}},
		{`.*`, []string{"stranger https://evil.example"}},
		{`^http://.*$`, []string{"stranger http://evil.example"}},
		{`^https://.*example\.com$`, []string{"stranger https://evilexample.com"}},
		{`^https://example\.com.*$`, []string{"stranger https://example.com.evil.example"}},
		{`^https://example\.[a-z]+$`, []string{"stranger https://example.com"}},
		{`^https://\d+\.\d+\.\d+\.\d+$`, []string{"stranger https://1.0.0.0"}},
		{`^http://172\.\d+\.\d+\.\d+$`, []string{"stranger http://172.0.0.0"}},
		{`^https?://\[[0-9a-f:]+\]$`, []string{"stranger https://[2aaa::a]"}},
		{`^chrome-extension://[a-z]{4}$`, []string{"stranger chrome-extension://aaaa"}},
		{`^https://[!;]\.com$`, []string{"stranger https://!.com"}},
		{`^https://\*\.example\.com$`, nil}, // a glob, and no danger
		{`^https://-\.example\.com$`, nil},
		{`^https?://.*\.home\.arpa$`, nil}, // each home has its own
		{`^https://example\.com\.?$`, nil},
		{`^https://.*\.example\.com\.(:\d+)?$`, nil},
		{`^https://([a-z]+\.)+$`, []string{"stranger https://evil.example."}},
		{`^https://.*\.com\.$`, []string{"tenant https://evil.com."}},
		{`^https://.*\.run\.app$`, []string{"tenant https://evil.run.app"}}, // the list has *.run.app
		{`^https://x\.run\.app$`, nil},
		{`^https://(my)?example\.com$`, nil}, // both are spelled
		{`^https://(www)?example\.com$`, []string{"stranger https://wwwexample.com"}},
		{`^https://((www|api)\.?)?example\.com$`, []string{"stranger https://apiexample.com"}},
		{`^https://.*\.amazonaws\.com$`, []string{"tenant https://evil.s3.amazonaws.com"}}, // amazonaws.com is no suffix
		{`^https://api\.amazonaws\.com$`, nil},
		{`^https://.*\.mine\.s3\.amazonaws\.com$`, nil},
		{`^https://(.*\.mine\.s3|www)\.amazonaws\.com$`, nil},
		{`^https://example.?com$`, []string{"stranger https://example-com"}},
		{`^https://example\Wcom$`, []string{"stranger https://example-com"}},
		{`^http://192\.168\.`, []string{"stranger http://192.168.evil.example"}},
		{`^http://10\.0\.0\.\d+`, []string{"unanchored http://10.0.0.0.evil.example"}},
	} {
		p, v := judge(t, tt.pattern)
		if got := witnesses(v); !slices.Equal(got, tt.want) {
			t.Errorf("%s:\ngot  %q\nwant %q (tails %q)", tt.pattern, got, tt.want, v.Tails)
		}
		for _, w := range witnesses(v) {
			if _, origin, _ := strings.Cut(w, " "); !p.Match(origin) {
				t.Errorf("%s does not match %s", tt.pattern, origin)
			}
		}
	}
}

func TestTails(t *testing.T) {
	for _, tt := range []struct {
		pattern string
		want    string
	}{
		{`^https://([a-z]+\.)?example\.(com|co\.uk)(:\d+)?$`, "[example.co.uk example.com]"},
		{`^https://www.example.com`, "[example.com]"},
		{`example\.com.+`, "[example.com]"},
		{`^(https?://)?(\w+\.)?example\.com$`, "[example.com]"},
		{`^https?://(localhost|127\.0\.0\.1|\[::1\]):3000$`, "[localhost 127.0.0.1 [::1]]"},
		{`^https://(?P<sub>\w+)\.\x65xample\.com\/?$`, "[example.com]"},
		{`^https://w{3}\.ex[a]mple\.com{1}$`, "[example.com]"},
		{`^https://[a-z]+\.com$`, "[]"},
		{`^https://`, "[]"},
		{`(?i)^https://EXAMPLE\.com$`, "[example.com]"},
	} {
		if _, v := judge(t, tt.pattern); fmt.Sprint(v.Tails) != tt.want {
			t.Errorf("%s names %v, want %s", tt.pattern, v.Tails, tt.want)
		}
	}
}

// Where a repair is offered, it compiles, and the finding is gone.
func TestRepairs(t *testing.T) {
	for _, tt := range []struct{ pattern, anchored, escaped string }{
		{`^https://example\.com`, `^https://example\.com$`, ""},
		{`^https://a\.com|https://b\.com$`, `^(?:https://a\.com|https://b\.com)$`, ""},
		{`(?i)^https://a\.com$|^https://b\.com`, `(?i)^(?:https://a\.com|https://b\.com)$`, ""},
		{`^https://(www.)?example.com$`, "", `^https://(www\.)?example\.com$`},
		{`^https://.*.a.com`, `^https://.*.a.com$`, `^https://.*\.a\.com`},
		{`^https://[.].+..example\.com:....$`, "", ""},
	} {
		_, v := judge(t, tt.pattern)
		if v.Anchored() != tt.anchored || v.Escaped() != tt.escaped {
			t.Errorf("%s: anchored %s, escaped %s", tt.pattern, v.Anchored(), v.Escaped())
		}
		if tt.anchored != "" {
			if _, v := judge(t, tt.anchored); v.Unanchored != "" {
				t.Errorf("%s still lets in %s", tt.anchored, v.Unanchored)
			}
		}
		if tt.escaped != "" {
			if _, v := judge(t, tt.escaped); v.Dotless != "" {
				t.Errorf("%s still lets in %s", tt.escaped, v.Dotless)
			}
		}
	}
}

func TestSchemes(t *testing.T) {
	for _, tt := range []struct{ pattern, app, plain string }{
		{`^https?://(intranet|.*\.local|a\.home\.arpa)$`, "", ""},
		{`^https://(\w+\.)?example\.com$`, "", ""},
		{`^https?://(\w+\.)?example\.com$`, "", "http://example.com"},
		{`^(https?://)?example\.com$`, "", "http://example.com"},
		{`^http://example\.com$`, "", ""}, // not both
		{`^https?://localhost(:\d+)?$`, "", ""},
		{`^https?://(127\.0\.0\.1|192\.168\.0\.7)$`, "", ""},
		{`^(https|capacitor)://localhost$`, "capacitor://localhost", ""},
		{`^chrome-extension://abcdef$`, "chrome-extension://abcdef", ""},
		{`^.*\.example\.com$`, "", "http://a.example.com"},
		{`^strange://abc$`, "strange://abc", ""},
		{`^\w+://example\.com$`, "app://example.com", "http://example.com"},
	} {
		if _, v := judge(t, tt.pattern); v.App != tt.app || v.Plain != tt.plain {
			t.Errorf("%s: app %q, plain %q", tt.pattern, v.App, v.Plain)
		}
	}
}

func TestBare(t *testing.T) {
	for _, tt := range []struct{ pattern, plain, bare string }{
		{`^https://example\.com$`, "", ""},
		{`^https?://example\.com$`, "http://example.com", ""},
		{`^http://example\.com$`, "", "http://example.com"},
		{`^http://.*\.example\.com(:\d+)?$`, "", "http://a.example.com"},
		{`^(https://example\.com|http://example\.com:8080)$`, "", "http://example.com:8080"},
		{`^(https?://a\.com|http://b\.com)$`, "http://a.com", "http://b.com"},
		{`^(https?://a\.com|http://.*\.a\.com)$`, "http://a.com", ""}, // one is enough
		{`^(https://.*\.a\.com|http://\w+\.a\.com)$`, "http://a.a.com", ""},
		{`^http://(localhost|10\.\d+\.\d+\.\d+|a\.local|printer)$`, "", ""},
		{`^http://8\.8\.8\.8$`, "", "http://8.8.8.8"},
		{`^http://[a-z]+\.com$`, "", ""}, // names nothing
	} {
		if _, v := judge(t, tt.pattern); v.Plain != tt.plain || v.Bare != tt.bare {
			t.Errorf("%s: plain %q, bare %q", tt.pattern, v.Plain, v.Bare)
		}
	}
}

// What is too large is said to be so, and costs no more than its bound.
func TestTooLarge(t *testing.T) {
	for _, pattern := range []string{
		`^https://.{1,900}\.example\.com$`,
		"^https://" + strings.Repeat("(a|b|c)", 30) + `\.com$`,
	} {
		if _, v := judge(t, pattern); !v.TooLarge || len(witnesses(v)) > 0 || v.Safe() {
			t.Errorf("%s: %+v", pattern, v)
		}
	}
}

// One that is nearly too large still says why.
func TestLargeReason(t *testing.T) {
	var hosts []string
	for i := range 1500 {
		hosts = append(hosts, fmt.Sprintf(`https://host%d\.example%d\.com`, i, i))
	}
	_, v := judge(t, "^("+strings.Join(hosts, "|")+")")
	if v.Unanchored == "" || v.Stranger != "" {
		t.Errorf("%q", witnesses(v))
	}
}

// The patterns of a run share a budget.
func TestRunBudget(t *testing.T) {
	b := witness.NewBudget()
	p, err := pyre.Compile(`^https://.{1,900}\.example\.com$`)
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		witness.Judge(p, b)
	}
	if p, err = pyre.Compile(`^https://example\.com$`); err != nil {
		t.Fatal(err)
	}
	if v := witness.Judge(p, b); !v.TooLarge {
		t.Errorf("the budget was not shared: %+v", v)
	}
	if v := witness.Judge(p, witness.NewBudget()); !v.Safe() {
		t.Errorf("not safe: %+v", v)
	}
}
