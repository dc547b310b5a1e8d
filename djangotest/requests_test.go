package djangotest

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
)

// A request is what is sent to both sides.
type request struct {
	method, target string
	header         [][2]string
	body           string
}

// get is the first value of a header.
func (r request) get(name string) string {
	for _, h := range r.header {
		if strings.EqualFold(h[0], name) {
			return h[1]
		}
	}
	return ""
}

// String is the request on one line.
func (r request) String() string {
	var b strings.Builder
	b.WriteString(r.method + " " + r.target)
	for _, h := range r.header {
		fmt.Fprintf(&b, " %s: %s;", h[0], h[1])
	}
	if r.body != "" {
		fmt.Fprintf(&b, " body %q", r.body)
	}
	return b.String()
}

// path is the target without its query.
func (r request) path() string {
	path, _, _ := strings.Cut(r.target, "?")
	return path
}

// raw is the request as it goes over the socket.
func (r request) raw() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\n", r.method, r.target)
	if r.get("Host") == "" {
		b.WriteString("Host: example.com\r\n")
	}
	for _, h := range r.header {
		fmt.Fprintf(&b, "%s: %s\r\n", h[0], h[1])
	}
	if r.body != "" {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(r.body))
	}
	b.WriteString("Connection: close\r\n\r\n" + r.body)
	return b.String()
}

var paths = []string{
	"/ok/", "/ok", "/ok?x=1", "/ok/?x=1&y=%20", "/plain", "/plain/", "/echo/?a=b", "/echo?a=b;c", "/form/", "/form", "/exempt/", "/exempt",
	"/unslashed/", "/unslashed", "/framed/", "/long/", "/just/", "/short/", "/noise/", "/tagged/", "/dated/", "/nostore/", "/encoded/", "/stream/",
	"/own/", "/cookie/", "/nothing/", "/moved/", "/raise/", "/raise", "/missing/", "/denied/", "/bad/", "/things/7/", "/things/7",
	"/", "/nowhere", "/nowhere/", "/nowhere?x", "//ok", "//ok/", "/ok//", "/%6Fk", "/%6fk/", "/ok%2F", "/%2Fok", "/things/../ok", "/./ok/", "/%C3%BC", "/ok;a=b", "/ok/%20",
}

var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}

// A facet is what requests differ in. Each value is some headers, which are tried with
// each method at each path.
type facet struct {
	about          string // the middleware that it is for
	methods, paths []string
	values         [][]string // names and values
	bodies         []string
}

// secret is one of CSRF; the tokens are masks of it.
const (
	secret      = "abcdefghijklmnopqrstuvwxyz012345"
	maskedOnce  = "AbCdEfGhIjKlMnOpQrStUvWxYz012345AcEgIkMoQsUwYA2E6IaMeQiUmYQSUWY0"
	wrongToken  = "AbCdEfGhIjKlMnOpQrStUvWxYz012345BcEgIkMoQsUwYA2E6IaMeQiUmYQSUWY0"
	wrongSecret = "zbcdefghijklmnopqrstuvwxyz012345"
)

const urlencoded = "application/x-www-form-urlencoded"

// everywhere are the facets of every site.
var everywhere = []facet{
	{methods: []string{"GET", "POST"}, paths: paths, values: [][]string{nil}},
	{methods: []string{"HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}, paths: []string{"/ok/", "/ok", "/plain", "/unslashed", "/nowhere", "/nothing/", "/raise/", "/form/"}, values: [][]string{nil}},
	{methods: []string{"POST"}, paths: []string{"/echo/", "/ok"}, values: [][]string{{"Content-Type", "text/plain"}}, bodies: []string{"a body"}},
	{about: common, methods: []string{"GET", "POST"}, paths: []string{"/ok/", "/ok", "/echo/", "/nowhere"}, values: [][]string{
		{"Host", "www.example.com"}, {"Host", "EXAMPLE.com"}, {"Host", "example.com:8000"}, {"Host", "example.com."}, {"Host", "a.example.org"},
		{"Host", "evil.com"}, {"Host", "bad_host"}, {"Host", "example.com:x"}, {"Host", "[::1]:80"}, {"Host", "[::1"}, {"Host", "exampleXorg"},
		{"Host", "evil.com", "X-Forwarded-Host", "example.com"}, {"X-Forwarded-Host", "evil.com"}, {"X-Forwarded-Host", "example.com", "X-Forwarded-Port", "8443"},
		{"X-Forwarded-Port", "8443"}, {"X-Forwarded-Host", "www.example.com:99"},
	}},
	{about: security, methods: []string{"GET", "POST"}, paths: []string{"/ok/", "/plain", "/plain?q=1", "/echo/", "/ok?x=1", "/own/", "//ok", "/raise/", "/%C3%BC?q=%C3%BC"}, values: [][]string{
		{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Proto", "HTTPS"}, {"X-Forwarded-Proto", "http"}, {"X-Forwarded-Proto", "https, http"},
		{"X-Forwarded-Proto", ""}, {"X-Forwarded-Proto", "https", "Host", "www.example.com:8443"},
	}},
	{about: common, methods: []string{"GET", "POST"}, paths: []string{"/ok/", "/ok", "/nowhere"}, values: [][]string{
		{"User-Agent", "Badger"}, {"User-Agent", "A Bad one"}, {"User-Agent", "bot/7"}, {"User-Agent", "bot/x"}, {"User-Agent", ""},
	}},
	{about: gzip, methods: []string{"GET", "HEAD"}, paths: []string{"/long/", "/just/", "/short/", "/noise/", "/tagged/", "/encoded/", "/stream/", "/nothing/", "/ok", "/raise/"}, values: [][]string{
		{"Accept-Encoding", "gzip"}, {"Accept-Encoding", "gzip, deflate, br"}, {"Accept-Encoding", "deflate"}, {"Accept-Encoding", "*"}, {"Accept-Encoding", "gzip;q=0"},
		{"Accept-Encoding", "identity;q=1, gzip;q=0.5"}, {"Accept-Encoding", "x-gzip"}, {"Accept-Encoding", "GZIP"}, {"Accept-Encoding", ""}, {"Accept-Encoding", "gzipped"},
	}},
	{about: conditional, methods: []string{"GET", "HEAD", "POST"}, paths: []string{"/ok/", "/tagged/", "/dated/", "/nostore/", "/stream/", "/missing/", "/nowhere", "/cookie/"}, values: [][]string{
		{"If-None-Match", `"abc"`}, {"If-None-Match", `W/"abc"`}, {"If-None-Match", `"x", "abc"`}, {"If-None-Match", "*"}, {"If-None-Match", "abc"}, {"If-None-Match", `"x"`},
		{"If-None-Match", okTag}, {"If-None-Match", `"abc"`, "Accept-Encoding", "gzip"}, {"If-None-Match", "W/" + okTag},
		{"If-Match", `"abc"`}, {"If-Match", `"x"`}, {"If-Match", "*"}, {"If-Match", `W/"abc"`},
		{"If-Modified-Since", "Sat, 01 Jan 2022 00:00:00 GMT"}, {"If-Modified-Since", "Fri, 31 Dec 2021 00:00:00 GMT"}, {"If-Modified-Since", "Sun, 02 Jan 2022 00:00:00 GMT"},
		{"If-Modified-Since", "Sat, 01-Jan-22 00:00:00 GMT"}, {"If-Modified-Since", "nonsense"},
		{"If-Unmodified-Since", "Fri, 31 Dec 2021 00:00:00 GMT"}, {"If-Unmodified-Since", "Sun, 02 Jan 2022 00:00:00 GMT"},
		{"If-None-Match", `"x"`, "If-Modified-Since", "Sun, 02 Jan 2022 00:00:00 GMT"}, {"If-Match", `"abc"`, "If-None-Match", `"abc"`},
	}},
	{about: cors, methods: []string{"GET", "POST", "OPTIONS"}, paths: []string{"/ok/", "/ok", "/raise/", "/nowhere", "/denied/", "/cookie/", "/own/", "/nothing/"}, values: [][]string{
		{"Origin", "https://shop.example"}, {"Origin", "https://evil.example"}, {"Origin", "null"}, {"Origin", "https://my.apps.example"}, {"Origin", "http://example.com"},
		{"Origin", "https://shop.example", "Access-Control-Request-Method", "PUT"}, {"Origin", "https://evil.example", "Access-Control-Request-Method", "PUT"},
		{"Origin", "https://shop.example", "Access-Control-Request-Method", "PUT", "Host", "evil.com"},
		{"Origin", "https://shop.example", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "x-requested-with"},
	}},
	{about: csrf, methods: []string{"POST", "PUT", "DELETE"}, paths: []string{"/form/", "/exempt/", "/nowhere", "/form"}, values: csrfValues},
	{about: csrf, methods: []string{"POST"}, paths: []string{"/form/"}, values: [][]string{{"Content-Type", urlencoded}, {"Content-Type", urlencoded, "Cookie", "csrftoken=" + maskedOnce},
		{"Content-Type", urlencoded, "Cookie", "csrftoken=" + secret}, {"Content-Type", urlencoded, "Cookie", "csrftoken=" + maskedOnce, "X-CSRFToken", maskedOnce}},
		bodies: []string{"csrfmiddlewaretoken=" + maskedOnce, "csrfmiddlewaretoken=" + wrongToken, "csrfmiddlewaretoken=" + secret, "csrfmiddlewaretoken=", "a=b", "%zz"}},
	{about: csrf, methods: []string{"GET", "HEAD"}, paths: []string{"/form/", "/ok/"}, values: [][]string{
		{"Cookie", "csrftoken=" + maskedOnce}, {"Cookie", "csrftoken=" + secret}, {"Cookie", "csrftoken=short"}, {"Cookie", "csrftoken=" + strings.Repeat("-", 64)}, {"Cookie", "a=b"}}},
}

// staticFacets are those of sites with files. The tag is that of whitenoise: the time in
// hexadecimal digits and the size.
var staticFacets = []facet{
	{methods: []string{"GET", "HEAD", "POST"}, paths: []string{"/static/site.css", "/static/site.0123456789ab.css", "/static/plain.txt", "/static/nowhere.css", "/static/", "/static", "/static/site.css?x=1",
		"/static/site.css.gz", "/static/deep/a.js", "/static/deep", "/static/deep/", "/static/%73ite.css", "/static/data.json", "/static/unknown.xyz"}, values: [][]string{nil, {"Accept-Encoding", "gzip"}}},
	{methods: []string{"GET", "HEAD"}, paths: []string{"/static/site.css", "/static/plain.txt"}, values: [][]string{
		{"Range", "bytes=0-4"}, {"Range", "bytes=5-"}, {"Range", "bytes=-3"}, {"Range", "bytes=99999-"}, {"Range", "bytes=4-2"}, {"Range", "nonsense"}, {"Range", "bytes=0-4", "Accept-Encoding", "gzip"},
		{"If-None-Match", `"61cf9980-5"`}, {"If-None-Match", `W/"61cf9980-5"`}, {"If-None-Match", "*"}, {"If-None-Match", `"x"`},
		{"If-Modified-Since", "Sat, 01 Jan 2022 00:00:00 GMT"}, {"If-Modified-Since", "Fri, 31 Dec 2021 00:00:00 GMT"}, {"If-Modified-Since", "nonsense"},
		{"Range", "bytes=0-4", "If-None-Match", `"61cf9980-5"`}, {"Origin", "https://shop.example"},
	}},
}

// debugging are the facets of sites with DEBUG: Django takes its time for a page that
// explains an error.
var debugging = []facet{
	{methods: []string{"GET", "HEAD", "POST", "DELETE"}, paths: []string{"/", "/ok", "/ok/", "/plain", "/plain/", "/nowhere", "/unslashed", "/missing/", "/raise/", "/denied", "/things/7"}, values: [][]string{nil}},
	{methods: []string{"GET"}, paths: []string{"/ok/", "/nowhere"}, values: [][]string{{"Host", "localhost"}, {"Host", "evil.com"}}},
}

// okTag is the ETag that ConditionalGet gives "ok".
const okTag = `"444bcb3a3fcf8389296c49467f27e1d6"`

var csrfValues = [][]string{
	{"Cookie", "csrftoken=" + maskedOnce}, {"Cookie", "csrftoken=" + secret},
	{"Cookie", "csrftoken=" + maskedOnce, "X-CSRFToken", maskedOnce}, {"Cookie", "csrftoken=" + secret, "X-CSRFToken", maskedOnce},
	{"Cookie", "csrftoken=" + secret, "X-CSRFToken", secret}, {"Cookie", "csrftoken=" + maskedOnce, "X-CSRFToken", secret},
	{"Cookie", "csrftoken=" + maskedOnce, "X-CSRFToken", wrongToken}, {"Cookie", "csrftoken=" + maskedOnce, "X-CSRFToken", wrongSecret},
	{"Cookie", "csrftoken=" + maskedOnce, "X-CSRFToken", "short"}, {"Cookie", "csrftoken=" + maskedOnce, "X-CSRFToken", strings.Repeat("-", 64)},
	{"Cookie", "csrftoken=short", "X-CSRFToken", "short"}, {"Cookie", "xsrf=" + maskedOnce, "X-XSRF-Token", maskedOnce},
	{"Cookie", "a=b; csrftoken=" + maskedOnce + "; c=d", "X-CSRFToken", maskedOnce}, {"X-CSRFToken", maskedOnce},
	// Over HTTPS, where the site believes its proxy.
	{"X-Forwarded-Proto", "https", "Cookie", "csrftoken=" + maskedOnce + "; xsrf=" + maskedOnce, "X-CSRFToken", maskedOnce, "X-XSRF-Token", maskedOnce},
	{"X-Forwarded-Proto", "https", "Cookie", "csrftoken=" + maskedOnce + "; xsrf=" + maskedOnce, "X-CSRFToken", maskedOnce, "X-XSRF-Token", maskedOnce, "Referer", "https://example.com/a"},
	{"X-Forwarded-Proto", "https", "Cookie", "csrftoken=" + maskedOnce + "; xsrf=" + maskedOnce, "X-CSRFToken", maskedOnce, "X-XSRF-Token", maskedOnce, "Referer", "http://example.com/a"},
	{"X-Forwarded-Proto", "https", "Cookie", "csrftoken=" + maskedOnce + "; xsrf=" + maskedOnce, "X-CSRFToken", maskedOnce, "X-XSRF-Token", maskedOnce, "Referer", "https://evil.example/"},
	{"X-Forwarded-Proto", "https", "Cookie", "csrftoken=" + maskedOnce + "; xsrf=" + maskedOnce, "X-CSRFToken", maskedOnce, "X-XSRF-Token", maskedOnce, "Referer", "https://a.partner.example/"},
	{"X-Forwarded-Proto", "https", "Cookie", "csrftoken=" + maskedOnce + "; xsrf=" + maskedOnce, "X-CSRFToken", maskedOnce, "X-XSRF-Token", maskedOnce, "Referer", "nonsense"},
	{"X-Forwarded-Proto", "https", "Cookie", "csrftoken=" + maskedOnce + "; xsrf=" + maskedOnce, "X-CSRFToken", maskedOnce, "X-XSRF-Token", maskedOnce, "Referer", "https://example.com:8443/"},
	{"X-Forwarded-Proto", "https", "Referer", "https://shop.example/"},
	// With Origin, which Django has looked at since 4.0.
	{"Origin", "http://example.com", "Cookie", "csrftoken=" + maskedOnce, "X-CSRFToken", maskedOnce},
	{"Origin", "https://evil.example", "Cookie", "csrftoken=" + maskedOnce, "X-CSRFToken", maskedOnce},
	{"Origin", "null", "Cookie", "csrftoken=" + maskedOnce, "X-CSRFToken", maskedOnce},
}

// requests are those of all facets, each once, and some that a generator makes of
// their parts, the same in each run.
func (s site) requests() []request {
	facets := everywhere
	switch {
	case s.settings["DEBUG"] == true:
		facets = debugging
	case slices.Contains(s.middleware, whitenoise):
		facets = slices.Concat(staticFacets, everywhere[:1])
	}
	seed := fnv.New64a()
	seed.Write([]byte(s.name))
	random := rand.New(rand.NewPCG(seed.Sum64(), 7))
	var all []request
	seen := map[string]bool{}
	add := func(r request) {
		if raw := r.raw(); !seen[raw] {
			seen[raw] = true
			all = append(all, r)
		}
	}
	for _, f := range facets {
		bodies := f.bodies
		if bodies == nil {
			bodies = []string{""}
		}
		part := s.part(f)
		for _, value := range f.values {
			for _, path := range f.paths {
				for _, method := range f.methods {
					for _, body := range bodies {
						if random.IntN(part) == 0 {
							add(request{method, path, pairs(value), body})
						}
					}
				}
			}
		}
	}
	for range 40 {
		add(mixed(random, facets))
	}
	return all
}

// part says which part of a facet's requests a site gets: all where the middleware that
// it is for stands alone, or all do.
func (s site) part(f facet) int {
	switch {
	case f.about == "", len(s.middleware) == 1 && s.middleware[0] == f.about, s.name == "all":
		return 1
	case slices.Contains(s.middleware, f.about):
		return 3
	}
	return 25
}

// mixed takes its parts from three facets.
func mixed(random *rand.Rand, facets []facet) request {
	r := request{method: pick(random, methods), target: pick(random, paths)}
	for range 3 {
		f := pick(random, facets)
		for _, h := range pairs(pick(random, f.values)) {
			if r.get(h[0]) == "" {
				r.header = append(r.header, h)
			}
		}
		if f.bodies != nil && r.method == "POST" {
			r.body = pick(random, f.bodies)
		}
	}
	return r
}

func pick[T any](random *rand.Rand, all []T) T { return all[random.IntN(len(all))] }

func pairs(flat []string) (all [][2]string) {
	for i := 0; i+1 < len(flat); i += 2 {
		all = append(all, [2]string{flat[i], flat[i+1]})
	}
	return all
}
