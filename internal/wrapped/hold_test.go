package wrapped_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/wrapped"
)

// keeper holds back up to limit bytes, and notes what it is told.
type keeper struct {
	limit int
	sent  []string
	body  wrapped.Body
}

func (k *keeper) Hold(http.Header, *http.Request, int) int { return k.limit }

func (k *keeper) Send(w http.ResponseWriter, r *http.Request, b wrapped.Beginning) wrapped.Body {
	k.sent = append(k.sent, fmt.Sprintf("%d %q whole=%v", b.Status, b.Bytes, b.Whole))
	b.SetLength(w.Header(), r)
	w.WriteHeader(b.Status)
	w.Write(b.Bytes)
	return k.body
}

func (k *keeper) around(h http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { wrapped.Hold(h, w, r, k) })
}

func write(w io.Writer, parts ...string) {
	for _, part := range parts {
		io.WriteString(w, part)
	}
}

// onlyReader hides WriteTo, so that io.Copy asks for ReadFrom.
type onlyReader struct{ io.Reader }

// What is small is sent whole, once; what is not begins with its first part.
func TestHold(t *testing.T) {
	big := strings.Repeat("x", 600)
	for _, tt := range []struct {
		name   string
		h      http.HandlerFunc
		sent   string // to the keeper, "" for nothing
		body   string
		length string
	}{
		{"nothing", func(http.ResponseWriter, *http.Request) {}, `200 "" whole=true`, "", "0"},
		{"status", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404); w.WriteHeader(200) }, `404 "" whole=true`, "", "0"},
		{"parts", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(201); write(w, "ab", "cd") }, `201 "abcd" whole=true`, "abcd", "4"},
		{"as much as may be", func(w http.ResponseWriter, _ *http.Request) { write(w, "01234", "56789") }, `200 "0123456789" whole=true`, "0123456789", "10"},
		{"one byte more", func(w http.ResponseWriter, _ *http.Request) { write(w, "01234", "567890") }, `200 "01234" whole=false`, "01234567890", ""},
		{"too much at once", func(w http.ResponseWriter, _ *http.Request) { write(w, big) }, `200 "` + big + `" whole=false`, big, ""},
		{"declared, at once", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "600")
			write(w, big)
		}, `200 "` + big + `" whole=true`, big, "600"},
		{"declared, in parts", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "4")
			write(w, "ab", "cd")
		}, `200 "abcd" whole=true`, "abcd", "4"},
		{"declared, too much", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "600")
			write(w, "x", big[1:])
		}, `200 "x" whole=false`, big, "600"},
		{"declared, too few", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "4")
			write(w, "abc")
		}, "", "abc", "4"},
		{"flush", func(w http.ResponseWriter, _ *http.Request) {
			write(w, "ab")
			http.NewResponseController(w).Flush()
			write(w, "cd")
		}, `200 "ab" whole=false`, "abcd", ""},
		{"flush first", func(w http.ResponseWriter, _ *http.Request) { w.(http.Flusher).Flush() }, `200 "" whole=false`, "", ""},
		{"trailers", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Trailer", "X-End")
			write(w, "ab")
		}, `200 "" whole=false`, "ab", ""},
		{"trailers that nobody announced", func(w http.ResponseWriter, _ *http.Request) {
			write(w, "ab")
			w.Header().Set(http.TrailerPrefix+"X-End", "1")
		}, `200 "ab" whole=true`, "ab", ""},
		{"early hints", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(103); w.WriteHeader(202) }, `202 "" whole=true`, "", "0"},
		{"no content", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, `204 "" whole=true`, "", ""},
		{"not modified", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, `304 "" whole=true`, "", ""},
		{"read a little", func(w http.ResponseWriter, _ *http.Request) { io.Copy(w, onlyReader{strings.NewReader("abc")}) }, `200 "abc" whole=true`, "abc", "3"},
		{"read much", func(w http.ResponseWriter, _ *http.Request) { io.Copy(w, onlyReader{strings.NewReader(big)}) }, `200 "` + big[:512] + `" whole=false`, big, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := &keeper{limit: 10}
			w := httptest.NewRecorder()
			k.around(tt.h).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
			if got := strings.Join(k.sent, "; "); got != tt.sent {
				t.Errorf("the keeper was told %s, want %s", got, tt.sent)
			}
			if w.Body.String() != tt.body || w.Header().Get("Content-Length") != tt.length {
				t.Errorf("got %q of length %s", w.Body, w.Header().Get("Content-Length"))
			}
		})
	}
}

// A response that a keeper does not want goes by at once.
func TestHoldNothing(t *testing.T) {
	k := &keeper{limit: -1}
	w := httptest.NewRecorder()
	k.around(func(_ http.ResponseWriter, r *http.Request) {}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	k.around(func(top http.ResponseWriter, _ *http.Request) {
		write(top, "a")
		if w.Body.String() != "a" {
			t.Error("it was held back")
		}
	}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if k.sent != nil {
		t.Errorf("the keeper was told %s", k.sent)
	}
}

// A body that an inner layer has whole is not held back again.
func TestHoldCopiesOnce(t *testing.T) {
	inner, outer := &keeper{limit: 1000}, &keeper{limit: 10}
	body := strings.Repeat("x", 600)
	h := outer.around(inner.around(func(w http.ResponseWriter, _ *http.Request) {
		write(w, body[:300], body[300:])
	}).ServeHTTP)
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	if want := []string{fmt.Sprintf("200 %q whole=true", body)}; !slices.Equal(outer.sent, want) {
		t.Errorf("the outer keeper was told %s", outer.sent)
	}
}

// The request is over, and its buffer belongs to another.
func TestHoldAfterTheHandler(t *testing.T) {
	for name, begin := range map[string]func(http.ResponseWriter){
		"held":    func(w http.ResponseWriter) { write(w, "a") },
		"sending": func(w http.ResponseWriter) { w.(http.Flusher).Flush() },
	} {
		t.Run(name, func(t *testing.T) {
			var late http.ResponseWriter
			h := (&keeper{limit: 10}).around(func(w http.ResponseWriter, _ *http.Request) { late = w; begin(w) })
			h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
			if n, err := io.WriteString(late, "late"); n != 0 || err == nil {
				t.Errorf("wrote %d, %v", n, err)
			}
			if n, err := late.(io.ReaderFrom).ReadFrom(strings.NewReader("late")); n != 0 || err == nil {
				t.Errorf("read %d, %v", n, err)
			}
			rc := http.NewResponseController(late)
			if _, _, err := rc.Hijack(); rc.Flush() == nil || err == nil {
				t.Error("flushed or hijacked")
			}
			late.WriteHeader(500)
		})
	}
}

// Writes that race with the end of the handler are in one response or in none.
func TestHoldRace(t *testing.T) {
	for range 200 {
		k := &keeper{limit: 1 << 20}
		done := make(chan error)
		w := httptest.NewRecorder()
		k.around(func(w http.ResponseWriter, _ *http.Request) {
			write(w, "1")
			go func() {
				var err error
				for err == nil {
					_, err = w.Write([]byte("1"))
				}
				done <- err
			}()
		}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		other := httptest.NewRecorder()
		(&keeper{limit: 1 << 20}).around(func(w http.ResponseWriter, _ *http.Request) {
			write(w, "2", "2", "2")
		}).ServeHTTP(other, httptest.NewRequest("GET", "/", nil))
		if <-done; strings.Trim(w.Body.String(), "1") != "" || other.Body.String() != "222" {
			t.Fatalf("got %q and %q", w.Body, other.Body)
		}
	}
}

// A handler panics: what was held back is forgotten, and another response comes.
func TestHoldDiscard(t *testing.T) {
	k := &keeper{limit: 10}
	w := httptest.NewRecorder()
	k.around(func(w http.ResponseWriter, _ *http.Request) {
		write(w, "half")
		w.(interface{ Discard() }).Discard()
		w.(interface{ Unwrap() http.ResponseWriter }).Unwrap().(interface{ Discard() }).Discard()
		w.WriteHeader(500)
		write(w, "sorry")
	}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != 500 || w.Body.String() != "sorry" {
		t.Errorf("got %d %q", w.Code, w.Body)
	}
}

// body notes its end.
type body struct {
	io.Writer
	end string
}

func (b *body) Flush() error { b.end += "flush "; return nil }
func (b *body) Close() error { b.end += "close"; return nil }
func (b *body) Abort()       { b.end += "abort" }

func TestHoldEndsBodies(t *testing.T) {
	for _, tt := range []struct {
		name string
		h    http.HandlerFunc
		end  string
	}{
		{"whole", func(w http.ResponseWriter, _ *http.Request) { write(w, "ab") }, "close"},
		{"flushed", func(w http.ResponseWriter, _ *http.Request) { w.(http.Flusher).Flush(); write(w, "ab") }, "flush close"},
		{"panic", func(w http.ResponseWriter, _ *http.Request) {
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}, "flush abort"},
		{"too short", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			write(w, "01234", "567890")
		}, "abort"},
		{"too long", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "11")
			write(w, "01234", "567890")
			if _, err := io.WriteString(w, "1"); !errors.Is(err, http.ErrContentLength) {
				t.Errorf("got %v", err)
			}
		}, "close"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := &body{Writer: io.Discard}
			k := &keeper{limit: 10, body: b}
			func() {
				defer func() { _ = recover() }()
				k.around(tt.h).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
			}()
			if b.end != tt.end {
				t.Errorf("got %q, want %q", b.end, tt.end)
			}
		})
	}
}
