package server_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled/server"
)

// upload sends a body in pieces, and returns what the handler's read of it said.
func upload(t *testing.T, p protocol, s *server.Server, prepare func(*http.ResponseController), pieces int, piece string, pause time.Duration) (read int, err error) {
	t.Helper()
	type result struct {
		n   int
		err error
	}
	results := make(chan result, 1)
	s.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if prepare != nil {
			prepare(http.NewResponseController(w))
		}
		data, err := io.ReadAll(r.Body)
		results <- result{len(data), err}
	})
	_, c, url := p.start(t, s)
	body, source := io.Pipe()
	go func() {
		defer source.Close()
		for range pieces {
			if _, err := io.WriteString(source, piece); err != nil {
				return
			}
			select {
			case <-time.After(pause):
			case <-t.Context().Done():
			}
		}
	}()
	go func() {
		if resp, err := c.Post(url, "text/plain", body); err == nil {
			resp.Body.Close()
		}
		body.Close()
	}()
	r := await(t, results, "the end of the body")
	return r.n, r.err
}

func TestUploads(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		limit   time.Duration
		prepare func(*http.ResponseController)
		pieces  int
		piece   string
		pause   time.Duration
		alive   bool
	}{
		// 1000 bytes earn two seconds, one byte two milliseconds.
		{"slow but alive", 10 * short, nil, 10, strings.Repeat("x", 1000), 3 * short / 2, true},
		{"stops", short, nil, 2, "x", time.Hour, false},
		{"stops after much", short, nil, 2, strings.Repeat("x", 100_000), time.Hour, false},
		{"drips", short, nil, 10_000, "x", short / 10, false},
		{"without limit", -1, nil, 2, "x", 6 * short, true},
		{"limit of the handler", short, func(c *http.ResponseController) {
			c.SetReadDeadline(time.Time{})
		}, 2, "x", 3 * short / 2, true},
		{"shorter limit of the handler", time.Hour, func(c *http.ResponseController) {
			c.SetReadDeadline(time.Now().Add(short))
		}, 2, "x", time.Hour, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			each(t, cleartext, func(t *testing.T, p protocol) {
				n, err := upload(t, p, &server.Server{BodyTimeout: tt.limit, HeaderTimeout: 10 * short}, tt.prepare, tt.pieces, tt.piece, tt.pause)
				if tt.alive && (err != nil || n != tt.pieces*len(tt.piece)) {
					t.Errorf("read %d bytes, %v; want all", n, err)
				}
				if !tt.alive && !errors.Is(err, os.ErrDeadlineExceeded) {
					t.Errorf("read %d bytes, %v; want os.ErrDeadlineExceeded", n, err)
				}
			})
		})
	}
}

// The limits are on the client: a handler may take longer before, between and
// after its reads and writes, and its request goes on.
func TestHandlerMayTakeLong(t *testing.T) {
	t.Parallel()
	each(t, cleartext, func(t *testing.T, p protocol) {
		body, source := io.Pipe()
		_, c, url := p.start(t, &server.Server{
			HeaderTimeout: 10 * short, IdleTimeout: 10 * short, BodyTimeout: 4 * short, SendTimeout: 4 * short,
			Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				for range 2 {
					time.Sleep(5 * short)
					go source.Write([]byte("x"))
					if n, err := r.Body.Read(make([]byte, 1)); n != 1 || err != nil {
						t.Errorf("body: %d, %v", n, err)
					}
				}
				source.Close()
				if n, err := r.Body.Read(make([]byte, 1)); n != 0 || err != io.EOF {
					t.Errorf("end of body: %d, %v", n, err)
				}
				for range 2 {
					time.Sleep(5 * short)
					fmt.Fprint(w, "event\n")
					http.NewResponseController(w).Flush()
				}
				time.Sleep(5 * short)
				if err := r.Context().Err(); err != nil {
					t.Errorf("context: %v", err)
				}
			}),
		})
		resp, err := c.Post(url, "text/plain", body)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if body, err := io.ReadAll(resp.Body); string(body) != "event\nevent\n" || err != nil {
			t.Errorf("got %q, %v", body, err)
		}
	})
}

// The body's deadline must not reach the next request of its connection, not
// even if somebody still reads the body.
func TestDeadlineEndsWithItsRequest(t *testing.T) {
	t.Parallel()
	bodies := make(chan io.Reader, 1)
	s := serve(t, &server.Server{BodyTimeout: short, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "POST" {
			bodies <- r.Body
			return
		}
		if n, err := (<-bodies).Read(make([]byte, 1)); err == nil {
			t.Errorf("read %d bytes of a request that has ended", n)
		}
		time.Sleep(3 * short)
		if err := r.Context().Err(); err != nil {
			t.Error(err)
		}
	})})
	p := dial(t, s.addr)
	for _, request := range []string{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody", get} {
		p.send(t, request)
		p.answer(t)
	}
}

func TestExpectContinueOfWhoDoesNotRead(t *testing.T) {
	t.Parallel()
	s := serve(t, &server.Server{Handler: hello})
	p := dial(t, s.addr)
	p.send(t, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n")
	if resp, body := p.answer(t); resp.StatusCode != 200 || body != "hello" {
		t.Errorf("got %d %q, want 200 hello", resp.StatusCode, body)
	}
}

// net/http removes the files of a form that it knows of.
func TestFormFilesAreRemoved(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	names := make(chan string, 1)
	s := serve(t, &server.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(0); err != nil {
			t.Error(err)
		}
		found, _ := filepath.Glob(filepath.Join(os.TempDir(), "*"))
		names <- strings.Join(found, " ")
	})})
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, _ := w.CreateFormFile("f", "f")
	part.Write(make([]byte, 1<<20))
	w.Close()
	resp, err := http.Post("http://"+s.addr, w.FormDataContentType(), &form)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if got := await(t, names, "the handler"); got == "" {
		t.Fatal("the form is not in a file; the test tests nothing")
	}
	s.stop()
	await(t, s.end, "the drain")
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}
