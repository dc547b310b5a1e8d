package requestid_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/requestid"
)

func build(t testing.TB, change func(*requestid.Settings), h http.HandlerFunc) http.Handler {
	t.Helper()
	s := requestid.Defaults()
	s.FromTrustedProxy = func(r *http.Request) bool { return strings.HasPrefix(r.RemoteAddr, "10.") }
	if change != nil {
		change(&s)
	}
	f, err := requestid.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return f(h)
}

var made = regexp.MustCompile(`^[0-9a-f]{32}$`)

// An id is the same in the request, its context and the response; one that comes
// along counts from a trusted proxy alone, if it is harmless.
func TestID(t *testing.T) {
	for _, tt := range []struct {
		name, peer string
		sent       []string
		kept       bool
	}{
		{"none", "10.0.0.1:1", nil, false},
		{"from a proxy", "10.0.0.1:1", []string{"Root=1-67891233-abcdef012345678912345678"}, true},
		{"UUID", "10.0.0.1:1", []string{"3e8f0c6a-6a0e-4f0e-9e43-0a1f5a9c1b11"}, true},
		{"from anyone", "192.0.2.1:1", []string{"abc"}, false},
		{"empty", "10.0.0.1:1", []string{""}, false},
		{"two", "10.0.0.1:1", []string{"a", "b"}, false},
		{"a line break", "10.0.0.1:1", []string{"a\nb"}, false},
		{"a blank", "10.0.0.1:1", []string{"a b"}, false},
		{"a quote", "10.0.0.1:1", []string{`a"b`}, false},
		{"markup", "10.0.0.1:1", []string{"<b>"}, false},
		{"beyond ASCII", "10.0.0.1:1", []string{"é"}, false},
		{"long", "10.0.0.1:1", []string{strings.Repeat("a", 128)}, true},
		{"too long", "10.0.0.1:1", []string{strings.Repeat("a", 129)}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var inContext, inHeader string
			h := build(t, nil, func(w http.ResponseWriter, r *http.Request) {
				inContext, inHeader = requestid.From(r.Context()), r.Header.Get("X-Request-ID")
				w.Header().Add("X-Request-ID", "upstream's")
				w.WriteHeader(http.StatusTeapot)
			})
			w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = tt.peer
			r.Header["X-Request-Id"] = tt.sent
			h.ServeHTTP(w, r)
			got := w.Header()["X-Request-Id"]
			if len(got) != 1 || got[0] != inContext || got[0] != inHeader {
				t.Fatalf("response %q, context %q, request %q", got, inContext, inHeader)
			}
			if tt.kept && got[0] != tt.sent[0] || !tt.kept && !made.MatchString(got[0]) {
				t.Errorf("got %q", got[0])
			}
		})
	}
}

// Alone, it believes nobody.
func TestDefaults(t *testing.T) {
	f, err := requestid.New(requestid.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)
	r.Header.Set("X-Request-ID", "abc")
	f(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})).ServeHTTP(w, r)
	if got := w.Header().Get("X-Request-ID"); !made.MatchString(got) {
		t.Errorf("got %q", got)
	}
}

// The ids of two requests differ, and a site's layers further out see them.
func TestSeenFromOutside(t *testing.T) {
	h := build(t, nil, func(http.ResponseWriter, *http.Request) {})
	var ids []string
	for range 2 {
		r := middleware.Carry(httptest.NewRequest("GET", "/", nil), "a", "b")
		h.ServeHTTP(httptest.NewRecorder(), r)
		ids = append(ids, requestid.From(r.Context()))
	}
	if ids[0] == ids[1] || !made.MatchString(ids[0]) {
		t.Errorf("got %q", ids)
	}
}

// The answer to a panic has the id, too.
func TestOnErrors(t *testing.T) {
	link := middleware.Link{Name: "id", New: func() (middleware.Func, error) { return requestid.New(requestid.Defaults()) }}
	h, err := middleware.Chain{link}.Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("boom") }),
		func(w http.ResponseWriter, _ *http.Request, _ any, _ []byte, _ bool) { w.WriteHeader(500) })
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != 500 || !made.MatchString(w.Header().Get("X-Request-ID")) {
		t.Errorf("got %d %v", w.Code, w.Header())
	}
}

func TestOtherHeader(t *testing.T) {
	h := build(t, func(s *requestid.Settings) { s.RequestIDHeader = "x-correlation-id" }, func(http.ResponseWriter, *http.Request) {})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Header().Get("X-Correlation-ID") == "" || len(w.Header()) != 1 {
		t.Errorf("got %v", w.Header())
	}
	for _, bad := range []string{"", "a b", "a_b", "é"} {
		if _, err := requestid.New(requestid.Settings{RequestIDHeader: bad}); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

// Records of the request have the id, others none.
func TestLogHandler(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(requestid.LogHandler(slog.NewJSONHandler(&out, nil))).With("a", 1)
	h := build(t, nil, func(_ http.ResponseWriter, r *http.Request) { log.InfoContext(r.Context(), "inside") })
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	log.Info("outside")
	dec := json.NewDecoder(&out)
	var inside, outside map[string]any
	if dec.Decode(&inside) != nil || dec.Decode(&outside) != nil {
		t.Fatal("these are no two records")
	}
	if inside["request_id"] != w.Header().Get("X-Request-ID") || inside["a"] != 1.0 || outside["request_id"] != nil {
		t.Errorf("got %v and %v", inside, outside)
	}
}

func Benchmark(b *testing.B) {
	h := build(b, nil, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	w := httptest.NewRecorder()
	r := middleware.Carry(httptest.NewRequest("GET", "/", nil), "a", "b")
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(w, r)
	}
}
