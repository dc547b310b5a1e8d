package corsheaders_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func TestVary(t *testing.T) {
	for _, tt := range []struct {
		name string
		set  func(http.Header)
		want []string
	}{
		{"none", func(h http.Header) {}, []string{"origin"}},
		{"no lines", func(h http.Header) { h["Vary"] = nil }, []string{"origin"}},
		{"another", func(h http.Header) { h.Set("Vary", "Cookie") }, []string{"Cookie", "origin"}},
		{"several lines", func(h http.Header) { h["Vary"] = []string{"A", "B, C", "D", "E", "F"} }, []string{"A", "B, C", "D", "E", "F", "origin"}},
		{"there already", func(h http.Header) { h.Set("Vary", "Cookie, ORIGIN") }, []string{"Cookie, ORIGIN"}},
		{"not quite", func(h http.Header) { h.Set("Vary", "Origin-Agent-Cluster,xorigin") }, []string{"Origin-Agent-Cluster,xorigin", "origin"}},
		{"twice", func(h http.Header) { h["Vary"] = []string{"Origin", "a,, origin ,b", "Origin"} }, []string{"a, b", "origin"}},
		{"star", func(h http.Header) { h.Set("Vary", "*") }, []string{"*"}},
		{"star among others", func(h http.Header) { h["Vary"] = []string{"Cookie", "Origin, * "} }, []string{"*"}},
		{"raw spelling", func(h http.Header) { h["vary"] = []string{"Cookie"} }, []string{"Cookie", "origin"}},
		{"raw spelling of ours", func(h http.Header) { h["vARY"] = []string{"origin"} }, []string{"origin"}},
		{"two spellings", func(h http.Header) { h["Vary"], h["vary"] = []string{"Origin"}, []string{"Origin"} }, []string{"origin"}},
		{"a star in raw spelling", func(h http.Header) { h["Vary"], h["vary"] = []string{"Cookie"}, []string{"*"} }, []string{"*"}},
		{"deleted", func(h http.Header) { h.Set("Vary", "Cookie"); h.Del("Vary") }, []string{"origin"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			addr := serve(t, wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) { tt.set(w.Header()) }))
			got := last(ask(t, addr, "GET", "/", "Origin: "+origin))
			if varies := got.values("Vary"); !slices.Equal(varies, tt.want) {
				t.Errorf("got %q, want %q", varies, tt.want)
			}
			if admitted := got.values("Access-Control-Allow-Origin"); !slices.Equal(admitted, []string{origin}) {
				t.Errorf("Access-Control-Allow-Origin: %q", admitted)
			}
		})
	}
}

// What was set outside is merged too, also with a preflight answer.
func TestVaryFromOutside(t *testing.T) {
	inner := wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {})
	addr := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["vary"] = []string{"Cookie"}
		w.Header().Set("Access-Control-Allow-Methods", "PURGE")
		inner.ServeHTTP(w, r)
	}))
	for _, header := range []string{"X: y", "Access-Control-Request-Method: PUT"} {
		got := last(ask(t, addr, "OPTIONS", "/", header))
		wantLines(t, got.cors(), []string{"vary: Cookie", "vary: origin"})
	}
}

// A handler's slice may belong to all requests: nothing is written into it.
func TestHandlersSliceIsNotWrittenTo(t *testing.T) {
	shared := append(make([]string, 0, 8), "Cookie")
	h := wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) { w.Header()["Vary"] = shared })
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	if beyond := shared[:2][1]; beyond != "" {
		t.Errorf("%q was written behind the handler's slice", beyond)
	}
}

// No two responses share a header slice, and none can be grown into another.
func TestSlicesAreOfOneResponse(t *testing.T) {
	s := listing(origin)
	s.AllowCredentials, s.ExposeHeaders, s.AllowPrivateNetwork = true, []string{"etag"}, true
	h := wrap(t, s, func(w http.ResponseWriter, r *http.Request) {})
	for _, method := range []string{"", "GET", "OPTIONS", "preflight"} {
		r := httptest.NewRequest(strings.Replace(method, "preflight", "OPTIONS", 1), "/", nil)
		r.Header.Set("Access-Control-Request-Private-Network", "true")
		if method != "" {
			r.Header.Set("Origin", origin)
		}
		if method == "preflight" {
			r.Header.Set("Access-Control-Request-Method", "PUT")
		}
		first, second := httptest.NewRecorder(), httptest.NewRecorder()
		h.ServeHTTP(first, r)
		h.ServeHTTP(second, r)
		want := second.Header().Clone()
		for name, values := range first.Header() {
			values[0] = name
			first.Header()[name] = append(values, name)
		}
		for name, values := range first.Header() {
			if !slices.Equal(values, []string{name, name}) {
				t.Errorf("%s %s: %q has grown into another header", method, name, values)
			}
		}
		for name, values := range want {
			if !slices.Equal(second.Header()[name], values) {
				t.Errorf("%s %s: shared between responses", method, name)
			}
		}
	}
}
