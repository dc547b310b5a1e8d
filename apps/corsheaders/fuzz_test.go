package corsheaders_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled/apps/corsheaders"
)

// serialised is the form of an origin, said in another way than the package
// says it.
var serialised = regexp.MustCompile(
	`^(?:null|file://|[A-Za-z][A-Za-z0-9+.-]*://(?:[A-Za-z0-9._~%!$&'()*+,;=-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?)$`)

// With a regex that matches everything, exactly the serialised origins are let
// in.
func FuzzOrigin(f *testing.F) {
	for _, seed := range []string{
		"null", "file://", "https://example.com", "http://[::1]:8080", "https://a:65535", "https://a:123456", "https://a:",
		"https://[::1", "https://[]", "https://]", "https://u@h", "https://a/", "a://b", "1://b", "://b", "https://", "https://é",
		"https://a b", "https://a\n", "\nhttps://a", "https://a,https://b", "null ", "NULL", "file:///", "https://*.a", "https://%zz", "https://[::1]x",
	} {
		f.Add(seed)
	}
	s := corsheaders.Defaults()
	s.AllowedOriginRegexes = []string{""}
	h := wrap(f, s, func(w http.ResponseWriter, r *http.Request) {})
	f.Fuzz(func(t *testing.T, origin string) {
		w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)
		r.Header["Origin"] = []string{origin}
		h.ServeHTTP(w, r)
		var want []string
		if serialised.MatchString(origin) {
			want = []string{origin}
		}
		if got := w.Header()["Access-Control-Allow-Origin"]; !slices.Equal(got, want) {
			t.Errorf("Origin %q: got %q, want %q", origin, got, want)
		}
	})
}

// fuzzPaths are values of CORS_URLS_REGEX and what they mean.
var fuzzPaths = []struct {
	regex string
	has   func(path string) bool
}{
	{"^.*$", func(p string) bool { return !strings.Contains(strings.TrimSuffix(p, "\n"), "\n") }},
	{"^/api/", func(p string) bool { return strings.HasPrefix(p, "/api/") }},
	{"/api/.*$", func(p string) bool {
		return strings.HasPrefix(p, "/api/") && !strings.Contains(strings.TrimSuffix(p, "\n"), "\n")
	}},
	{`^/(a|b)/\Z`, func(p string) bool { return p == "/a/" || p == "/b/" }},
	{`^/x$`, func(p string) bool { return p == "/x" || p == "/x\n" }},
	{`(?i)^/api`, func(p string) bool { return len(p) >= 4 && strings.ToLower(p[:4]) == "/api" }},
	{"", func(string) bool { return true }},
}

// A fuzzCase is settings and a request.
type fuzzCase struct {
	settings corsheaders.Settings
	paths    int
	method   string
	path     string
	header   http.Header
}

const (
	fuzzAll = 1 << iota
	fuzzCredentials
	fuzzPrivate
	fuzzExpose
	fuzzNoMaxAge
	fuzzAsksMethod
	fuzzAsksPrivate
	fuzzTwoOrigins
)

func newFuzzCase(flags uint8, listed, regex, method, path, origin string) fuzzCase {
	c := fuzzCase{settings: corsheaders.Defaults(), paths: int(flags+uint8(len(listed))) % len(fuzzPaths), method: method, path: path}
	s, has := &c.settings, func(flag uint8) bool { return flags&flag != 0 }
	s.AllowAllOrigins, s.AllowCredentials, s.AllowPrivateNetwork = has(fuzzAll), has(fuzzCredentials), has(fuzzPrivate)
	s.AllowedOrigins = strings.Fields(listed)
	s.URLsRegex = fuzzPaths[c.paths].regex
	if regex != "-" {
		s.AllowedOriginRegexes = []string{regex}
	}
	if has(fuzzExpose) {
		s.ExposeHeaders = []string{"etag", "link"}
	}
	if has(fuzzNoMaxAge) {
		s.PreflightMaxAge = 0
	}
	c.header = http.Header{"Origin": {origin}}
	if has(fuzzTwoOrigins) {
		c.header["Origin"] = []string{origin, origin}
	}
	if has(fuzzAsksMethod) {
		c.header["Access-Control-Request-Method"] = []string{""}
	}
	if has(fuzzAsksPrivate) {
		c.header["Access-Control-Request-Private-Network"] = []string{"true"}
	}
	return c
}

// expect is what the CORS headers have to be, worked out the slow and obvious
// way.
func (c fuzzCase) expect() map[string]string {
	s, want := c.settings, map[string]string{}
	if !fuzzPaths[c.paths].has(c.path) {
		return want
	}
	want["Vary"] = "origin"
	origins := c.header["Origin"]
	switch {
	case s.AllowAllOrigins && strings.Join(origins, "") != "":
		want["Access-Control-Allow-Origin"] = "*"
	case !s.AllowAllOrigins && len(origins) == 1 && serialised.MatchString(origins[0]) && c.allows(origins[0]):
		want["Access-Control-Allow-Origin"] = origins[0]
		if s.AllowCredentials {
			want["Access-Control-Allow-Credentials"] = "true"
		}
	default:
		return want
	}
	if len(s.ExposeHeaders) > 0 {
		want["Access-Control-Expose-Headers"] = strings.Join(s.ExposeHeaders, ", ")
	}
	if c.method == "OPTIONS" {
		want["Access-Control-Allow-Headers"] = strings.Join(s.AllowHeaders, ", ")
		want["Access-Control-Allow-Methods"] = strings.Join(s.AllowMethods, ", ")
		if s.PreflightMaxAge != 0 {
			want["Access-Control-Max-Age"] = "86400"
		}
	}
	if s.AllowPrivateNetwork && c.header.Get("Access-Control-Request-Private-Network") == "true" {
		want["Access-Control-Allow-Private-Network"] = "true"
	}
	return want
}

func (c fuzzCase) allows(origin string) bool {
	for _, o := range c.settings.AllowedOrigins {
		if o == origin {
			return true
		}
	}
	for _, p := range c.settings.AllowedOriginRegexes {
		re := regexp.MustCompile(strings.ReplaceAll(p, `\Z`, `\z`))
		re.Longest() // or an empty match at the start might hide behind a later one
		if loc := re.FindStringIndex(origin); loc != nil && loc[0] == 0 {
			return true
		}
	}
	return false
}

// Random settings and requests, and a handler that meddles: the response has
// exactly the headers that the settings say. Above all, it never allows
// credentials to an origin that no entry lets in.
func FuzzPolicy(f *testing.F) {
	f.Add(uint8(fuzzCredentials), "https://a.example https://b.example:8443", "-", "GET", "/", "https://a.example")
	f.Add(uint8(fuzzCredentials|fuzzExpose), "null file://", `^https://\w+\.example$`, "OPTIONS", "/api/", "https://c.example")
	f.Add(uint8(fuzzAll|fuzzPrivate|fuzzAsksPrivate), "", "^null$", "POST", "/x\n", "null")
	f.Add(uint8(fuzzAll|fuzzCredentials), "", "-", "GET", "/", "https://a.example")
	f.Add(uint8(fuzzCredentials|fuzzAsksMethod), "a://b", "a|^(?:b|c)$", "OPTIONS", "/a/", "a://b")
	f.Fuzz(func(t *testing.T, flags uint8, listed, regex, method, path, origin string) {
		c := newFuzzCase(flags, listed, regex, method, path, origin)
		middleware, err := corsheaders.New(c.settings)
		if c.settings.AllowAllOrigins && c.settings.AllowCredentials && err == nil {
			t.Fatal("all origins with credentials were accepted")
		}
		if _, plain := regexp.Compile(strings.ReplaceAll(regex, `\Z`, `\z`)); err != nil || plain != nil {
			return
		}
		w, r := httptest.NewRecorder(), &http.Request{Method: method, URL: &url.URL{Path: path}, Header: c.header}
		want := c.expect()
		meddles := len(want) > 0
		middleware(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if meddles {
				w.Header()["access-control-allow-CREDENTIALS"] = []string{"true"}
				w.Header().Set("Access-Control-Allow-Origin", "*")
			}
		})).ServeHTTP(w, r)
		got := map[string]string{}
		for name, values := range w.Header() {
			if name != "Content-Length" {
				got[name] = strings.Join(values, "\n")
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("%+v:\ngot  %v\nwant %v", c, got, want)
		}
	})
}
