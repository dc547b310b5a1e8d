package wrapped_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/wrapped"
)

// gone answers 410 with a body of its own for what is not found, or panics.
type gone struct {
	body   string
	panics bool
}

func (g gone) EditHeader(h http.Header, _ *http.Request, status int) int {
	if status != 404 {
		return status
	}
	if g.panics {
		panic("gone")
	}
	delete(h, "Content-Length")
	return 410
}

func (g gone) Body(*http.Request) []byte { return []byte(g.body) }

// plainReader hides what else a strings.Reader can do.
type plainReader struct{ io.Reader }

// However the handler writes its body, the editor's answer is what comes, and the
// handler sees no error.
func TestServeReplacesTheBody(t *testing.T) {
	long := strings.Repeat("not here ", 1000)
	for name, write := range map[string]func(w http.ResponseWriter) (int64, error){
		"Write":       func(w http.ResponseWriter) (int64, error) { n, err := w.Write([]byte(long)); return int64(n), err },
		"WriteString": func(w http.ResponseWriter) (int64, error) { n, err := io.WriteString(w, long); return int64(n), err },
		"ReadFrom": func(w http.ResponseWriter) (int64, error) {
			return w.(io.ReaderFrom).ReadFrom(plainReader{strings.NewReader(long)})
		},
		"flushed": func(w http.ResponseWriter) (int64, error) {
			w.(http.Flusher).Flush()
			return w.(io.ReaderFrom).ReadFrom(strings.NewReader(long))
		},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			t.Run(name+" "+method, func(t *testing.T) {
				var seen []string
				h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					wrapped.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						wrapped.Serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
							w.Header().Set("Content-Length", "9000")
							w.WriteHeader(404)
							if n, err := write(w); n != int64(len(long)) || err != nil {
								t.Errorf("wrote %d, %v", n, err)
							}
						}), w, r, gone{body: "gone"})
					}), w, r, stamp{"outer", 0, &seen})
				})
				server := httptest.NewServer(h)
				defer server.Close()
				req, _ := http.NewRequestWithContext(t.Context(), method, server.URL, nil)
				resp, err := http.DefaultClient.Do(req)
				if err != nil {
					t.Fatal(err)
				}
				defer resp.Body.Close()
				want := "gone"
				if method == "HEAD" {
					want = ""
				}
				if body, err := io.ReadAll(resp.Body); resp.StatusCode != 410 || string(body) != want || err != nil {
					t.Errorf("got %d %q %v", resp.StatusCode, body, err)
				}
				if len(seen) != 1 || seen[0] != "outer Gone /" {
					t.Errorf("the layer outside saw %q", seen)
				}
			})
		}
	}
}

// The beginning of a body from a file is replaced, and so is the rest.
func TestServeReplacesWhatBeginsWithABody(t *testing.T) {
	var seen []string
	h := around(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		n, err := w.(io.ReaderFrom).ReadFrom(plainReader{strings.NewReader(strings.Repeat("a", 2000))})
		if n != 2000 || err != nil {
			t.Errorf("copied %d, %v", n, err)
		}
	}), stamp{"a", 412, &seen})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != 412 || w.Body.Len() != 0 {
		t.Errorf("got %d with %d bytes", w.Code, w.Body.Len())
	}
}

// An editor that panics has begun nothing: an error can still be answered, and its
// body is sent.
func TestServePanickingEditor(t *testing.T) {
	w := httptest.NewRecorder()
	wrapped.Serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		func() {
			defer func() { _ = recover() }()
			w.WriteHeader(404)
		}()
		w.WriteHeader(500)
		io.WriteString(w, "sorry")
	}), w, httptest.NewRequest("GET", "/", nil), gone{panics: true})
	if w.Code != 500 || w.Body.String() != "sorry" {
		t.Errorf("got %d %q", w.Code, w.Body)
	}
}

// What comes instead of a response that was given up is not replaced with it.
func TestServeDiscardedReplacement(t *testing.T) {
	w := httptest.NewRecorder()
	wrapped.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rest := httptest.NewRecorder()
		wrapped.Serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(404)
			w.(interface{ Discard() }).Discard()
			w.WriteHeader(500)
			io.WriteString(w, "sorry")
		}), rest, r, gone{body: ""})
		io.WriteString(w, rest.Body.String())
	}), w, httptest.NewRequest("GET", "/", nil), gone{})
	if w.Body.String() != "sorry" {
		t.Errorf("got %q", w.Body)
	}
}
