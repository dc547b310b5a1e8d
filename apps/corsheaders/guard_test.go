package corsheaders_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled/middleware"
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
		{"http.Error", 503, "no\n", func(w http.ResponseWriter, r *http.Request) { http.Error(w, "no", 503) }},
		{"redirect", 302, "", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			http.Redirect(w, r, "/x", 302)
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

// Headers set while the source of ReadFrom is read come before the response
// begins, and an error of its is in time for an error page.
func TestReadFromReadsFirst(t *testing.T) {
	t.Run("headers", func(t *testing.T) {
		addr := serve(t, wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(w, readerFunc(func(p []byte) (int, error) {
				w.Header().Set("Access-Control-Allow-Origin", "*")
				return copy(p, "x"), io.EOF
			}))
		}))
		wantLines(t, last(ask(t, addr, "GET", "/", "Origin: "+origin)).cors(), admittedLines)
	})
	t.Run("error", func(t *testing.T) {
		addr := serve(t, wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
			if _, err := io.Copy(w, readerFunc(func([]byte) (int, error) { return 0, errors.New("broken") })); err != nil {
				http.Error(w, err.Error(), http.StatusBadGateway)
			}
		}))
		got := last(ask(t, addr, "GET", "/", "Origin: "+origin))
		wantLines(t, got.cors(), admittedLines)
		if got.status != http.StatusBadGateway || got.body != "broken\n" {
			t.Errorf("got %+v, want the error page", got)
		}
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// A file of any size arrives whole, and most of it goes through the ReadFrom of
// the writer below, which is where sendfile is.
func TestReadFromUsesTheWriterBelow(t *testing.T) {
	for _, size := range []int{0, 1, 511, 512, 513, 5000, 1 << 20} {
		want := bytes.Repeat([]byte("0123456789abcdef"), size/16+1)[:size]
		name := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(name, want, 0o600); err != nil {
			t.Fatal(err)
		}
		var below *readerFromCounter
		h := wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
			f, err := os.Open(name)
			if err != nil {
				panic(err)
			}
			defer f.Close()
			if n, err := io.Copy(w, f); n != int64(size) || err != nil {
				t.Errorf("io.Copy returned %d, %v; want %d", n, err, size)
			}
		})
		addr := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			below = &readerFromCounter{ResponseWriter: w}
			h.ServeHTTP(below, r)
		}))
		resp, err := http.Get("http://" + addr)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: got %d, %v", size, len(got), err)
		}
		if through := max(0, size-512); below.n != int64(through) {
			t.Errorf("%d bytes: %d went through ReadFrom, want %d", size, below.n, through)
		}
	}
}

type readerFromCounter struct {
	http.ResponseWriter
	n int64
}

func (w *readerFromCounter) ReadFrom(r io.Reader) (int64, error) {
	n, err := w.ResponseWriter.(io.ReaderFrom).ReadFrom(r)
	w.n += n
	return n, err
}

func TestInformational(t *testing.T) {
	addr := serve(t, wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Link", "</style.css>; rel=preload")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.WriteHeader(http.StatusEarlyHints)
		// What came back in the map is not to be trusted either.
		w.Header()["Access-Control-Allow-Origin"][0] = "https://evil.example"
		w.Header().Add("Access-Control-Expose-Headers", "*")
		w.Header().Add("Vary", "Cookie")
		w.WriteHeader(http.StatusEarlyHints)
		w.Header()["Vary"][0] = "Accept"
		w.WriteHeader(http.StatusCreated)
	}))
	got := ask(t, addr, "GET", "/", "Origin: "+origin)
	if len(got) != 3 || got[0].status != 103 || got[1].status != 103 || got[2].status != 201 {
		t.Fatalf("got %+v, want two 103 and a 201", got)
	}
	wantLines(t, got[0].cors(), admittedLines)
	wantLines(t, got[1].cors(), []string{admittedLines[1], "vary: Cookie", "vary: origin"})
	wantLines(t, got[2].cors(), []string{admittedLines[1], "vary: Accept", "vary: Cookie", "vary: origin"})
}

func TestSwitchingProtocols(t *testing.T) {
	addr := serve(t, wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Upgrade", "x")
		w.Header().Set("Connection", "Upgrade")
		w.WriteHeader(http.StatusSwitchingProtocols)
	}))
	got := last(ask(t, addr, "GET", "/", "Origin: "+origin))
	if got.status != http.StatusSwitchingProtocols {
		t.Errorf("status %d", got.status)
	}
	wantLines(t, got.cors(), admittedLines)
}

// What a handler writes to a hijacked connection is its own, and nothing is
// added to it.
func TestHijack(t *testing.T) {
	const written = "HTTP/1.1 299 Mine\r\nConnection: close\r\n\r\nx"
	addr := serve(t, wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		if got := w.Header().Get("Access-Control-Allow-Origin"); got != origin {
			t.Errorf("the map has %q, want the headers for those who write it themselves", got)
		}
		delete(w.Header(), "Vary")
		_, _ = io.WriteString(conn, written)
	}))
	got := last(ask(t, addr, "GET", "/", "Origin: "+origin))
	if got.status != 299 || len(got.cors()) != 0 || got.body != "x" {
		t.Errorf("got %+v, want what the handler wrote", got)
	}
}

func TestHijackLeavesTheMapAlone(t *testing.T) {
	var h http.Header
	inner := wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		conn.Close()
		h = w.Header()
		clear(h)
	})
	done := make(chan int)
	addr := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner.ServeHTTP(w, r)
		done <- len(h)
	}))
	resp, err := http.Get("http://" + addr)
	if err == nil {
		resp.Body.Close()
	}
	if n := <-done; n != 0 {
		t.Errorf("%d headers were set after the connection was hijacked", n)
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
		if c := w.(http.CloseNotifier).CloseNotify(); c != nil { //nolint:staticcheck // what old frameworks do
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
		if c := w.(http.CloseNotifier).CloseNotify(); c == nil { //nolint:staticcheck // what old frameworks do
			t.Error("CloseNotify: no channel")
		}
	}))
	wantLines(t, last(ask(t, addr, "GET", "/", "Origin: "+origin)).cors(), admittedLines)
}

// A flushed response arrives while the handler is still at it.
func TestStreaming(t *testing.T) {
	proceed := make(chan struct{})
	addr := serve(t, wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		for i := range 3 {
			fmt.Fprintf(w, "data: %d\n\n", i)
			w.(http.Flusher).Flush()
			<-proceed
		}
	}))
	r, _ := http.NewRequest("GET", "http://"+addr, nil)
	r.Header.Set("Origin", origin)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got := resp.Header.Get("Access-Control-Allow-Origin"); got != origin {
		t.Errorf("got %q", got)
	}
	buf := make([]byte, len("data: 0\n\n"))
	for i := range 3 {
		if _, err := io.ReadFull(resp.Body, buf); err != nil || string(buf) != fmt.Sprintf("data: %d\n\n", i) {
			t.Fatalf("event %d: %q, %v", i, buf, err)
		}
		proceed <- struct{}{}
	}
}

// Trailers are the handler's own.
func TestTrailers(t *testing.T) {
	addr := serve(t, wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-Sum")
		_, _ = io.WriteString(w, "x")
		w.Header().Set("X-Sum", "1")
		w.Header().Set(http.TrailerPrefix+"X-More", "2")
	}))
	r, _ := http.NewRequest("GET", "http://"+addr, nil)
	r.Header.Set("Origin", origin)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	if resp.Header.Get("Access-Control-Allow-Origin") != origin || resp.Trailer.Get("X-Sum") != "1" || resp.Trailer.Get("X-More") != "2" {
		t.Errorf("got %v, trailers %v", resp.Header, resp.Trailer)
	}
}

func TestHTTP2(t *testing.T) {
	srv := httptest.NewUnstartedServer(wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		w.Header()["access-control-allow-origin"] = []string{"*"}
		w.Header()["vary"] = []string{"Cookie, origin"}
		if r.URL.Path == "/flush" {
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
		}
		if _, _, err := http.NewResponseController(w).Hijack(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("Hijack: %v", err)
		}
		if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Errorf("SetWriteDeadline: %v", err)
		}
		if _, ok := w.(http.Pusher); !ok {
			t.Error("no http.Pusher")
		}
		_, _ = io.WriteString(w, r.Proto)
	}))
	srv.EnableHTTP2 = true
	srv.StartTLS()
	defer srv.Close()
	for _, path := range []string{"/", "/flush"} {
		r, _ := http.NewRequest("GET", srv.URL+path, nil)
		r.Header.Set("Origin", origin)
		resp, err := srv.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if string(body) != "HTTP/2.0" {
			t.Fatalf("spoke %q", body)
		}
		origins, varies := resp.Header.Values("Access-Control-Allow-Origin"), resp.Header.Values("Vary")
		if len(origins) != 1 || origins[0] != origin || len(varies) != 1 || varies[0] != "Cookie, origin" {
			t.Errorf("%s: got %v", path, resp.Header)
		}
	}
}

// A panic before the response has begun leaves the headers to whoever answers:
// a guard between two links, a recoverer outside, or one inside.
func TestPanic(t *testing.T) {
	panics := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		panic("boom")
	}
	recoverer := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer func() {
				if recover() != nil {
					w.WriteHeader(http.StatusInternalServerError)
				}
			}()
			next.ServeHTTP(w, r)
		})
	}
	chain := middleware.Chain{{Name: "cors", New: func() (middleware.Func, error) {
		return func(next http.Handler) http.Handler { return wrap(t, listing(origin), next.ServeHTTP) }, nil
	}}}
	inChain, err := chain.Wrap(http.HandlerFunc(panics), func(w http.ResponseWriter, r *http.Request, value any, stack []byte, committed bool) {
		http.Error(w, "failed", http.StatusInternalServerError)
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, h := range map[string]http.Handler{
		"chain":   inChain,
		"outside": recoverer(wrap(t, listing(origin), panics)),
		"inside":  wrap(t, listing(origin), recoverer(http.HandlerFunc(panics)).ServeHTTP),
	} {
		t.Run(name, func(t *testing.T) {
			got := last(ask(t, serve(t, h), "GET", "/", "Origin: "+origin))
			if got.status != http.StatusInternalServerError {
				t.Errorf("status %d", got.status)
			}
			wantLines(t, got.cors(), admittedLines)
		})
	}
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
	if len(outer.header) != 1 || outer.header["access-control-allow-origin"][0] != "mine" {
		t.Errorf("got %v", outer.header)
	}
}
