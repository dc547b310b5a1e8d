package gzip_test

import (
	"bytes"
	stdgzip "compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// decoder decodes as a client does that shows what has come.
func decoder(t *testing.T, encoding string, body io.Reader) io.Reader {
	t.Helper()
	switch encoding {
	case "gzip":
		r, err := stdgzip.NewReader(body)
		if err != nil {
			t.Fatal(err)
		}
		return r
	case "zstd":
		r, err := zstd.NewReader(body, zstd.WithDecoderConcurrency(1))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(r.Close)
		return r
	}
	return brotli.NewReader(body)
}

// serve is a server with h behind the middleware.
func serve(t *testing.T, http2 bool, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(wrap(t, h))
	if server.EnableHTTP2 = http2; http2 {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	return server
}

func ask(t *testing.T, server *httptest.Server, method, encodings string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", encodings)
	resp, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

// Each event reaches the client when it is flushed, and not with a later one.
func TestEventStream(t *testing.T) {
	for _, encoding := range []string{"gzip", "zstd", "br"} {
		for _, http2 := range []bool{false, true} {
			next := make(chan bool)
			server := serve(t, http2, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/event-stream")
				http.NewResponseController(w).Flush()
				for event := range strings.FieldsSeq("one two three") {
					<-next
					io.WriteString(w, event+"\n\n")
					http.NewResponseController(w).Flush()
				}
			})
			resp := ask(t, server, "GET", encoding)
			if got := resp.Header.Get("Content-Encoding"); got != encoding || resp.ContentLength >= 0 {
				t.Fatalf("got %q of length %d", got, resp.ContentLength)
			}
			var body io.Reader
			for event := range strings.FieldsSeq("one two three") {
				next <- true
				if body == nil {
					body = decoder(t, encoding, resp.Body)
				}
				got := make([]byte, len(event)+2)
				if _, err := io.ReadFull(body, got); err != nil || string(got) != event+"\n\n" {
					t.Fatalf("%s: got %q, %v", encoding, got, err)
				}
			}
			if rest, err := io.ReadAll(body); len(rest) > 0 || err != nil {
				t.Errorf("%s: then %q, %v", encoding, rest, err)
			}
		}
	}
}

// What is long is compressed as it comes, however the handler writes it.
func TestLongBodies(t *testing.T) {
	long := strings.Repeat(text, 500)
	for way, write := range ways {
		for _, encoding := range []string{"gzip", "zstd", "br"} {
			w := get(wrap(t, func(w http.ResponseWriter, _ *http.Request) { write(w, 200, long) }), encoding)
			if got := decode(t, encoding, w.Body.Bytes()); got != long || w.Header().Get("Content-Encoding") != encoding {
				t.Errorf("%s, %s: got %d bytes, %v", way, encoding, len(got), w.Header())
			}
			if w.Body.Len() > len(long)/20 {
				t.Errorf("%s, %s: %d bytes are not small", way, encoding, w.Body.Len())
			}
		}
		static := string(noise(200_000))
		w := get(wrap(t, func(w http.ResponseWriter, _ *http.Request) { write(w, 200, static) }), "gzip, br, zstd")
		if got := w.Body.String(); got != static || w.Header().Get("Content-Encoding") != "" {
			t.Errorf("%s: what does not get smaller is %v", way, w.Header())
		}
	}
}

// HEAD has the headers of GET; the length of what is compressed is not known.
func TestHead(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"a body":   func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) },
		"declared": func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "5000") },
		"a long body": func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, strings.Repeat(text, 100))
		},
	} {
		resp := ask(t, serve(t, false, h), "HEAD", "gzip")
		if resp.Header.Get("Content-Encoding") != "gzip" || resp.ContentLength == 5000 || resp.Header.Get("Vary") == "" {
			t.Errorf("%s: got %v", name, resp.Header)
		}
	}
	resp := ask(t, serve(t, false, func(http.ResponseWriter, *http.Request) {}), "HEAD", "gzip")
	if resp.Header.Get("Content-Encoding") != "" {
		t.Errorf("nothing: got %v", resp.Header)
	}
}

// A broken body looks broken, and not like a short one.
func TestBrokenBodies(t *testing.T) {
	for name, end := range map[string]func(w http.ResponseWriter){
		"panic": func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
		"short": func(http.ResponseWriter) {},
	} {
		for _, encoding := range []string{"gzip", "zstd", "br"} {
			server := serve(t, false, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Length", "5000")
				io.WriteString(w, text)
				http.NewResponseController(w).Flush()
				end(w)
			})
			body := decoder(t, encoding, ask(t, server, "GET", encoding).Body)
			got, err := io.ReadAll(body)
			if err == nil || !strings.HasPrefix(text, string(got)) {
				t.Errorf("%s, %s: got %d bytes, %v", name, encoding, len(got), err)
			}
		}
	}
}

// Who writes on when the handler has returned writes into nobody's response.
func TestLateWrites(t *testing.T) {
	var late http.ResponseWriter
	h := wrap(t, func(w http.ResponseWriter, _ *http.Request) {
		w.(http.Flusher).Flush()
		late = w
	})
	get(h, "gzip")
	if n, err := late.Write([]byte("late")); n != 0 || err == nil {
		t.Errorf("wrote %d, %v", n, err)
	}
}

// A real client that was written by others.
func TestCurl(t *testing.T) {
	if testing.Short() {
		t.Skip("runs curl")
	}
	curl, err := exec.LookPath("curl")
	if err != nil {
		if os.Getenv("SETTLEDTEST_CURL") == "required" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	features, err := exec.Command(curl, "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	for encoding, feature := range map[string]string{"gzip": "libz", "br": "brotli", "zstd": "zstd"} {
		if !bytes.Contains(features, []byte(feature)) {
			t.Logf("this curl has no %s", encoding)
			continue
		}
		for name, body := range map[string]string{"whole": text, "long": strings.Repeat(text, 5000)} {
			server := serve(t, false, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) })
			for range 5 { // the padding differs
				out, err := exec.Command(curl, "-sS", "--compressed", "-H", "Accept-Encoding: "+encoding, server.URL).Output()
				var exit *exec.ExitError
				if errors.As(err, &exit) {
					t.Fatalf("%s, %s: %v\n%s", name, encoding, err, exit.Stderr)
				}
				if string(out) != body {
					t.Errorf("%s, %s: got %d bytes", name, encoding, len(out))
				}
			}
		}
	}
}
