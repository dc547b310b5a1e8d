package wrapped_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/wrapped"
)

// stamp is an editor that says what it saw.
type stamp struct {
	name   string
	status int // what it returns, if not 0
	seen   *[]string
}

func (s stamp) EditHeader(h http.Header, r *http.Request, status int) int {
	*s.seen = append(*s.seen, s.name+" "+http.StatusText(status)+" "+r.URL.Path)
	h.Add("Stamp", s.name)
	if s.status != 0 {
		return s.status
	}
	return status
}

func around(next http.Handler, all ...stamp) http.Handler {
	for _, s := range slices.Backward(all) {
		inner := next
		next = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { wrapped.Serve(inner, w, r, s) })
	}
	return next
}

// Whatever begins the response, each editor is called once, the inner ones first.
func TestServe(t *testing.T) {
	for name, tt := range map[string]struct {
		h      http.HandlerFunc
		status string
	}{
		"nothing":     {func(http.ResponseWriter, *http.Request) {}, "OK"},
		"WriteHeader": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404); w.WriteHeader(200) }, "Not Found"},
		"Write":       {func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("a")); w.Write([]byte("b")) }, "OK"},
		"WriteString": {func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "a") }, "OK"},
		"ReadFrom": {func(w http.ResponseWriter, _ *http.Request) {
			w.(io.ReaderFrom).ReadFrom(strings.NewReader("a"))
		}, "OK"},
		"Flush":       {func(w http.ResponseWriter, _ *http.Request) { w.(http.Flusher).Flush() }, "OK"},
		"early hints": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(103); w.WriteHeader(201) }, "Created"},
		"Hijack": {func(w http.ResponseWriter, _ *http.Request) {
			if _, _, err := http.NewResponseController(w).Hijack(); err == nil {
				panic("a recorder was hijacked")
			}
			w.WriteHeader(202)
		}, "Accepted"},
	} {
		t.Run(name, func(t *testing.T) {
			var seen []string
			h := around(tt.h, stamp{"a", 0, &seen}, stamp{"b", 0, &seen}, stamp{"c", 0, &seen})
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest("GET", "/x", nil))
			want := []string{"c " + tt.status + " /x", "b " + tt.status + " /x", "a " + tt.status + " /x"}
			if name == "Hijack" {
				seen = seen[len(seen)-3:] // the first three were for nothing
			}
			if !slices.Equal(seen, want) {
				t.Errorf("got %q, want %q", seen, want)
			}
		})
	}
}

// An editor may change the status, and the next one sees that.
func TestServeStatus(t *testing.T) {
	var seen []string
	h := around(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "") }),
		stamp{"a", 0, &seen}, stamp{"b", 304, &seen})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != 304 || !slices.Equal(seen, []string{"b OK /", "a Not Modified /"}) {
		t.Errorf("got %d, %q", w.Code, seen)
	}
}

// One writer serves them all.
func TestServeShares(t *testing.T) {
	var seen []string
	var writers []http.ResponseWriter
	note := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			writers = append(writers, w)
			wrapped.Serve(next, w, r, stamp{"x", 0, &seen})
		})
	}
	h := http.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { writers = append(writers, w) }))
	for range 12 {
		h = note(h)
	}
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	if len(seen) != 12 {
		t.Errorf("%d editors were called", len(seen))
	}
	distinct := slices.Compact(writers)
	if len(distinct) != 3 { // the recorder, and two that edit: one has room for eight
		t.Errorf("%d writers", len(distinct))
	}
}

// Another response comes instead: its headers are edited too.
func TestDiscard(t *testing.T) {
	var seen []string
	h := around(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(200)
		w.(interface{ Discard() }).Discard()
		w.WriteHeader(500)
	}), stamp{"a", 0, &seen})
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	if !slices.Equal(seen, []string{"a OK /", "a Internal Server Error /"}) {
		t.Errorf("got %q", seen)
	}
}
