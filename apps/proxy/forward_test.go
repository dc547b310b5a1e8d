package proxy_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// seen says what a server sees of a request.
func seen(w http.ResponseWriter, r *http.Request) {
	_ = json.NewEncoder(w).Encode(map[string]any{"host": r.Host, "header": r.Header})
}

// see is what a server behind a site with some settings sees of a request.
func see(t *testing.T, toml string, more []string, header ...string) (host string, h http.Header) {
	t.Helper()
	up := behind(t, seen)
	site := front(t, toml+route("/", up.URL, more...))
	_, body := ask(t, site.URL, "GET /", header...)
	var got struct {
		Host   string
		Header http.Header
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err, body)
	}
	got.Header.Del("Via")
	return strings.Replace(got.Host, strings.TrimPrefix(site.URL, "http://"), "SITE", 1), replaced(got.Header, strings.TrimPrefix(site.URL, "http://"), "SITE")
}

func replaced(h http.Header, old, new string) http.Header {
	for _, values := range h {
		for i := range values {
			values[i] = strings.ReplaceAll(values[i], old, new)
		}
	}
	return h
}

func TestForwardedHeaders(t *testing.T) {
	const trusting = "TRUSTED_PROXIES = [\"127.0.0.1\"]\n"
	own := http.Header{
		"Forwarded": {`for=127.0.0.1;host="SITE";proto=http`}, "X-Forwarded-For": {"127.0.0.1"},
		"X-Forwarded-Host": {"SITE"}, "X-Forwarded-Proto": {"http"}, "X-Real-Ip": {"127.0.0.1"},
	}
	with := func(h http.Header) http.Header {
		all := own.Clone()
		for name, values := range h {
			all[name] = values
		}
		return all
	}
	for name, tt := range map[string]struct {
		toml   string
		more   []string
		header []string
		want   http.Header
	}{
		"nothing is said": {want: own},
		"strangers are not believed": {header: []string{
			"X-Forwarded-For: 10.0.0.1", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "X-Real-IP: 10.0.0.1",
			"Forwarded: for=10.0.0.1;proto=https", "X-Forwarded-Ssl: on", "X-Forwarded-Port: 443", "X-Forwarded-Prefix: /evil", "X-Forwarded: x",
			"X-Url-Scheme: https", "Front-End-Https: on", "X-Original-URL: /admin", "X-Rewrite-URL: /admin", "True-Client-IP: 10.0.0.1",
			"Remote-User: admin", "X-Client-IP: 10.0.0.1", "X-HTTP-Host-Override: evil.example", "Proxy: http://evil.example",
			"Client-IP: 10.0.0.1", "X-Original-Forwarded-For: 10.0.0.1", "X-Sendfile-Type: X-Accel-Redirect", "X-Accel-Mapping: /=/",
		}, want: own},
		"nor by another spelling":     {header: []string{"X_Forwarded_For: 10.0.0.1", "X-Forwarded_Proto: https", "REMOTE_USER: admin", "X_Real_IP: 10.0.0.1"}, want: own},
		"nor is a trusted proxy then": {toml: trusting, header: []string{"X_Forwarded_For: 10.0.0.1", "X_FORWARDED_PROTO: https"}, want: own},
		"other headers stay":          {header: []string{"X_Mine: 1", "X-Forward: 2"}, want: with(http.Header{"X_mine": {"1"}, "X-Forward": {"2"}})},
		"a trusted proxy is": {toml: trusting, header: []string{
			"X-Forwarded-For: 192.0.2.7", "X-Forwarded-Host: www.example.com", "X-Forwarded-Proto: https", "X-Forwarded-Port: 443", "Remote-User: ann",
		}, want: with(http.Header{
			"Forwarded": {`for=192.0.2.7, for=127.0.0.1;host=www.example.com;proto=https`}, "X-Forwarded-For": {"192.0.2.7, 127.0.0.1"},
			"X-Forwarded-Host": {"www.example.com"}, "X-Forwarded-Proto": {"https"}, "X-Real-Ip": {"192.0.2.7"},
			"X-Forwarded-Port": {"443"}, "Remote-User": {"ann"},
		})},
		"several of them": {toml: trusting, header: []string{"X-Forwarded-For: 192.0.2.7", "X-Forwarded-For: 2001:db8::1"}, want: with(http.Header{
			"Forwarded":       {`for=192.0.2.7, for="[2001:db8::1]", for=127.0.0.1;host="SITE";proto=http`},
			"X-Forwarded-For": {"192.0.2.7, 2001:db8::1, 127.0.0.1"}, "X-Real-Ip": {"2001:db8::1"},
		})},
		"in the standard's form": {toml: trusting, header: []string{`Forwarded: for="[2001:db8::1]:4711";proto=https, for=_hidden`}, want: with(http.Header{
			"Forwarded":       {`for="[2001:db8::1]:4711";proto=https, for=_hidden, for=127.0.0.1;host="SITE";proto=http`},
			"X-Forwarded-For": {"2001:db8::1, unknown, 127.0.0.1"},
		})},
		"in a form that is none": {toml: trusting, header: []string{`Forwarded: for="open`, "X-Forwarded-For: 192.0.2.7"}, want: with(http.Header{
			"Forwarded": {`for=192.0.2.7, for=127.0.0.1;host="SITE";proto=http`}, "X-Forwarded-For": {"192.0.2.7, 127.0.0.1"}, "X-Real-Ip": {"192.0.2.7"},
		})},
		"a stranger is not believed by a header of the settings": {toml: "TRUSTED_PROXIES = [\"10.0.0.7\"]\nSECURE_PROXY_SSL_HEADER = [\"HTTP_CLOUDFRONT_FORWARDED_PROTO\", \"https\"]\n",
			header: []string{"CloudFront-Forwarded-Proto: https", "CloudFront_Forwarded_Proto: https"}, want: own},
		"what Django's settings believe": {toml: "SECURE_PROXY_SSL_HEADER = [\"HTTP_X_SCHEME\", \"https\"]\nUSE_X_FORWARDED_HOST = true\n",
			header: []string{"X-Scheme: https", "X-Forwarded-Host: localhost:8443", "X-Forwarded-Proto: http"}, want: with(http.Header{
				"Forwarded": {`for=127.0.0.1;host="localhost:8443";proto=https`}, "X-Forwarded-Host": {"localhost:8443"}, "X-Forwarded-Proto": {"https"},
			})},
		"a route's own": {more: []string{`request_headers = { Authorization = "Bearer x", X-Forwarded-Proto = "https", X-Mine = "", User-Agent = "" }`},
			header: []string{"X-Mine: 1", "X_Mine: 1", "Authorization: Basic y", "User-Agent: curl"}, want: with(http.Header{"Authorization": {"Bearer x"}, "X-Forwarded-Proto": {"https"}})},
	} {
		t.Run(name, func(t *testing.T) {
			host, got := see(t, tt.toml, tt.more, tt.header...)
			if diff := cmp.Diff(tt.want, got); diff != "" || host != "SITE" {
				t.Errorf("the server sees the host %s and (-want +got)\n%s", host, diff)
			}
		})
	}
}

// What is about one connection stays on it.
func TestHopByHopHeaders(t *testing.T) {
	_, got := see(t, "", nil, "Connection: keep-alive, X-Mine, , Authorization", "X-Mine: 1", "Authorization: x", "Keep-Alive: 300", "Proxy-Authorization: x",
		"Proxy-Connection: keep-alive", "TE: gzip, trailers", "Upgrade: ", "User-Agent: ", "Cookie: a=b", "HTTP2-Settings: x", "Trailer: X-T")
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"} {
		got.Del(name)
	}
	want := http.Header{"Te": {"trailers"}, "Cookie": {"a=b"}, "Http2-Settings": {"x"}, "User-Agent": {""}}
	if len(got["User-Agent"]) == 0 {
		delete(want, "User-Agent")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}

	up := behind(t, func(w http.ResponseWriter, r *http.Request) {
		for _, line := range []string{"Keep-Alive: 1", "Connection: X-Mine", "X-Mine: 1", "Proxy-Authenticate: x", "Upgrade: h2c", "X-Kept: 1", "Server: old"} {
			name, value, _ := strings.Cut(line, ": ")
			w.Header().Set(name, value)
		}
	})
	res, _ := get(t, front(t, route("/", up.URL, `response_headers = { Server = "", X-Set = "a" }`)).URL)
	names := []string{}
	for name := range res.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	if want := []string{"Content-Length", "Date", "X-Kept", "X-Set"}; !slices.Equal(names, want) {
		t.Errorf("the client sees %q, want %q", names, want)
	}
}

// A client can't have the id taken out that this site has given its request.
func TestConnectionLeavesTheID(t *testing.T) {
	const toml = "MIDDLEWARE = [\"settled.middleware.request_id.RequestIDMiddleware\"]\n"
	_, got := see(t, toml, nil, "Connection: keep-alive, X-Request-ID", "X-Request-ID: forged")
	if id := got["X-Request-Id"]; len(id) != 1 || len(id[0]) != 32 {
		t.Errorf("the server sees the id %q", id)
	}
}

// An offer to go on in another version of HTTP leads past this site.
func TestUpgradeToHTTP(t *testing.T) {
	for _, protocol := range []string{"h2c", "H2C", "HTTP/2.0", "TLS/1.2", "h2c, websocket"} {
		_, got := see(t, "", nil, "Connection: Upgrade, HTTP2-Settings", "Upgrade: "+protocol, "HTTP2-Settings: AAMAAABk")
		if got["Upgrade"] != nil || got["Connection"] != nil || got["Http2-Settings"] != nil {
			t.Errorf("%s: the server sees %v", protocol, got)
		}
	}
}

// A server gets the host that the client asked for, unless its route says otherwise.
func TestHost(t *testing.T) {
	up := behind(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Host) })
	site := front(t, route("/", up.URL)+route("/b/", up.URL, `host = "client"`)+route("/c/", up.URL, `host = "upstream"`)+
		route("/d/", up.URL, `host = "old.example.com"`))
	for path, want := range map[string]string{"/": "localhost:1", "/b/": "localhost:1", "/c/": strings.TrimPrefix(up.URL, "http://"), "/d/": "old.example.com"} {
		r, _ := http.NewRequest("GET", site.URL+path, nil)
		r.Host = "localhost:1"
		if _, body := do(t, r); body != want {
			t.Errorf("%s: %q, want %q", path, body, want)
		}
	}
}

// Redirects of a server lead to where it is for the client.
func TestRedirects(t *testing.T) {
	up := behind(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", strings.ReplaceAll(r.URL.Query().Get("to"), "HOST", r.Host))
		w.WriteHeader(302)
	})
	site := front(t, route("/", up.URL)+route("/api/", up.URL, `rewrite = "/v2/"`)+route("/base/", up.URL+"/old/", `rewrite = "/"`)+
		route("/own/", up.URL, `host = "upstream"`))
	host := strings.TrimPrefix(site.URL, "http://")
	for _, tt := range []struct{ path, to, want string }{
		{"/", "/login/?next=/", "/login/?next=/"},
		{"/", "https://HOST/secure/", "https://HOST/secure/"},
		{"/", "relative/", "relative/"},
		{"/api/x", "/v2/y/?a=/v2/", "/api/y/?a=/v2/"},
		{"/api/x", "/login/", "/login/"},
		{"/api/x", "/v2x/", "/v2x/"},
		{"/api/x", "http://HOST/v2/y", "http://HOST/api/y"},
		{"/api/x", "https://HOST/v2/y", "https://HOST/api/y"},
		{"/api/x", "//HOST/v2/", "//HOST/api/"},
		{"/api/x", "http://elsewhere.example/v2/", "http://elsewhere.example/v2/"},
		{"/base/x", "/old/y", "/base/y"},
		{"/own/x", "http://HOST/own/y#z", "/own/y#z"},
		{"/own/x", "https://HOST/own/y", "https://SITE/own/y"},
		{"/own/x", "http://HOST/other/", "http://HOST/other/"},
		{"/own/x", "http://elsewhere.example/own/y", "http://elsewhere.example/own/y"},
		{"/own/x", "//HOST/own/y", "/own/y"},
		{"/own/x", "ftp://HOST/own/y", "ftp://HOST/own/y"},
		{"/own/x", "http://HOST", "http://HOST"},
		{"/api/x", ":bad", ":bad"},
	} {
		res, _ := get(t, site.URL+tt.path+"?to="+strings.NewReplacer("?", "%3F", "&", "%26", "#", "%23").Replace(tt.to))
		seen := host
		if strings.HasPrefix(tt.path, "/own/") {
			seen = strings.TrimPrefix(up.URL, "http://")
		}
		if got, want := res.Header.Get("Location"), strings.NewReplacer("HOST", seen, "SITE", host).Replace(tt.want); got != want {
			t.Errorf("%s to %s: %q, want %q", tt.path, tt.to, got, want)
		}
	}
}

// A path below the rewritten one does not become the name of a host.
func TestRedirectToAnotherHost(t *testing.T) {
	up := behind(t, func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Location", "/v2//evil.example/") })
	site := front(t, route("/", up.URL, `rewrite = "/v2/"`))
	if res, _ := get(t, site.URL); res.Header.Get("Location") != "/v2//evil.example/" {
		t.Errorf("got %q", res.Header.Get("Location"))
	}
}
