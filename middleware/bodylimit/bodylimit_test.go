package bodylimit_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/bodylimit"
)

const limit = 1000

func build(t testing.TB, h http.HandlerFunc) http.Handler {
	t.Helper()
	f, err := bodylimit.New(bodylimit.Settings{RequestBodyLimit: limit, RequestBodyLimitExempt: []string{`^upload/`}})
	if err != nil {
		t.Fatal(err)
	}
	return f(h)
}

// unsized hides how long a body is.
type unsized struct{ io.Reader }

// readAll answers with what it could read, and with 400 when it could not.
func readAll(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Write(body)
}

func send(t *testing.T, h http.Handler, path string, body io.Reader) (status int, answer string, header http.Header) {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	resp, err := server.Client().Post(server.URL+path, "text/plain", body)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Error(err)
	}
	return resp.StatusCode, string(text), resp.Header
}

func TestLimit(t *testing.T) {
	fits, long := strings.Repeat("a", limit), strings.Repeat("a", limit+1)
	for _, tt := range []struct {
		name, path string
		body       io.Reader
		want       int
	}{
		{"fits", "/", strings.NewReader(fits), 200},
		{"fits, of unknown length", "/", unsized{strings.NewReader(fits)}, 200},
		{"empty", "/", nil, 200},
		{"too long", "/", strings.NewReader(long), 413},
		{"too long, of unknown length", "/", unsized{strings.NewReader(long)}, 413},
		{"much too long, of unknown length", "/", unsized{strings.NewReader(strings.Repeat("a", 20*limit))}, 413},
		{"exempt", "/upload/x", strings.NewReader(long), 200},
		{"exempt, of unknown length", "/upload/x", unsized{strings.NewReader(long)}, 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, answer, header := send(t, build(t, readAll), tt.path, tt.body)
			if status != tt.want {
				t.Errorf("got %d %q", status, answer)
			}
			if status == 413 && (!strings.Contains(answer, "Content Too Large (413)") || header.Get("Content-Type") != "text/html") {
				t.Errorf("got %q %v", answer, header)
			}
		})
	}
}

// Before a byte of a body that is too long is read, it is refused.
func TestRefusedUnread(t *testing.T) {
	r := httptest.NewRequest("POST", "/", nil)
	r.ContentLength, r.Body = limit+1, io.NopCloser(unreadable{t})
	w := httptest.NewRecorder()
	build(t, func(http.ResponseWriter, *http.Request) { t.Error("the handler was called") }).ServeHTTP(w, r)
	if w.Code != 413 {
		t.Errorf("got %d", w.Code)
	}
}

type unreadable struct{ t *testing.T }

func (u unreadable) Read([]byte) (int, error) { u.t.Error("the body was read"); return 0, io.EOF }

// What a handler makes of the error.
func TestHandlersAnswer(t *testing.T) {
	for name, tt := range map[string]struct {
		h       http.HandlerFunc
		want    int
		content string
	}{
		"an error": {readAll, 413, "Content Too Large"},
		"its own 413": {func(w http.ResponseWriter, r *http.Request) {
			io.ReadAll(r.Body)
			http.Error(w, "mine", http.StatusRequestEntityTooLarge)
		}, 413, "mine"},
		"success":         {func(w http.ResponseWriter, r *http.Request) { io.ReadAll(r.Body); io.WriteString(w, "enough") }, 200, "enough"},
		"reads no body":   {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "mine", http.StatusForbidden) }, 403, "mine"},
		"the error again": {func(w http.ResponseWriter, r *http.Request) { io.ReadAll(r.Body); readAll(w, r) }, 413, "Content Too Large"},
		"a form": {func(w http.ResponseWriter, r *http.Request) {
			if err := r.ParseMultipartForm(10); err != nil {
				http.Error(w, "form", 500)
			}
		}, 413, "Content Too Large"},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest("POST", "/", unsized{strings.NewReader(strings.Repeat("a", limit+1))})
			r.ContentLength = -1
			r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
			w := httptest.NewRecorder()
			build(t, tt.h).ServeHTTP(w, r)
			if w.Code != tt.want || !strings.Contains(w.Body.String(), tt.content) || strings.Contains(w.Body.String(), "too large") {
				t.Errorf("got %d %q", w.Code, w.Body)
			}
		})
	}
}

func TestErrorIsNetHTTPs(t *testing.T) {
	r := httptest.NewRequest("POST", "/", unsized{strings.NewReader(strings.Repeat("a", limit+1))})
	r.ContentLength = -1
	build(t, func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var tooLarge *http.MaxBytesError
		if !errors.As(err, &tooLarge) || tooLarge.Limit != limit || len(body) != limit {
			t.Errorf("got %d bytes, %v", len(body), err)
		}
	}).ServeHTTP(httptest.NewRecorder(), r)
}

// A handler that panics with the error has sent too much to it, too; any client gets
// the form that it asks for.
func TestPanic(t *testing.T) {
	link := middleware.Link{Name: "limit", New: func() (middleware.Func, error) {
		return bodylimit.New(bodylimit.Settings{RequestBodyLimit: limit})
	}}
	h, err := middleware.Chain{link}.Wrap(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			panic(err)
		}
	}), func(w http.ResponseWriter, _ *http.Request, _ any, _ []byte, _ bool) { http.Error(w, "sorry", 500) })
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/", unsized{strings.NewReader(strings.Repeat("a", limit+1))})
	r.ContentLength = -1
	r.Header.Set("Accept", "application/json")
	w := httptest.NewRecorder()
	w.Header().Set("Vary", "Origin")
	h.ServeHTTP(w, r)
	if w.Code != 413 || w.Header().Get("Content-Type") != "application/problem+json" || len(w.Header()["Vary"]) != 2 || w.Header().Get("Connection") != "close" {
		t.Errorf("got %d %v %q", w.Code, w.Header(), w.Body)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, s := range []bodylimit.Settings{{}, {RequestBodyLimit: -1}, {RequestBodyLimit: 1, RequestBodyLimitExempt: []string{"("}}} {
		if _, err := bodylimit.New(s); err == nil {
			t.Errorf("%+v is taken", s)
		}
	}
}

func Benchmark(b *testing.B) {
	ok := func(w http.ResponseWriter, r *http.Request) { io.Copy(io.Discard, r.Body); w.WriteHeader(204) }
	for name, length := range map[string]int64{"length known": 10, "length unknown": -1} {
		b.Run(name, func(b *testing.B) {
			h := build(b, ok)
			w, r := httptest.NewRecorder(), httptest.NewRequest("POST", "/", nil)
			source := strings.NewReader("")
			r.ContentLength = length
			b.ReportAllocs()
			for b.Loop() {
				source.Reset("0123456789")
				r.Body = io.NopCloser(source)
				h.ServeHTTP(w, r)
			}
		})
	}
}
