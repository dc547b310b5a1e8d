package corsheaders_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled/apps/corsheaders"
)

// What the headers are, over a real socket. The handler answers 204 to all.
func TestHeaders(t *testing.T) {
	const (
		from       = "Origin: " + origin
		method     = "Access-Control-Request-Method: PUT"
		private    = "Access-Control-Request-Private-Network: true"
		vary       = "vary: origin"
		admitted   = "access-control-allow-origin: " + origin
		everyone   = "access-control-allow-origin: *"
		headers    = "access-control-allow-headers: accept, authorization, content-type, user-agent, x-csrftoken, x-requested-with"
		methods    = "access-control-allow-methods: DELETE, GET, OPTIONS, PATCH, POST, PUT"
		maxAge     = "access-control-max-age: 86400"
		withCookie = "access-control-allow-credentials: true"
	)
	listed := listing(origin)
	all := corsheaders.Defaults()
	all.AllowAllOrigins = true
	with := func(s corsheaders.Settings, change func(*corsheaders.Settings)) corsheaders.Settings {
		change(&s)
		return s
	}
	regexes := func(patterns ...string) corsheaders.Settings {
		return with(corsheaders.Defaults(), func(s *corsheaders.Settings) { s.AllowedOriginRegexes = patterns })
	}
	paths := func(pattern string) corsheaders.Settings {
		return with(listed, func(s *corsheaders.Settings) { s.URLsRegex = pattern })
	}
	for _, tt := range []struct {
		name         string
		settings     corsheaders.Settings
		method, path string
		header       []string
		want         []string
	}{
		{"a listed origin", listed, "GET", "/", []string{from}, []string{vary, admitted}},
		{"another origin", listed, "GET", "/", []string{"Origin: https://evil.example"}, []string{vary}},
		{"no origin", listed, "GET", "/", nil, []string{vary}},
		{"an empty origin", listed, "GET", "/", []string{"Origin:"}, []string{vary}},
		{"two lines of Origin", listed, "GET", "/", []string{from, from}, []string{vary}},
		{"blanks around", listed, "GET", "/", []string{"Origin: \t" + origin + " \t"}, []string{vary, admitted}},
		{"the scheme's case counts", listed, "GET", "/", []string{"Origin: HTTPS://app.example.com"}, []string{vary}},
		{"the port counts", listed, "GET", "/", []string{from + ":443"}, []string{vary}},
		{"a path behind", listed, "GET", "/", []string{from + "/"}, []string{vary}},
		{"a tab inside", listed, "GET", "/", []string{"Origin: https://app.exam\tple.com"}, []string{vary}},
		{"null is not listed", listed, "GET", "/", []string{"Origin: null"}, []string{vary}},
		{"null lets in null", listing("null"), "GET", "/", []string{"Origin: null"}, []string{vary, "access-control-allow-origin: null"}},
		{"null lets in nothing without scheme", listing("null"), "GET", "/", []string{"Origin: example.com"}, []string{vary}},
		{"file:// lets in file://", listing("file://"), "GET", "/", []string{"Origin: file://"}, []string{vary, "access-control-allow-origin: file://"}},
		{"file:// lets in no path", listing("file://"), "GET", "/", []string{"Origin: file:///etc"}, []string{vary}},
		{"one of many", listing("https://a.example", "https://b.example", "https://c.example", "https://d.example", "https://e.example", origin),
			"GET", "/", []string{from}, []string{vary, admitted}},
		{"an origin longer than all", listing("https://a.example", "https://b.example", "https://c.example", "https://d.example", "https://e.example"),
			"GET", "/", []string{from}, []string{vary}},

		{"everyone", all, "GET", "/", []string{from}, []string{vary, everyone}},
		{"everyone, no origin", all, "GET", "/", nil, []string{vary}},
		{"everyone, an empty origin", all, "GET", "/", []string{"Origin:"}, []string{vary}},
		{"everyone, a malformed origin", all, "GET", "/", []string{"Origin: http://[::1"}, []string{vary, everyone}},
		{"everyone, two lines", all, "GET", "/", []string{"Origin:", from}, []string{vary, everyone}},

		{"a regex", regexes(`^https://\w+\.example\.com$`), "GET", "/", []string{from}, []string{vary, admitted}},
		{"the second regex", regexes(`^https://x$`, `^https://app`), "GET", "/", []string{from}, []string{vary, admitted}},
		{"a regex without anchor matches from the start", regexes(`https://app`), "GET", "/", []string{from}, []string{vary, admitted}},
		{"and only there", regexes(`app\.example\.com$`), "GET", "/", []string{from}, []string{vary}},
		{"an alternative is anchored too", regexes(`^https://x$|app`), "GET", "/", []string{from}, []string{vary}},
		{"a regex sees no malformed origin", regexes(`^https://.*$`), "GET", "/", []string{from + "/x"}, []string{vary}},
		{"nor two origins in one line", regexes(`^https://.*$`), "GET", "/", []string{from + ", https://evil.example"}, []string{vary}},

		{"credentials", with(listed, func(s *corsheaders.Settings) { s.AllowCredentials = true }),
			"GET", "/", []string{from}, []string{vary, admitted, withCookie}},
		{"credentials for no one else", with(listed, func(s *corsheaders.Settings) { s.AllowCredentials = true }),
			"GET", "/", []string{"Origin: https://evil.example"}, []string{vary}},
		{"credentials through a regex", with(regexes(`^https://app\.example\.com$`), func(s *corsheaders.Settings) { s.AllowCredentials = true }),
			"GET", "/", []string{from}, []string{vary, admitted, withCookie}},
		{"exposed headers", with(listed, func(s *corsheaders.Settings) { s.ExposeHeaders = []string{"etag", "link"} }),
			"GET", "/", []string{from}, []string{vary, admitted, "access-control-expose-headers: etag, link"}},
		{"both", with(listed, func(s *corsheaders.Settings) { s.AllowCredentials, s.ExposeHeaders = true, []string{"etag"} }),
			"GET", "/", []string{from}, []string{vary, admitted, withCookie, "access-control-expose-headers: etag"}},

		{"a preflight", listed, "OPTIONS", "/", []string{from, method}, []string{vary, admitted, headers, methods, maxAge}},
		{"OPTIONS that is none", listed, "OPTIONS", "/", []string{from}, []string{vary, admitted, headers, methods, maxAge}},
		{"a preflight from another origin", listed, "OPTIONS", "/", []string{"Origin: https://evil.example", method}, []string{vary}},
		{"a preflight without an origin", listed, "OPTIONS", "/", []string{method}, []string{vary}},
		{"a preflight with credentials and all", with(listed, func(s *corsheaders.Settings) {
			s.AllowCredentials, s.AllowPrivateNetwork, s.ExposeHeaders = true, true, []string{"etag"}
		}), "OPTIONS", "/", []string{from, method, private}, []string{vary, admitted, withCookie, headers, methods, maxAge,
			"access-control-expose-headers: etag", "access-control-allow-private-network: true"}},
		{"empty lists are sent empty", with(listed, func(s *corsheaders.Settings) { s.AllowHeaders, s.AllowMethods = nil, []string{} }),
			"OPTIONS", "/", []string{from, method}, []string{vary, admitted, "access-control-allow-headers: ", "access-control-allow-methods: ", maxAge}},
		{"no max age", with(listed, func(s *corsheaders.Settings) { s.PreflightMaxAge = 0 }),
			"OPTIONS", "/", []string{from, method}, []string{vary, admitted, headers, methods}},
		{"a large max age", with(listed, func(s *corsheaders.Settings) { s.PreflightMaxAge = 1099511627776 }),
			"OPTIONS", "/", []string{from, method}, []string{vary, admitted, headers, methods, "access-control-max-age: 1099511627776"}},
		{"odd methods are sent as they are", with(all, func(s *corsheaders.Settings) { s.AllowMethods = []string{"get", "pOKE"} }),
			"OPTIONS", "/", []string{from, method}, []string{vary, everyone, headers, "access-control-allow-methods: get, pOKE", maxAge}},

		{"a private network", with(listed, func(s *corsheaders.Settings) { s.AllowPrivateNetwork = true }),
			"GET", "/", []string{from, private}, []string{vary, admitted, "access-control-allow-private-network: true"}},
		{"a private network in two lines", with(listed, func(s *corsheaders.Settings) { s.AllowPrivateNetwork = true }),
			"GET", "/", []string{from, private, private}, []string{vary, admitted}},
		{"a private network in capitals", with(listed, func(s *corsheaders.Settings) { s.AllowPrivateNetwork = true }),
			"GET", "/", []string{from, strings.ReplaceAll(private, "true", "TRUE")}, []string{vary, admitted}},
		{"a private network for another origin", with(listed, func(s *corsheaders.Settings) { s.AllowPrivateNetwork = true }),
			"GET", "/", []string{"Origin: https://evil.example", private}, []string{vary}},
		{"a private network that is not allowed", listed, "GET", "/", []string{from, private}, []string{vary, admitted}},

		{"a path of the settings", paths(`^/api/.*$`), "GET", "/api/x?y", []string{from}, []string{vary, admitted}},
		{"another path", paths(`^/api/.*$`), "GET", "/apix/", []string{from}, nil},
		{"a path is matched from the start", paths(`/api/`), "GET", "/x/api/", []string{from}, nil},
		{"and not to the end", paths(`/api/`), "GET", "/api/x", []string{from}, []string{vary, admitted}},
		{"a path is decoded", paths(`^/a b/$`), "GET", "/a%20b/", []string{from}, []string{vary, admitted}},
		{"a path is decoded once", paths(`^/a b/$`), "GET", "/a%2520b/", []string{from}, nil},
		{"a path of characters", paths(`^/café/$`), "GET", "/caf%C3%A9/", []string{from}, []string{vary, admitted}},
		{"a path in any case", paths(`(?i)^/api/`), "GET", "/API/", []string{from}, []string{vary, admitted}},
		{"a literal path in any case", paths(`(?i)^/ab/`), "GET", "/aB/", []string{from}, []string{vary, admitted}},
		{"the very end", paths(`^/a.*\Z`), "GET", "/ab", []string{from}, []string{vary, admitted}},
		{"the very end is behind a newline", paths(`^/a.*\Z`), "GET", "/ab%0A", []string{from}, nil},
		{"a path of alternatives", paths(`^/(api|rest)/v\d+/.*$`), "GET", "/rest/v1/x", []string{from}, []string{vary, admitted}},
		{"a newline in a path", listed, "GET", "/a%0Ab", []string{from}, nil},
		{"a newline at its end", listed, "GET", "/a%0A", []string{from}, []string{vary, admitted}},
		{"two newlines at its end", listed, "GET", "/a%0A%0A", []string{from}, nil},
		{"a newline behind a prefix", paths(`^/a`), "GET", "/a%0A%0Ab", []string{from}, []string{vary, admitted}},
		{"a preflight to another path", paths(`^/api/`), "OPTIONS", "/", []string{from, method}, nil},
		{"no path", paths(`^$`), "GET", "/", []string{from}, nil},
		{"any path", paths(``), "GET", "/%0A/", []string{from}, []string{vary, admitted}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := wrap(t, tt.settings, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
			got := last(ask(t, serve(t, h), tt.method, tt.path, tt.header...))
			wantLines(t, got.cors(), tt.want)
		})
	}
}

// Every OPTIONS with Access-Control-Request-Method is answered before the
// handler, on the paths of the settings.
func TestPreflight(t *testing.T) {
	s := listing(origin)
	s.URLsRegex = "^/api/"
	addr := serve(t, wrap(t, s, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	for _, tt := range []struct {
		name, method, path string
		header             []string
		handled            bool
	}{
		{"from a listed origin", "OPTIONS", "/api/", []string{"Origin: " + origin, "Access-Control-Request-Method: PUT"}, false},
		{"from another", "OPTIONS", "/api/", []string{"Origin: https://evil.example", "Access-Control-Request-Method: PUT"}, false},
		{"from none", "OPTIONS", "/api/", []string{"Access-Control-Request-Method: PUT"}, false},
		{"for no method", "OPTIONS", "/api/", []string{"access-control-request-method:"}, false},
		{"for a method that is not allowed", "OPTIONS", "/api/", []string{"Access-Control-Request-Method: PURGE"}, false},
		{"no method asked for", "OPTIONS", "/api/", []string{"Origin: " + origin}, true},
		{"another method", "GET", "/api/", []string{"Access-Control-Request-Method: PUT"}, true},
		{"methods have a case", "options", "/api/", []string{"Access-Control-Request-Method: PUT"}, true},
		{"another path", "OPTIONS", "/", []string{"Origin: " + origin, "Access-Control-Request-Method: PUT"}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := last(ask(t, addr, tt.method, tt.path, tt.header...))
			switch {
			case tt.handled && got.status != http.StatusTeapot:
				t.Errorf("status %d, want the handler's", got.status)
			case !tt.handled && (got.status != http.StatusOK || got.body != "" || len(got.values("Content-Length")) != 1 || got.values("Content-Length")[0] != "0"):
				t.Errorf("got %+v, want an empty 200 with Content-Length: 0", got)
			}
		})
	}
}

// The answer is complete by itself, whatever writes it.
func TestPreflightIsExplicit(t *testing.T) {
	w, r := &bareWriter{header: http.Header{}}, httptest.NewRequest("OPTIONS", "/", nil)
	r.Header.Set("Access-Control-Request-Method", "PUT")
	wrap(t, listing(origin), nil).ServeHTTP(w, r)
	if w.status != http.StatusOK || w.header.Get("Content-Length") != "0" {
		t.Errorf("got %d %v", w.status, w.header)
	}
}

// What a preflight asks for can't make it dear, and can't reach the answer.
func TestHostilePreflight(t *testing.T) {
	addr := serve(t, wrap(t, listing(origin), nil))
	got := last(ask(t, addr, "OPTIONS", "/", "Origin: "+origin, "Access-Control-Request-Method: "+strings.Repeat("X", 10000),
		"Access-Control-Request-Headers: "+strings.Repeat("evil,", 100000)))
	if got.status != http.StatusOK || strings.Contains(strings.Join(got.lines, "\n"), "evil") {
		t.Errorf("got %+v", got)
	}
}

func TestNilHandler(t *testing.T) {
	f, err := corsheaders.New(corsheaders.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if recover() == nil {
			t.Error("a nil handler was wrapped")
		}
	}()
	f(nil)
}
