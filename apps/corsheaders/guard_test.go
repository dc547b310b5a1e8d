package corsheaders_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

var admittedLines = []string{"vary: origin", "access-control-allow-origin: " + origin}

// However a response begins, and whatever the handler did to the headers
// before, they are those of the settings.
func TestDoors(t *testing.T) {
	// spoil is called right before the response begins.
	spoil := func(w http.ResponseWriter) {
		w.Header()["access-control-allow-ORIGIN"] = []string{"https://evil.example"}
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		w.Header()["Access-Control-"] = []string{"x"}
		w.Header().Del("Vary")
	}
	for _, tt := range []struct {
		name   string
		status int
		body   string
		handle func(http.ResponseWriter, *http.Request)
	}{
		{"nothing", 200, "", func(w http.ResponseWriter, r *http.Request) {}},
		{"WriteHeader", 404, "", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(404) }},
		{"Write", 200, "x", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("x")) }},
		{"empty Write", 200, "", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write(nil) }},
		{"WriteString", 200, "x", func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "x") }},
		{"ReadFrom", 200, "x", func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.(io.ReaderFrom).ReadFrom(strings.NewReader("x"))
		}},
		{"io.Copy", 200, "x", func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(w, io.MultiReader(strings.NewReader("x")))
		}},
		{"ReadFrom of nothing", 200, "", func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.(io.ReaderFrom).ReadFrom(strings.NewReader(""))
		}},
		{"Flush", 200, "", func(w http.ResponseWriter, r *http.Request) { w.(http.Flusher).Flush() }},
		{"ResponseController.Flush", 200, "", func(w http.ResponseWriter, r *http.Request) {
			if err := http.NewResponseController(w).Flush(); err != nil {
				panic(err)
			}
		}},
		{"http.Error", 503, "no\n", func(w http.ResponseWriter, r *http.Request) { http.Error(w, "no", http.StatusServiceUnavailable) }},
		{"redirect", 302, "", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			http.Redirect(w, r, "/x", http.StatusFound)
		}},
		{"ServeContent", 206, "bc", func(w http.ResponseWriter, r *http.Request) {
			r.Header.Set("Range", "bytes=1-2")
			http.ServeContent(w, r, "x.txt", time.Time{}, strings.NewReader("abcd"))
		}},
		{"TimeoutHandler", 503, "late", func(w http.ResponseWriter, r *http.Request) {
			http.TimeoutHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				spoil(w)
				<-r.Context().Done()
			}), time.Millisecond, "late").ServeHTTP(w, r)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			addr := serve(t, wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
				spoil(w)
				tt.handle(w, r)
				w.Header().Set("Access-Control-Allow-Origin", "*") // too late to matter
			}))
			got := last(ask(t, addr, "GET", "/", "Origin: "+origin))
			if tt.name == "nothing" {
				got.status = 200
			}
			wantLines(t, got.cors(), admittedLines)
			if got.status != tt.status || len(got.values("Transfer-Encoding")) == 0 && got.body != tt.body {
				t.Errorf("got %d %q, want %d %q", got.status, got.body, tt.status, tt.body)
			}
		})
	}
}

// A writer without an ability makes the guard say so, and the response can
// still be made.
func TestUnsupported(t *testing.T) {
	h := wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		rc := http.NewResponseController(w)
		if err := rc.Flush(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("Flush: %v", err)
		}
		if _, _, err := rc.Hijack(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("Hijack: %v", err)
		}
		if err := w.(http.Pusher).Push("/x", nil); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("Push: %v", err)
		}
		if err := rc.SetReadDeadline(time.Now()); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("SetReadDeadline: %v", err)
		}
		//lint:ignore SA1019 old frameworks ask for it
		if c := w.(http.CloseNotifier).CloseNotify(); c != nil {
			t.Error("CloseNotify: a channel")
		}
		w.Header()["Access-Control-Allow-Origin"] = []string{"*"}
		w.WriteHeader(201)
	})
	w := &bareWriter{header: http.Header{}}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Origin", origin)
	h.ServeHTTP(w, r)
	if got := w.header.Values("Access-Control-Allow-Origin"); w.status != 201 || len(got) != 1 || got[0] != origin {
		t.Errorf("got %d, %q", w.status, got)
	}
}

// A bareWriter can do no more than it must.
type bareWriter struct {
	header http.Header
	status int
}

func (w *bareWriter) Header() http.Header         { return w.header }
func (w *bareWriter) Write(p []byte) (int, error) { return len(p), nil }
func (w *bareWriter) WriteHeader(status int)      { w.status = status }

func TestResponseController(t *testing.T) {
	addr := serve(t, wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		rc := http.NewResponseController(w)
		for what, err := range map[string]error{
			"SetReadDeadline":  rc.SetReadDeadline(time.Now().Add(time.Minute)),
			"SetWriteDeadline": rc.SetWriteDeadline(time.Now().Add(time.Minute)),
			"EnableFullDuplex": rc.EnableFullDuplex(),
		} {
			if err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
		//lint:ignore SA1019 old frameworks ask for it
		if c := w.(http.CloseNotifier).CloseNotify(); c == nil {
			t.Error("CloseNotify: no channel")
		}
	}))
	wantLines(t, last(ask(t, addr, "GET", "/", "Origin: "+origin)).cors(), admittedLines)
}

// Off the paths of the settings nothing is touched: the writer is the one that
// came in.
func TestOtherPathsAreLeftAlone(t *testing.T) {
	s := listing(origin)
	s.URLsRegex = "^/api/"
	outer := &bareWriter{header: http.Header{}}
	h := wrap(t, s, func(w http.ResponseWriter, r *http.Request) {
		if w != http.ResponseWriter(outer) {
			t.Errorf("the handler got a %T", w)
		}
		w.Header()["access-control-allow-origin"] = []string{"mine"}
	})
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Origin", origin)
	h.ServeHTTP(outer, r)
	//lint:ignore SA1008 the spelling is what is tested
	if len(outer.header) != 1 || outer.header["access-control-allow-origin"][0] != "mine" {
		t.Errorf("got %v", outer.header)
	}
}
