package wrapped_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/textproto"
	"strings"
	"testing"
	"time"
)

// serve is a server with h behind a keeper.
func serve(t *testing.T, http2 bool, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		(&keeper{limit: 10}).around(h).ServeHTTP(w, r)
	}))
	if server.EnableHTTP2 = http2; http2 {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	return server
}

// What a ResponseWriter of net/http can do is still there, over both protocols.
func TestHoldKeepsAbilities(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		server := serve(t, http2, func(w http.ResponseWriter, r *http.Request) {
			rc := http.NewResponseController(w)
			if err := rc.SetWriteDeadline(time.Now().Add(time.Minute)); err != nil {
				t.Error(err)
			}
			w.Header().Set("Link", "</a.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			w.Header().Set("Trailer", "X-End")
			write(w, "some")
			if err := rc.Flush(); err != nil {
				t.Error(err)
			}
			w.Header().Set("X-End", "yes")
		})
		early := 0
		ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{
			Got1xxResponse: func(int, textproto.MIMEHeader) error { early++; return nil }})
		resp, body := ask(ctx, t, server, "GET")
		if resp.StatusCode != 200 || body != "some" || resp.Trailer.Get("X-End") != "yes" || early != 1 {
			t.Errorf("HTTP/2 %v: got %s %q, trailer %v, %d early hints", http2, resp.Status, body, resp.Trailer, early)
		}
	}
}

func ask(ctx context.Context, t *testing.T, server *httptest.Server, method string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return resp, "broken: " + string(body)
	}
	return resp, string(body)
}

// HEAD has the headers of GET, as far as the handler lets it.
func TestHoldHead(t *testing.T) {
	for name, tt := range map[string]struct {
		h      http.HandlerFunc
		length int64
	}{
		"a body":      {func(w http.ResponseWriter, _ *http.Request) { write(w, "some") }, 4},
		"none":        {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(200) }, -1},
		"declared":    {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "4") }, 4},
		"much, there": {func(w http.ResponseWriter, _ *http.Request) { write(w, strings.Repeat("x", 5000)) }, -1},
	} {
		t.Run(name, func(t *testing.T) {
			resp, _ := ask(t.Context(), t, serve(t, false, tt.h), "HEAD")
			if resp.ContentLength != tt.length {
				t.Errorf("got %d, want %d", resp.ContentLength, tt.length)
			}
		})
	}
}

// A body that is shorter than declared looks broken to the client.
func TestHoldShortBody(t *testing.T) {
	server := serve(t, false, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "8")
		write(w, "short")
	})
	if _, body := ask(t.Context(), t, server, "GET"); !strings.HasPrefix(body, "broken") {
		t.Errorf("got %q", body)
	}
}

func TestHoldHijack(t *testing.T) {
	server := serve(t, false, func(w http.ResponseWriter, _ *http.Request) {
		conn, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		write(rw, "HTTP/1.1 299 Mine\r\nContent-Length: 0\r\n\r\n")
		rw.Flush()
	})
	if resp, _ := ask(t.Context(), t, server, "GET"); resp.StatusCode != 299 {
		t.Errorf("got %s", resp.Status)
	}
}

// sendfile notes who fills it.
type sendfile struct {
	*httptest.ResponseRecorder
	file bool
}

func (w *sendfile) ReadFrom(src io.Reader) (int64, error) {
	_, w.file = src.(file)
	return io.Copy(w.ResponseRecorder, src)
}

// file stands for one.
type file struct {
	io.Reader
}

// What is not looked at can be sent by the kernel.
func TestHoldKeepsSendfile(t *testing.T) {
	w := &sendfile{ResponseRecorder: httptest.NewRecorder()}
	(&keeper{limit: 10}).around(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "50000")
		w.(io.ReaderFrom).ReadFrom(file{Reader: strings.NewReader(strings.Repeat("x", 50000))})
	}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if !w.file || w.Body.Len() != 50000 {
		t.Errorf("seen as a file: %v, %d bytes", w.file, w.Body.Len())
	}
}
