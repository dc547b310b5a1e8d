package server_test

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/server"
)

func TestRequestLine(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		request string // without Host and the empty line
		handler http.HandlerFunc
		want    string
	}{
		{"nothing written", "GET / HTTP/1.1", func(http.ResponseWriter, *http.Request) {}, `"GET / HTTP/1.1" 200 0`},
		{"body", "GET /ok/ HTTP/1.1", hello, `"GET /ok/ HTTP/1.1" 200 5`},
		{"status", "GET /x HTTP/1.1", http.NotFound, `"GET /x HTTP/1.1" 404 19`},
		{"raw target", "GET /a%20b//../?q=%0A&é HTTP/1.1", hello, `"GET /a%20b//../?q=%0A&\xc3\xa9 HTTP/1.1" 200 5`},
		{"absolute target", "GET http://y/z HTTP/1.1", hello, `"GET http://y/z HTTP/1.1" 200 5`},
		{"asterisk", "OPTIONS * HTTP/1.1", hello, `"OPTIONS * HTTP/1.1" 200 5`},
		{"HTTP/1.0", "GET / HTTP/1.0", hello, `"GET / HTTP/1.0" 200 5`},
		{"quote and backslash", `GET /"%20200\x HTTP/1.1`, hello, `"GET /\x22%20200\x5cx HTTP/1.1" 200 5`},
		{"8-bit escape sequence", "GET /\x9b31m HTTP/1.1", hello, `"GET /\x9b31m HTTP/1.1" 200 5`},
		{"right-to-left override", "GET /\u202e HTTP/1.1", hello, `"GET /\xe2\x80\xae HTTP/1.1" 200 5`},
		{"HEAD", "HEAD / HTTP/1.1", hello, `"HEAD / HTTP/1.1" 200 0`},
		{"no content", "DELETE / HTTP/1.1", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusNoContent)
			fmt.Fprint(w, "is not sent")
		}, `"DELETE / HTTP/1.1" 204 0`},
		{"early hints", "GET / HTTP/1.1", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusEarlyHints)
			w.WriteHeader(http.StatusTeapot)
		}, `"GET / HTTP/1.1" 418 0`},
		{"changed request", "GET /a HTTP/1.1", func(w http.ResponseWriter, r *http.Request) {
			r.Method, r.RequestURI, r.URL.Path = "PUT", "/b", "/b"
		}, `"GET /a HTTP/1.1" 200 0`},
		{"hijacked", "GET /ws HTTP/1.1", func(w http.ResponseWriter, _ *http.Request) {
			if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
				c.Close()
			}
		}, `"GET /ws HTTP/1.1" 101 -`},
		{"101", "GET /ws HTTP/1.1", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusSwitchingProtocols)
			if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
				c.Close()
			}
		}, `"GET /ws HTTP/1.1" 101 -`},
		{"panic", "GET / HTTP/1.1", func(http.ResponseWriter, *http.Request) {
			panic(http.ErrAbortHandler)
		}, `"GET / HTTP/1.1" 500 -`},
		{"panic in the body", "GET / HTTP/1.1", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "half")
			panic(http.ErrAbortHandler)
		}, `"GET / HTTP/1.1" 200 4`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			log := newLines()
			s := serve(t, &server.Server{Handler: tt.handler, RequestLog: log})
			p := dial(t, s.addr)
			p.send(t, tt.request+"\r\nHost: x\r\n\r\n")
			if got := log.line(t); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestRequestLineHasLocalTime(t *testing.T) {
	t.Parallel()
	log := newLines()
	s := serve(t, &server.Server{Handler: hello, RequestLog: log})
	p := dial(t, s.addr)
	form := regexp.MustCompile(`^\[(\d\d/[A-Z][a-z]{2}/\d{4} \d\d:\d\d:\d\d)\] "GET / HTTP/1\.1" 200 5\n$`)
	for range 2 {
		before := time.Now().Truncate(time.Second)
		p.send(t, get)
		p.answer(t)
		line := await(t, log.next, "a line")
		m := form.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("%q does not have the form %v", line, form)
		}
		at, err := time.ParseInLocation("02/Jan/2006 15:04:05", m[1], time.Local)
		if err != nil || at.Before(before) || at.After(time.Now()) {
			t.Errorf("time %v (%v), want one since %v", at, err, before)
		}
		time.Sleep(time.Second) // for another time
	}
}

func TestPaint(t *testing.T) {
	t.Parallel()
	log := newLines()
	s := serve(t, &server.Server{Handler: http.HandlerFunc(http.NotFound), RequestLog: log, Paint: func(status int) (on, off string) {
		return fmt.Sprintf("<%d>", status), "</>"
	}})
	p := dial(t, s.addr)
	p.send(t, get)
	if got, want := log.line(t), `<404>"GET / HTTP/1.1" 404 19</>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestUnlogged(t *testing.T) {
	t.Parallel()
	log := newLines()
	s := serve(t, &server.Server{Handler: hello, RequestLog: log, Unlogged: func(r *http.Request, status int) bool {
		return r.URL.Path == "/poll" && status == 200
	}})
	p := dial(t, s.addr)
	p.send(t, "GET /poll HTTP/1.1\r\nHost: x\r\n\r\n")
	p.answer(t)
	p.send(t, get)
	if got, want := log.line(t), `"GET / HTTP/1.1" 200 5`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Both logs may be one writer that is not safe for concurrent use, and every
// line is one Write.
func TestLogsMayShareAWriter(t *testing.T) {
	t.Parallel()
	var log strict
	s := serve(t, &server.Server{RequestLog: &log, ErrorLog: &log, Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic("first\nsecond\x1b[31m")
	})})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			p, err := connect(s.addr)
			if err != nil {
				t.Error(err)
				return
			}
			defer p.Close()
			p.Write([]byte(get))
			io.Copy(io.Discard, p)
		})
	}
	all.Wait()
	s.stop()
	await(t, s.end, "the drain")
	if got := len(log.writes); got != 16 {
		t.Errorf("%d writes, want 16: a request line and a panic for each of 8 requests", got)
	}
	for _, w := range log.writes {
		first, rest, _ := strings.Cut(w, "\n")
		panicked := strings.HasSuffix(first, `: first\nsecond\x1b[31m`) && strings.HasPrefix(rest, "goroutine ")
		if request := strings.HasSuffix(first, `] "GET / HTTP/1.1" 500 -`) && rest == ""; !request && !panicked {
			t.Errorf("Write(%q)", w)
		}
	}
}

type strict struct{ writes []string }

func (s *strict) Write(p []byte) (int, error) {
	s.writes = append(s.writes, string(p))
	return len(p), nil
}

// The chain finds the recorder that the log uses, with and without a body.
func TestHandlerGetsTheRecorder(t *testing.T) {
	t.Parallel()
	s := serve(t, &server.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, ok := w.(*middleware.Recorder); !ok {
			t.Errorf("%s got a %T, want a *middleware.Recorder", r.Method, w)
		}
	})})
	p := dial(t, s.addr)
	p.send(t, get)
	p.answer(t)
	p.send(t, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")
	p.answer(t)
}
