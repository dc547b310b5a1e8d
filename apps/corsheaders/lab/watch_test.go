package lab_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/apps/corsheaders/explain"
	"github.com/settled-go/settled/apps/corsheaders/lab"
	"github.com/settled-go/settled/settledtest"
)

// watched is the laboratory's list, and next inside what notes its requests.
func watched(t *testing.T, next http.HandlerFunc) (list, site http.Handler) {
	t.Helper()
	s := settledtest.Start(t, apps, base)
	l := lab.New(explain.New(s.Project(), "corsheaders.middleware.CorsMiddleware", nil))
	t.Cleanup(func() { _ = l.Close() })
	tool := l.Tool()
	return tool.Handler, tool.Watch(next)
}

// However a response begins, what is listed is what went out, and what went out
// is what goes out when nobody watches.
func TestWatchChangesNothing(t *testing.T) {
	for _, tt := range []struct {
		name   string
		handle http.HandlerFunc
		want   string
	}{
		{"nothing", func(w http.ResponseWriter, r *http.Request) {}, ">200<"},
		{"WriteHeader", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(404) }, ">404<"},
		{"Write", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("x")) }, ">200<"},
		{"WriteString", func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "x") }, ">200<"},
		{"ReadFrom", func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.(io.ReaderFrom).ReadFrom(strings.NewReader(strings.Repeat("x", 5000)))
		}, ">200<"},
		{"Flush", func(w http.ResponseWriter, r *http.Request) { w.(http.Flusher).Flush() }, ">200<"},
		{"informational", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(103); w.WriteHeader(202) }, ">202<"},
		{"too late", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(200)
			w.Header().Set("Access-Control-Allow-Origin", "*")
		}, "blocked"},
		{"just in time", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			_, _ = w.Write(nil)
			w.Header().Del("Access-Control-Allow-Origin")
		}, "readable"},
		{"redirect", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			http.Redirect(w, r, "/login?next=s3cret", http.StatusFound)
		}, "redirected"},
		{"hijack", func(w http.ResponseWriter, r *http.Request) {
			conn, rw, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_, _ = rw.WriteString("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")
				_, _ = rw.Flush(), conn.Close()
			}
		}, "took over the connection"},
		{"panic", func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }, "no answer"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list, site := watched(t, tt.handle)
			if diff := cmp.Diff(answer(t, tt.handle), answer(t, site)); diff != "" {
				t.Errorf("the answer differs (-alone +watched):\n%s", diff)
			}
			body := do(list, "GET", "/recent", "").Body.String()
			if !strings.Contains(body, tt.want) || strings.Contains(body, "s3cret") || strings.Count(body, "<tr>") != 2 {
				t.Errorf("want one line with %s:\n%s", tt.want, body)
			}
		})
	}
}

// answer is what a client gets from the handler, without the date.
func answer(t *testing.T, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	r, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+"/x", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", app)
	response, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	response.Header.Del("Date")
	got, err := httputil.DumpResponse(response, true)
	return fmt.Sprintf("%s %v", got, err)
}

// A stream is listed when it begins, and not when it ends.
func TestWatchStream(t *testing.T) {
	listed, done := make(chan bool), make(chan bool)
	list, site := watched(t, func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).Flush()
		close(listed)
		<-done
	})
	server := httptest.NewServer(site)
	defer server.Close()
	defer close(done)
	go func() {
		r, _ := http.NewRequestWithContext(t.Context(), "GET", server.URL, nil)
		r.Header.Set("Origin", app)
		if response, err := http.DefaultClient.Do(r); err == nil {
			_ = response.Body.Close()
		}
	}()
	<-listed
	if body := do(list, "GET", "/recent", "").Body.String(); !strings.Contains(body, app) {
		t.Error("the stream is not listed")
	}
}
