package corsheaders_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/settled-go/settled/apps/corsheaders"
)

// A perfCase is a request whose cost is of interest.
type perfCase struct {
	name     string
	settings corsheaders.Settings
	method   string
	header   map[string]string
	handle   http.HandlerFunc
}

func perfCases() []perfCase {
	ordinary, preflight := map[string]string{"Origin": origin}, map[string]string{
		"Origin": origin, "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "content-type",
	}
	empty := func(http.ResponseWriter, *http.Request) {}
	everything := listing(origin)
	everything.AllowCredentials, everything.ExposeHeaders, everything.AllowPrivateNetwork = true, []string{"etag"}, true
	everyone := corsheaders.Defaults()
	everyone.AllowAllOrigins = true
	regexes := corsheaders.Defaults()
	for i := range 99 {
		regexes.AllowedOriginRegexes = append(regexes.AllowedOriginRegexes, fmt.Sprintf(`^https://\w+\.example%d\.com$`, i))
	}
	regexes.AllowedOriginRegexes = append(regexes.AllowedOriginRegexes, `^https://\w+\.example\.com$`)
	paths := listing(origin)
	paths.URLsRegex = "^/api/.*$"
	cases := []perfCase{
		{"denied", listing(origin), "GET", map[string]string{"Origin": "https://evil.example.com"}, empty},
		{"no origin", listing(origin), "GET", nil, empty},
		{"everyone", everyone, "GET", ordinary, empty},
		{"everything", everything, "GET", ordinary, empty},
		{"preflight", listing(origin), "OPTIONS", preflight, nil},
		{"preflight everything", everything, "OPTIONS", preflight, nil},
		{"OPTIONS", everything, "OPTIONS", ordinary, empty},
		{"100 regexes", regexes, "GET", ordinary, empty},
		{"paths", paths, "GET", ordinary, empty},
		{"other paths", paths, "POST", ordinary, empty},
	}
	for _, n := range []int{1, 10, 1000} {
		cases = append(cases, perfCase{fmt.Sprintf("%d origins", n), listing(append(someOrigins(n-1), origin)...), "GET", ordinary, empty})
	}
	for _, n := range []int{1, 8} {
		cases = append(cases, perfCase{fmt.Sprintf("%d headers", n), listing(origin), "GET", ordinary, setter(n)})
	}
	vary := func(w http.ResponseWriter, r *http.Request) { w.Header()["Vary"] = twoLines }
	credentials, exposed, private := listing(origin), everything, listing(origin)
	credentials.AllowCredentials, private.AllowCredentials, private.AllowPrivateNetwork = true, true, true
	asksPrivate := map[string]string{"Origin": origin, "Access-Control-Request-Private-Network": "true"}
	return append(cases,
		perfCase{"vary", listing(origin), "GET", ordinary, vary},
		perfCase{"vary, credentials", credentials, "GET", ordinary, vary},
		perfCase{"vary, credentials, exposed", exposed, "GET", ordinary, vary},
		perfCase{"vary, credentials, OPTIONS", credentials, "OPTIONS", ordinary, vary},
		perfCase{"vary, credentials, private network", private, "GET", asksPrivate, vary},
		perfCase{"vary, everything, OPTIONS", everything, "OPTIONS", asksPrivate, vary},
	)
}

var twoLines = []string{"Cookie", "Accept-Encoding"}

func someOrigins(n int) []string {
	origins := make([]string, n)
	for i := range origins {
		origins[i] = fmt.Sprintf("https://app-%d.example.com", i)
	}
	return origins
}

// setter sets n headers without any allocation of its own.
func setter(n int) http.HandlerFunc {
	names := []string{"Content-Type", "Cache-Control", "Etag", "Link", "Last-Modified", "X-Request-Id", "X-Frame-Options", "Date"}
	values := make([][]string, n)
	for i := range values {
		values[i] = []string{"x"}
	}
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for i, v := range values {
			h[names[i]] = v
		}
	}
}

// run is one request after the other to a writer that costs next to nothing.
func (c perfCase) run(t testing.TB) func() {
	h := wrap(t, c.settings, c.handle)
	path := "/api/items/"
	if c.name == "other paths" {
		path = "/items/"
	}
	r := httptest.NewRequest(c.method, path, nil)
	for name, value := range c.header {
		r.Header.Set(name, value)
	}
	w := &bareWriter{header: http.Header{}}
	return func() {
		clear(w.header)
		h.ServeHTTP(w, r)
	}
}

func TestAllocations(t *testing.T) {
	for _, c := range perfCases() {
		want := 1.0
		if c.name == "other paths" {
			want = 0
		}
		if got := testing.AllocsPerRun(100, c.run(t)); got > want {
			t.Errorf("%s: %v allocations a request, want at most %v", c.name, got, want)
		}
	}
}

func BenchmarkRequest(b *testing.B) {
	for _, c := range perfCases() {
		b.Run(c.name, func(b *testing.B) {
			run := c.run(b)
			b.ReportAllocs()
			for b.Loop() {
				run()
			}
		})
	}
}

func BenchmarkMillionOrigins(b *testing.B) {
	origins := someOrigins(1_000_000)
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
			wrap(b, listing(origins...), nil)
		}
		b.ReportAllocs()
	})
	h := wrap(b, listing(origins...), func(http.ResponseWriter, *http.Request) {})
	w, r := &bareWriter{header: http.Header{}}, httptest.NewRequest("GET", "/", nil)
	line := make([]string, 1)
	r.Header["Origin"] = line
	for name, step := range map[string]int{"warm": 0, "cold": 7919} {
		b.Run(name, func(b *testing.B) {
			i := 0
			for b.Loop() {
				i = (i + step) % len(origins)
				line[0] = origins[i]
				clear(w.header)
				h.ServeHTTP(w, r)
			}
		})
	}
}
