package timeout_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/textproto"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/timeout"
)

// after is a time of synctest's clock, long one that no test waits for.
const (
	after = time.Second
	long  = time.Hour
)

func build(t testing.TB, after time.Duration, h http.HandlerFunc) http.Handler {
	t.Helper()
	s := timeout.Defaults()
	s.RequestTimeout = after
	s.RequestTimeoutExempt = []string{`^exempt/`}
	f, err := timeout.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return f(h)
}

func get(t *testing.T, h http.Handler, path string) (*http.Response, string, error) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	resp, err := server.Client().Get(server.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, string(body), err
}

// A handler that is late is answered for, and goes on writing without harm.
func TestLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan error)
		h := build(t, after, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Half", "done")
			time.Sleep(after - 1)
			if r.Context().Err() != nil {
				t.Error("the context ended too early")
			}
			time.Sleep(2 * time.Nanosecond)
			if cause := context.Cause(r.Context()); !errors.Is(cause, context.DeadlineExceeded) {
				t.Errorf("the context ended because of %v", cause)
			}
			w.Header().Set("X-Late", "1")
			w.WriteHeader(103)
			w.WriteHeader(201)
			_, err := io.WriteString(w, "late")
			_, copyErr := w.(io.ReaderFrom).ReadFrom(strings.NewReader("late"))
			c := http.NewResponseController(w)
			_, _, hijackErr := c.Hijack()
			for _, err := range []error{err, copyErr, hijackErr, c.Flush(), c.SetWriteDeadline(time.Now()), c.SetReadDeadline(time.Now()), c.EnableFullDuplex()} {
				if !errors.Is(err, http.ErrHandlerTimeout) {
					ended <- fmt.Errorf("got %w, want ErrHandlerTimeout", err)
				}
			}
			close(ended)
		})
		w := httptest.NewRecorder()
		w.Header().Set("Access-Control-Allow-Origin", "*")
		began := time.Now()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		if took := time.Since(began); took != after || w.Code != 503 || !strings.Contains(w.Body.String(), "Service Unavailable (503)") {
			t.Errorf("after %v: %d %q", took, w.Code, w.Body)
		}
		before := w.Header().Clone()
		for err := range ended {
			t.Error(err)
		}
		if h := w.Header(); h.Get("Access-Control-Allow-Origin") != "*" || h.Get("X-Half") != "" || len(h) != len(before) || strings.Contains(w.Body.String(), "late") {
			t.Errorf("got %v %q", h, w.Body)
		}
	})
}

// Who is done when the time is over is answered by one of the two, never by both.
func TestJustInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := build(t, after, func(w http.ResponseWriter, _ *http.Request) {
			time.Sleep(after)
			w.WriteHeader(201)
			io.WriteString(w, "made")
		})
		for range 50 {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
			if made := w.Body.String() == "made"; made != (w.Code == 201) || !made && w.Code != 503 {
				t.Errorf("got %d %q", w.Code, w.Body)
			}
			synctest.Wait()
		}
	})
}

// Who is done without a word is answered by one of the two as well: the page about the
// timeout has nothing of what the handler said.
func TestJustInTimeWithoutBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := build(t, after, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Inner", "1")
			time.Sleep(after)
		})
		for range 50 {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
			if made := w.Header().Get("X-Inner") != ""; made != (w.Code == 200) {
				t.Errorf("got %d %v", w.Code, w.Header())
			}
			synctest.Wait()
		}
	})
}

// A panic of a handler that is late ends nothing but the handler.
func TestLatePanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := build(t, after, func(http.ResponseWriter, *http.Request) {
			time.Sleep(2 * after)
			panic("late")
		})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		if w.Code != 503 {
			t.Errorf("got %d", w.Code)
		}
		time.Sleep(2 * after)
	})
}

// Whoever is in time has the response to themselves: headers, body and status.
func TestInTime(t *testing.T) {
	h := build(t, long, func(w http.ResponseWriter, r *http.Request) {
		if got := w.Header().Get("X-Outer"); got != "1" {
			t.Errorf("the handler does not see what is set outside: %q", got)
		}
		w.Header().Del("X-Outer")
		w.Header().Set("X-Inner", "1")
		w.WriteHeader(201)
		io.WriteString(w, "made")
	})
	resp, body, err := get(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Outer", "1")
		h.ServeHTTP(w, r)
	}), "/")
	if resp.StatusCode != 201 || body != "made" || err != nil || resp.Header.Get("X-Inner") != "1" || resp.Header.Get("X-Outer") != "" {
		t.Errorf("got %d %q %v %v", resp.StatusCode, body, err, resp.Header)
	}
}

// A handler that writes nothing has set headers all the same.
func TestEmptyResponse(t *testing.T) {
	resp, body, _ := get(t, build(t, long, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-Inner", "1") }), "/")
	if resp.StatusCode != 200 || body != "" || resp.Header.Get("X-Inner") != "1" {
		t.Errorf("got %d %q %v", resp.StatusCode, body, resp.Header)
	}
}

// What has begun is not cut off: its context ends, and it can say goodbye.
func TestBegunIsNotCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := httptest.NewRecorder()
		build(t, after, func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "half ")
			<-r.Context().Done()
			time.Sleep(after)
			io.WriteString(w, context.Cause(r.Context()).Error())
		}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		if w.Code != 200 || w.Body.String() != "half context deadline exceeded" {
			t.Errorf("got %d %q", w.Code, w.Body)
		}
	})
}

// hijackable is a recorder that can be hijacked.
type hijackable struct{ *httptest.ResponseRecorder }

func (w hijackable) Hijack() (net.Conn, *bufio.ReadWriter, error) { return nil, nil, nil }

// A stream, a hijacked connection, an exempt path and an exempt route have all the
// time there is.
func TestNoTimeout(t *testing.T) {
	for path, begin := range map[string]func(http.ResponseWriter, *http.Request){
		"/stream":   func(w http.ResponseWriter, _ *http.Request) { http.NewResponseController(w).Flush() },
		"/exempt/x": func(http.ResponseWriter, *http.Request) {},
		"/route":    func(w http.ResponseWriter, r *http.Request) { middleware.Views(w, r, middleware.NoTimeout) },
		"/hijacked": func(w http.ResponseWriter, _ *http.Request) { http.NewResponseController(w).Hijack() },
	} {
		t.Run(path, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := httptest.NewRecorder()
				h := build(t, after, func(w http.ResponseWriter, r *http.Request) {
					begin(w, r)
					time.Sleep(100 * after)
					if r.Context().Err() != nil {
						t.Error("the context has ended")
					}
					io.WriteString(w, "alive")
				})
				r := middleware.Carry(httptest.NewRequest("GET", path, nil), "a", "b") // as a site does
				h.ServeHTTP(hijackable{w}, r)
				if w.Code != 200 || w.Body.String() != "alive" {
					t.Errorf("got %d %q", w.Code, w.Body)
				}
			})
		})
	}
}

// A panic crosses over, with the stack of the handler.
func TestPanic(t *testing.T) {
	cause := errors.New("boom")
	for name, begin := range map[string]bool{"before": false, "after": true} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				var p *timeout.Panic
				err, _ := recover().(error)
				if !errors.As(err, &p) || !errors.Is(err, cause) || !strings.Contains(string(p.Stack), "theHandlerThatPanics") {
					t.Errorf("got %v", err)
				}
			}()
			build(t, long, theHandlerThatPanics(begin, cause)).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
		})
	}
	defer func() {
		if value := recover(); value != http.ErrAbortHandler {
			t.Errorf("got %v", value)
		}
	}()
	build(t, long, theHandlerThatPanics(false, http.ErrAbortHandler)).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
}

func theHandlerThatPanics(begin bool, value any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if begin {
			io.WriteString(w, "half")
		}
		panic(value)
	}
}

// In a chain a panic is a 500 with the headers that the layers outside set, and one
// after the response has begun breaks it off.
func TestPanicInAChain(t *testing.T) {
	for name, begin := range map[string]bool{"before": false, "after": true} {
		t.Run(name, func(t *testing.T) {
			link := middleware.Link{Name: "timeout", New: func() (middleware.Func, error) {
				s := timeout.Defaults()
				s.RequestTimeout = long
				return timeout.New(s)
			}}
			committedThen := make(chan bool, 1)
			h, err := middleware.Chain{link}.Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Etag", `"1"`)
				if begin {
					io.WriteString(w, "half")
				}
				panic("boom")
			}), func(w http.ResponseWriter, _ *http.Request, _ any, stack []byte, committed bool) {
				committedThen <- committed
				if !committed {
					http.Error(w, "sorry", 500)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			if begin {
				server := httptest.NewServer(h)
				defer server.Close()
				if resp, err := http.Get(server.URL); err == nil {
					if _, err := io.ReadAll(resp.Body); err == nil {
						t.Error("the broken response looked complete")
					}
					resp.Body.Close()
				}
			} else if resp, body, _ := get(t, h, "/"); resp.StatusCode != 500 || body != "sorry\n" || resp.Header.Get("Etag") != "" {
				t.Errorf("got %d %q %v", resp.StatusCode, body, resp.Header)
			}
			if committed := <-committedThen; committed != begin {
				t.Errorf("committed: %v", committed)
			}
		})
	}
}

// A layer outside that panics when the response begins has begun nothing.
func TestPanicOutside(t *testing.T) {
	w := &touchy{ResponseRecorder: httptest.NewRecorder()}
	build(t, long, func(w http.ResponseWriter, _ *http.Request) {
		func() {
			defer func() { _ = recover() }()
			w.WriteHeader(404)
		}()
		w.WriteHeader(500)
	}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != 500 {
		t.Errorf("got %d", w.Code)
	}
}

type touchy struct{ *httptest.ResponseRecorder }

func (w *touchy) WriteHeader(status int) {
	if status == 404 {
		panic("not 404")
	}
	w.ResponseRecorder.WriteHeader(status)
}

// Every ability of net/http's writer is there.
func TestAbilities(t *testing.T) {
	h := build(t, long, func(w http.ResponseWriter, r *http.Request) {
		c := http.NewResponseController(w)
		for name, err := range map[string]error{
			"read deadline": c.SetReadDeadline(time.Now().Add(time.Minute)), "write deadline": c.SetWriteDeadline(time.Now().Add(time.Minute)),
			"full duplex": c.EnableFullDuplex(),
		} {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n, ok := w.(interface{ CloseNotify() <-chan bool }); !ok || n.CloseNotify() == nil {
			t.Error("no CloseNotify")
		}
		if err := w.(http.Pusher).Push("/x", nil); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("Push: %v", err)
		}
		w.Header().Set("Trailer", "X-Sum")
		w.Header().Set("Link", "</a.css>; rel=preload")
		w.WriteHeader(http.StatusEarlyHints)
		w.Header().Del("Link")
		h := w.Header()
		n, err := w.(io.ReaderFrom).ReadFrom(strings.NewReader(strings.Repeat("a", 2000)))
		if n != 2000 || err != nil {
			t.Errorf("copied %d, %v", n, err)
		}
		h.Set("X-Sum", "42")
		h.Set(http.TrailerPrefix+"X-Other", "43")
	})
	server := httptest.NewServer(h)
	defer server.Close()
	var hints textproto.MIMEHeader
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{Got1xxResponse: func(_ int, h textproto.MIMEHeader) error {
		hints = h
		return nil
	}})
	req, _ := http.NewRequestWithContext(ctx, "GET", server.URL, nil)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, resp.Body)
	if hints.Get("Link") == "" || resp.Header.Get("Link") != "" {
		t.Errorf("early hints %v, response %v", hints, resp.Header)
	}
	if resp.Trailer.Get("X-Sum") != "42" || resp.Trailer.Get("X-Other") != "43" {
		t.Errorf("trailers %v", resp.Trailer)
	}
}

// What net/http looks at in its own request is there.
func TestRequestIsHandedBack(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	build(t, long, func(_ http.ResponseWriter, r *http.Request) { r.Pattern = "/{$}" }).ServeHTTP(httptest.NewRecorder(), r)
	if r.Pattern != "/{$}" {
		t.Errorf("got %q", r.Pattern)
	}
}

func TestHijackThroughHTTP1(t *testing.T) {
	server := httptest.NewServer(build(t, long, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Inner", "1")
		conn, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		rw.WriteString("HTTP/1.1 101 Switching Protocols\r\n\r\nhello\n")
		rw.Flush()
	}))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.HasPrefix(line, "HTTP/1.1 101") {
		t.Errorf("got %q, %v", line, err)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, s := range []timeout.Settings{{}, {RequestTimeout: -1}, {RequestTimeout: 1, RequestTimeoutExempt: []string{"("}}} {
		if _, err := timeout.New(s); err == nil {
			t.Errorf("%+v is taken", s)
		}
	}
}

func Benchmark(b *testing.B) {
	h := build(b, long, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(w, r)
	}
}
