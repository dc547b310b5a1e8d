package middleware_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled/middleware"
)

func TestRecorder(t *testing.T) {
	for _, tt := range []struct {
		name   string
		write  func(w *middleware.Recorder)
		status int
		bytes  int64
	}{
		{"nothing", func(*middleware.Recorder) {}, 0, 0},
		{"status", func(w *middleware.Recorder) { w.WriteHeader(404) }, 404, 0},
		{"the first status counts", func(w *middleware.Recorder) { w.WriteHeader(404); w.WriteHeader(500) }, 404, 0},
		{"informational", func(w *middleware.Recorder) { w.WriteHeader(103) }, 0, 0},
		{"informational, then final", func(w *middleware.Recorder) { w.WriteHeader(103); w.WriteHeader(201) }, 201, 0},
		{"switching", func(w *middleware.Recorder) { w.WriteHeader(101) }, 101, 0},
		{"write", func(w *middleware.Recorder) { w.Write([]byte("abc")); w.Write([]byte("d")) }, 200, 4},
		{"write string", func(w *middleware.Recorder) { io.WriteString(w, "abc") }, 200, 3},
		{"read from", func(w *middleware.Recorder) { w.ReadFrom(strings.NewReader("abcde")) }, 200, 5},
		{"flush", func(w *middleware.Recorder) { w.Flush() }, 200, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := middleware.NewRecorder(httptest.NewRecorder())
			tt.write(w)
			if w.Status() != tt.status || w.Bytes() != tt.bytes || w.Committed() != (tt.status != 0) {
				t.Errorf("got %d, %d bytes, committed %v; want %d, %d", w.Status(), w.Bytes(), w.Committed(), tt.status, tt.bytes)
			}
		})
	}
}

func TestNewRecorderWrapsOnce(t *testing.T) {
	w := middleware.NewRecorder(httptest.NewRecorder())
	if middleware.NewRecorder(w) != w {
		t.Error("a Recorder was wrapped again")
	}
}

// serveRecorded runs f behind a Recorder on a real server.
func serveRecorded(t *testing.T, http2 bool, f func(w *middleware.Recorder, r *http.Request)) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(handler(func(w http.ResponseWriter, r *http.Request) {
		f(middleware.NewRecorder(w), r)
	}))
	server.EnableHTTP2 = http2
	if http2 {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	return server
}

func TestRecorderHijack(t *testing.T) {
	committed := make(chan bool, 1)
	server := serveRecorded(t, false, func(w *middleware.Recorder, r *http.Request) {
		conn, rw, err := w.Hijack()
		committed <- w.Committed()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		rw.WriteString("HTTP/1.1 299 Mine\r\nContent-Length: 0\r\n\r\n")
		rw.Flush()
	})
	resp, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 299 || !<-committed {
		t.Errorf("got %s", resp.Status)
	}
}

func TestRecorderOverHTTP2(t *testing.T) {
	server := serveRecorded(t, true, func(w *middleware.Recorder, r *http.Request) {
		if _, _, err := w.Hijack(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("Hijack: %v, want http.ErrNotSupported", err)
		}
		if w.Committed() {
			t.Error("a Hijack that failed counts as a response")
		}
		if err := w.Push("/x", nil); err == nil {
			t.Error("Push worked, but Go's client takes no pushes")
		}
		if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Error(err)
		}
		io.WriteString(w, "ok")
	})
	resp, err := server.Client().Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, _ := io.ReadAll(resp.Body); string(body) != "ok" || resp.ProtoMajor != 2 {
		t.Errorf("got %s %q", resp.Proto, body)
	}
}

func TestRecorderPassesInformationalResponses(t *testing.T) {
	server := serveRecorded(t, false, func(w *middleware.Recorder, r *http.Request) {
		w.Header().Set("Link", "</style.css>; rel=preload")
		w.WriteHeader(http.StatusEarlyHints)
		io.WriteString(w, "ok")
	})
	early := 0
	trace := &httptrace.ClientTrace{Got1xxResponse: func(code int, h textproto.MIMEHeader) error {
		early = code
		return nil
	}}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(t.Context(), trace), "GET", server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if early != 103 || resp.StatusCode != 200 {
		t.Errorf("got %d, then %d", early, resp.StatusCode)
	}
}

// readerFrom is a ResponseWriter that notes who fills it.
type readerFrom struct {
	*httptest.ResponseRecorder
	file bool
}

func (w *readerFrom) ReadFrom(src io.Reader) (int64, error) {
	_, w.file = src.(interface{ Fd() uintptr })
	return io.Copy(w.ResponseRecorder, src)
}

// A file has to reach the writer below as a file, or there is no sendfile.
func TestRecorderKeepsSendfile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, bytes.Repeat([]byte("content"), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	below := &readerFrom{ResponseRecorder: httptest.NewRecorder()}
	n, err := middleware.NewRecorder(below).ReadFrom(f)
	if n != 7000 || below.Body.Len() != 7000 || err != nil || !below.file {
		t.Errorf("copied %d, %v; seen as a file: %v", n, err, below.file)
	}
}

// brokenSource fails before it gives a byte.
type brokenSource struct{ panics bool }

func (s brokenSource) Read([]byte) (int, error) {
	if s.panics {
		panic("boom")
	}
	return 0, errors.New("no disk")
}

// A source that gives nothing has not begun the response.
func TestRecorderReadFromBrokenSource(t *testing.T) {
	for _, panics := range []bool{false, true} {
		w := middleware.NewRecorder(httptest.NewRecorder())
		func() {
			defer func() { _ = recover() }()
			if _, err := w.ReadFrom(brokenSource{panics}); err == nil {
				t.Error("the error of the source was lost")
			}
		}()
		if w.Committed() {
			t.Errorf("panics %v: the response counts as begun", panics)
		}
	}
}
