package witness_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/pyre"
	"github.com/settled-go/settled/internal/witness"
)

// serialised is the form of an origin that is ever compared with a regex.
var serialised = regexp.MustCompile(`\A[a-z][a-z0-9+.-]*://(?:[a-z0-9._~!$&'()*+,;=-]+|\[[0-9a-f:]+\])(?::[1-9][0-9]{0,4})?\z`)

// Whatever the pattern, a witness is an origin that it matches, outside of what
// it names, and a repair takes it away.
func FuzzWitness(f *testing.F) {
	for _, pattern := range []string{
		`^https://example\.com`, `^https://www.example.com$`, `.*`, `^https://.*\.vercel\.app$`, `(?i)^https?://[^/]*b|c$`,
		`^https://a\b.\Bb\.com`, `^(?:https://a\.com|null)$`, `^http://\d+\.\d+\.\d+\.\d+(:\d+)?$`, `^https?://\[[0-9a-f:]+\]$`,
		`^https://[^a-z]\.example\.com$`, `(?m)^https://.$`, `^chrome-extension://\w+`, `^https://x{2,3}(?:y|z)*\.com\Z`, `(?P<a>h)ttps://`,
		`^https://.+--mine\.netlify\.app$`, `^https://[-a-z]+\.com:44[0-9]$`, `^https://[!_]+$`,
	} {
		f.Add(pattern)
	}
	f.Fuzz(func(t *testing.T, pattern string) {
		p, err := pyre.Compile(pattern)
		if err != nil || len(pattern) > 200 {
			t.Skip()
		}
		v := witness.Judge(p, witness.NewBudget())
		for _, origin := range []string{v.Stranger, v.Unanchored, v.Dotless, v.Tenant, v.App, v.Plain, v.Bare} {
			if origin != "" && (!p.Match(origin) || !serialised.MatchString(origin)) {
				t.Errorf("%q: %q is no origin that it matches", pattern, origin)
			}
		}
		for _, origin := range []string{v.Stranger, v.Unanchored, v.Dotless, v.Tenant} {
			if tail := tailOf(origin, v.Tails); origin != "" && tail != "" {
				t.Errorf("%q: %q is below %q, which it names", pattern, origin, tail)
			}
		}
		for _, repair := range []struct{ text, origin string }{{v.Anchored(), v.Unanchored}, {v.Escaped(), v.Dotless}} {
			if repair.origin == "" {
				continue
			}
			if q, err := pyre.Compile(repair.text); err != nil || q.Match(repair.origin) {
				t.Errorf("%q: the repair %q lets in %q (%v)", pattern, repair.text, repair.origin, err)
			}
		}
		for _, origin := range attacks(v.Tails) {
			if v.Safe() && p.Match(origin) && tailOf(origin, v.Tails) == "" {
				t.Errorf("%q: lets in %q, and is called safe", pattern, origin)
			}
		}
		if v.TooLarge && len(witnesses(v)) > 0 {
			t.Errorf("%q: too large, and %q", pattern, witnesses(v))
		}
	})
}

// attacks are origins that those try who look for a regex with a hole.
func attacks(tails []string) []string {
	all := []string{
		"https://evil.example", "http://evil.example:8080", "https://evil.com", "https://x", "http://1.2.3.4", "https://a.b.c.d.e.org",
		"chrome-extension://abcdef", "https://[2001::1]", "https://a_b.evil.example", "https://a!b.evil.example",
	}
	for _, tail := range tails {
		if strings.HasPrefix(tail, "[") || strings.HasPrefix(tail, "-") {
			continue
		}
		for _, host := range []string{
			"evil" + tail, "evil-" + tail, tail + ".evil.example", tail + "-evil.example", tail + "a", "a.b" + tail, "x." + tail + ".org",
			strings.Replace(tail, ".", "x", 1), strings.ReplaceAll(tail, ".", "-"), "a" + strings.ReplaceAll(tail, ".", "a") + ".com",
		} {
			all = append(all, "https://"+host, "http://"+host, "https://"+host+":8443")
		}
	}
	// An address cannot be that of a name whose last label is a number.
	return slices.DeleteFunc(all, func(origin string) bool {
		host := strings.TrimSuffix(origin[strings.Index(origin, "://")+3:], ":8443")
		last := host[strings.LastIndexByte(host, '.')+1:]
		return !strings.HasPrefix(host, "[") && strings.Trim(last, "0123456789") != last && origin != "http://1.2.3.4"
	})
}

// tailOf is which of the hosts an origin is at or below.
func tailOf(origin string, tails []string) string {
	_, host, _ := strings.Cut(origin, "://")
	if !strings.HasPrefix(host, "[") {
		host, _, _ = strings.Cut(host, ":")
	}
	i := slices.IndexFunc(tails, func(tail string) bool {
		return host == tail || strings.HasSuffix(host, "."+strings.TrimPrefix(tail, ".")) && strings.Contains(tail, ".")
	})
	if i < 0 {
		return ""
	}
	return tails[i]
}

// The parts that safe patterns are made of.
var (
	safeDomains = []string{
		`example\.com`, `my-site\.co\.uk`, `a1\.dev`, `localhost`, `127\.0\.0\.1`, `mine\.vercel\.app`, `\[::1\]`, `intranet\.lan`,
		`(?:example|sample)\.com`, `example\.(com|org)`, `(a\.example|b\.example)\.net`, `shop[12]?\.example\.io`, `www[.]example[.]org`,
	}
	safeBelow = []string{
		``, `([a-z0-9-]+\.)*`, `(\w+\.)?`, `[^./]+\.`, `(?:[a-z]{1,8}[0-9]?\.){0,2}`, `(?:www|api)\.`, `.*\.`, `(?:.+\.)?`, `[\w.-]+\.`, `pr-\d+\.`,
	}
	safePorts = []string{``, `(:\d+)?`, `:3000`, `(?::[0-9]{2,5})?`, `:\d+`, `(:(80|8080))?`}
	safeEnds  = []string{`$`, `\Z`, `(?:$|\Z)`}
)

// A pattern that is put together from safe parts is never accused.
func FuzzSafe(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Add([]byte{1, 0, 3, 3, 4, 1, 6, 2, 8, 9, 3, 1})
	f.Fuzz(func(t *testing.T, choice []byte) {
		pattern := safePattern(choice)
		p, err := pyre.Compile(pattern)
		if err != nil {
			t.Fatalf("%s: %v", pattern, err)
		}
		if v := witness.Judge(p, witness.NewBudget()); len(witnesses(v)) > 0 || v.App != "" {
			t.Errorf("%s: %q, though it names %q", pattern, append(witnesses(v), v.App), v.Tails)
		}
	})
}

// The same for many patterns, with a repetition in the test and without chance.
func TestSafePatterns(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		choice := make([]byte, 24)
		for i := range choice {
			choice[i] = byte(random.Uint32())
		}
		pattern := safePattern(choice)
		if _, v := judge(t, pattern); !v.Safe() {
			t.Errorf("%s: %q, too large: %v, though it names %q", pattern, witnesses(v), v.TooLarge, v.Tails)
		}
	}
}

func safePattern(choice []byte) string {
	next := func(n int) int {
		if len(choice) == 0 {
			return 0
		}
		c := int(choice[0])
		choice = choice[1:]
		return c % n
	}
	var sides []string
	for range 1 + next(4) {
		domain, below := safeDomains[next(len(safeDomains))], safeBelow[next(len(safeBelow))]
		if strings.HasPrefix(domain, `\[`) || strings.HasPrefix(domain, "127") {
			below = "" // nothing is below an address
		}
		sides = append(sides, []string{`https`, `http`, `https?`}[next(3)]+`://`+below+domain+safePorts[next(len(safePorts))])
	}
	end := safeEnds[next(len(safeEnds))]
	if next(2) == 0 {
		return []string{``, `(?i)`}[next(2)] + `^(?:` + strings.Join(sides, "|") + `)` + end
	}
	for i := range sides {
		sides[i] = []string{`^`, `\A`, ``}[next(3)] + sides[i] + `$`
	}
	return strings.Join(sides, "|")
}
