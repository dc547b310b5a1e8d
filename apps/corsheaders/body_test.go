package corsheaders_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

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
