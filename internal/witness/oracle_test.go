package witness_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/publicsuffix"

	"github.com/settled-go/settled/internal/pyre"
	"github.com/settled-go/settled/internal/witness"
)

// The oracle knows nothing of automata. It puts patterns together from parts
// that never spell a q, and tries origins whose registrable domain has one:
// whichever gets in is a stranger's, and has to be found.

// A choice is what decides in which way a pattern is put together.
type choice interface{ IntN(n int) int }

// bytesChoice is that of a fuzzer.
type bytesChoice struct{ left []byte }

func (b *bytesChoice) IntN(n int) int {
	if len(b.left) == 0 {
		return 0
	}
	c := int(b.left[0])
	b.left = b.left[1:]
	return c % n
}

func pick(c choice, from []string) string { return from[c.IntN(len(from))] }

var (
	oracleDomains = []string{
		"example.com", "my-site.co.uk", "mine.github.io", "mine.vercel.app", "me.herokuapp.com", "xn--bcher-kva.de", "t.co", "shop.example.org",
		"mine.s3.amazonaws.com", "a.b.example.net", "mine.web.app", "example.pages.dev", "3m.com", "localhost", "fe-1.a.run.app",
	}
	oracleHeads   = []string{`^`, `^`, `^`, ``, `\A`, `(?i)^`, `(?s)^`, `^(?:)`}
	oracleSchemes = []string{`https`, `https`, `https`, `http`, `https?`, `http(s)?`, `(http|https)`, `(?:https|http)`, `\w+`, `[a-z]+`, `.*`, `h.*`}
	oracleSeps    = []string{`://`, `://`, `://`, `:\/\/`, `:[/][/]`, `:/{2}`, `:/*`, `:.{2}`}
	oracleBelow   = []string{
		``, ``, `www\.`, `www.`, `(www\.)?`, `(www.)?`, `(www)?\.?`, `(www)?`, `.*`, `.+`, `.*\.`, `.*.`, `.*\.?`, `.*?\.`, `[^/]+`, `[^.]*`, `[^.]+\.`, `\S+`,
		`\S+\.`, `(\w+\.)*`, `(\w+\.?)*`, `[a-z.]*`, `[a-z/]+`, `\b`, `.*\b`, `(.*\.)?`, `([a-z0-9-]+\.){0,}`, `(?:a|b|)\.?`, `.{3}`, `.?`, `\W`, `[.-]`, `(?:.*[.-])?`,
		`(a\.|.*)`, `(?:[a-z]+[.])+`, `([^./]+\.){1,2}`, `.*@?`, `\w+-`, `(?:api|www)[.]`, `[^a]*\.`, `(?i:[A-Z]+\.)?`, `\B`, `(\w+\b\W)*`, `\d*`, `[[a-z]+\.`, `(a|(b|c\.))`,
	}
	oracleDots  = []string{`\.`, `\.`, `\.`, `\.`, `\.`, `\.`, `[.]`, `(?:\.)`, `.`, `\.?`, `.?`, `\.+`, `[.-]`, `\x2e`, `\.{1}`, `.*\.`, `\W`}
	oraclePorts = []string{``, ``, ``, `(:\d+)?`, `(?::\d{2,5})?`, `:\d+`, `:?\d*`, `(:.*)?`, `:*[0-9]*`, `(:\d+)*`, `:8080`, `[:0-9]*`, `(:\d+|)`, `\.?`}
	oracleEnds  = []string{`$`, `$`, `$`, `$`, `\Z`, ``, `\b`, `.*`, `.*$`, `/?$`, `($|:)`, `(\..*)?$`, `\w*$`, `.?$`, `\.?$`, `$$`, `(?:$|/)`, `[^/]*$`, `(/.*)?$`, `\B`}
)

// oraclePattern is a pattern and the domains that it was made from.
func oraclePattern(c choice) (pattern string, domains []string) {
	inGroup := c.IntN(3) == 0
	var sides []string
	for range []int{1, 1, 1, 2, 3}[c.IntN(5)] {
		domain := pick(c, oracleDomains)
		domains = append(domains, domain)
		side := pick(c, oracleSchemes) + pick(c, oracleSeps) + pick(c, oracleBelow)
		labels := strings.Split(domain, ".")
		for i, label := range labels {
			switch {
			case i > 0 && i == len(labels)-1 && c.IntN(12) == 0:
				label = "(" + label + "|org)"
				domains = append(domains, strings.Join(labels[:i], ".")+".org")
			case c.IntN(25) == 0:
				label = "(?:" + label + ")"
			}
			if i > 0 {
				side += pick(c, oracleDots)
			}
			side += label
		}
		side += pick(c, oraclePorts)
		if !inGroup {
			side = pick(c, oracleHeads) + side + pick(c, oracleEnds)
		}
		sides = append(sides, side)
	}
	pattern = strings.Join(sides, "|")
	if inGroup {
		pattern = pick(c, oracleHeads) + "(" + pattern + ")" + pick(c, oracleEnds)
	}
	return pattern, domains
}

// strangers are origins that their owners could have, with a q in the domain.
var strangers = sync.OnceValue(func() map[string][]string {
	of := map[string][]string{}
	for _, domain := range oracleDomains {
		of[domain] = strangersOf(domain)
		labels := strings.Split(domain, ".")
		labels[len(labels)-1] = "org"
		other := strings.Join(labels, ".")
		of[other] = strangersOf(other)
	}
	return of
})

func strangersOf(domain string) []string {
	hosts := []string{"q.com", "a.q.org", "qq", "www.q.co.uk", "q.q.q.dev"}
	for _, prefix := range []string{"", "www.", "a.", "b.c.", "x"} {
		h := prefix + domain
		hosts = append(hosts, h+".q.com", h+"q", h+"-q.com", h+"q.org", h+".q", "q"+h, "q-"+h, "aq"+h, "a.q"+h, "a-q."+h, "a.b-q"+h, "abq"+h, h+".co.q",
			strings.ReplaceAll(h, ".", "q"), strings.ReplaceAll(h, ".", "q")+".com")
		for i := range h {
			if h[i] == '.' {
				before, after := h[:i], h[i+1:]
				hosts = append(hosts, before+"q"+after, before+"q."+after, before+".q"+after, before+".q."+after, before+"-q."+after, before+".q", before+".q.com",
					"q."+after, "a.q."+after)
			}
		}
	}
	var all []string
	for _, host := range slices.Compact(slices.Sorted(slices.Values(hosts))) {
		if isStranger(host) {
			for _, port := range []string{"", ":8080", ":1", "."} {
				all = append(all, "https://"+host+port, "http://"+host+port)
			}
		}
	}
	return all
}

var aHost = regexp.MustCompile(`^([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)*[a-z]([a-z0-9-]*[a-z0-9])?\.?$`)

// isStranger says whether a host can be had, and has a q in its registrable
// domain.
func isStranger(host string) bool {
	host = strings.TrimSuffix(host, ".")
	if !aHost.MatchString(host) {
		return false
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return false
	}
	label, suffix, _ := strings.Cut(domain, ".")
	return strings.Contains(label, "q") && suffix != "localhost"
}

// isAccused says whether a verdict is a finding about strangers.
func isAccused(v witness.Verdict) bool { return v.TooLarge || len(witnesses(v)) > 0 }

// checkOracle returns what is found, in a word.
func checkOracle(t *testing.T, pattern string, domains []string) string {
	t.Helper()
	p, err := pyre.Compile(pattern)
	if err != nil {
		return "no regex"
	}
	v := witness.Judge(p, witness.NewBudget())
	for _, domain := range domains {
		i := slices.IndexFunc(strangers()[domain], func(origin string) bool { return !isAccused(v) && p.Match(origin) })
		if i >= 0 {
			t.Errorf("%s lets in %s, and nothing is found (%q, unsent %v)", pattern, strangers()[domain][i], v.Tails, v.Unsent)
		}
	}
	for _, w := range witnesses(v) {
		_, origin, _ := strings.Cut(w, " ")
		if why := isFalse(p, origin, domains); why != "" {
			t.Errorf("%s is accused with %s, which %s", pattern, w, why)
		}
	}
	if v.Unsent {
		for _, domain := range domains {
			for _, below := range []string{"", "www.", "a.", "a.b."} {
				for _, port := range []string{"", ":8080", "."} {
					if origin := "https://" + below + domain + port; p.Match(origin) {
						t.Errorf("%s matches %s, and is said to match nothing", pattern, origin)
					}
				}
			}
		}
	}
	switch {
	case v.TooLarge:
		return "too large"
	case isAccused(v):
		return "stranger"
	}
	return "nothing"
}

// isFalse says why an origin is no witness.
func isFalse(p *pyre.Pattern, origin string, domains []string) string {
	_, host, _ := strings.Cut(origin, "://")
	host, port, _ := strings.Cut(host, ":")
	if n, err := strconv.Atoi(port); port != "" && (err != nil || n < 1 || n > 65535 || port[0] == '0') {
		return "has a port that is none"
	}
	if !p.Match(origin) {
		return "does not get in"
	}
	host = strings.TrimSuffix(host, ".")
	for _, domain := range domains {
		if registered, err := publicsuffix.EffectiveTLDPlusOne(domain); err == nil {
			domain = registered
		}
		if host == domain || strings.HasSuffix(host, "."+domain) {
			return fmt.Sprintf("is below %s, which is spelled", domain)
		}
	}
	return ""
}

// Many patterns against the oracle, the dangerous and the safe. The fuzz target
// tries more.
func TestOracle(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 8))
	found := map[string]int{}
	for range 400 {
		pattern, domains := oraclePattern(random)
		found[checkOracle(t, pattern, domains)]++
	}
	if found["stranger"] < 100 || found["nothing"] < 40 || found["too large"] > 4 {
		t.Errorf("the patterns are not mixed: %v", found)
	}
}

func FuzzOracle(f *testing.F) {
	f.Add([]byte{1, 0, 0, 0, 8, 0, 0})
	f.Add([]byte{0, 4, 5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
	f.Fuzz(func(t *testing.T, choices []byte) {
		pattern, domains := oraclePattern(&bytesChoice{choices})
		checkOracle(t, pattern, domains)
	})
}
