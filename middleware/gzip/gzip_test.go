package gzip_test

import (
	"bytes"
	stdgzip "compress/gzip"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"github.com/settled-go/settled/middleware/gzip"
)

var text = strings.Repeat("all that is gold does not glitter, ", 30)

// wrap is h behind the middleware with its defaults.
func wrap(t testing.TB, h http.HandlerFunc) http.Handler {
	t.Helper()
	f, err := gzip.New(gzip.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return f(h)
}

// get asks h, for encodings as in Accept-Encoding.
func get(h http.Handler, encodings string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Encoding", encodings)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// decode undoes what Content-Encoding says.
func decode(t testing.TB, encoding string, body []byte) string {
	t.Helper()
	var r io.Reader = bytes.NewReader(body)
	var err error
	switch encoding {
	case "gzip":
		r, err = stdgzip.NewReader(r)
	case "br":
		r = brotli.NewReader(r)
	case "zstd":
		var d *zstd.Decoder
		if d, err = zstd.NewReader(r, zstd.WithDecoderConcurrency(1)); err == nil {
			defer d.Close()
		}
		r = d
	}
	if err != nil {
		t.Fatalf("%s: %v", encoding, err)
	}
	got, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("%s: %v", encoding, err)
	}
	return string(got)
}

// noise does not get smaller.
func noise(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(rand.Uint32())
	}
	return b
}

func headers(pairs ...string) func(http.Header) {
	return func(h http.Header) {
		for i := 0; i < len(pairs); i += 2 {
			h.Set(pairs[i], pairs[i+1])
		}
	}
}

// Django's rules, and what is left out beyond them.
func TestRules(t *testing.T) {
	const all = "gzip, deflate, br, zstd"
	for _, tt := range []struct {
		name     string
		accept   string
		set      func(http.Header)
		status   int
		body     string
		encoding string // "" for what stays as it is
		varies   bool
	}{
		{"gzip", "gzip", nil, 200, text, "gzip", true},
		{"a browser", all, nil, 200, text, "zstd", true},
		{"br", "br", nil, 200, text, "br", true},
		{"by q", "gzip;q=0.5, br;q=0.9", nil, 200, text, "br", true},
		{"an error too", "gzip", nil, 404, text, "gzip", true},
		{"the least", "gzip", nil, 200, strings.Repeat("x", 200), "gzip", true},
		{"too small", "gzip", nil, 200, strings.Repeat("x", 199), "", false},
		{"nobody asks", "", nil, 200, text, "", true},
		{"nobody asks, and small", "", nil, 200, "x", "", false},
		{"refused", "gzip;q=0", nil, 200, text, "", true},
		{"not smaller", all, headers("Content-Type", "text/plain"), 200, string(noise(1000)), "", true},
		{"encoded already", all, headers("Content-Encoding", "br"), 200, text, "br", false},
		{"identity", all, headers("Content-Encoding", "identity"), 200, text, "identity", false},
		{"no-transform", all, headers("Cache-Control", "public, No-Transform"), 200, text, "", false},
		{"a part", all, headers("Content-Range", "bytes 0-9/10"), 206, text, "", false},
		{"several parts", all, headers("Content-Type", "multipart/byteranges; boundary=x"), 206, text, "", false},
		{"a range that is none", all, headers("Content-Range", "bytes */10"), 416, text, "", false},
		{"a digest", all, headers("Content-Digest", "sha-256=:x:"), 200, text, "", false},
		{"an image", all, headers("Content-Type", "image/png"), 200, text, "", false},
		{"an image by its contents", all, nil, 200, "\x89PNG\x0D\x0A\x1A\x0A" + text, "", false},
		{"SVG", "gzip", headers("Content-Type", "image/svg+xml; charset=utf-8"), 200, text, "gzip", true},
		{"an archive", all, headers("Content-Type", "application/ZIP"), 200, text, "", false},
		{"an e-book", all, headers("Content-Type", "application/epub+zip"), 200, text, "", false},
		{"video", all, headers("Content-Type", "video/mp4"), 200, text, "", false},
		{"a font", all, headers("Content-Type", "font/woff2"), 200, text, "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for way, write := range ways {
				w := get(wrap(t, func(w http.ResponseWriter, _ *http.Request) {
					if tt.set != nil {
						tt.set(w.Header())
					}
					write(w, tt.status, tt.body)
				}), tt.accept)
				got := w.Body.String()
				if own := w.Header().Get("Content-Encoding"); own != tt.encoding {
					t.Errorf("%s: Content-Encoding is %q, want %q", way, own, tt.encoding)
				} else if tt.encoding != "" && tt.varies {
					got = decode(t, own, w.Body.Bytes())
				}
				if got != tt.body || w.Code != tt.status {
					t.Errorf("%s: %d, other contents: %q", way, w.Code, got)
				}
				if varies := slices.Contains(w.Header()["Vary"], "Accept-Encoding"); varies != tt.varies {
					t.Errorf("%s: Vary is %q", way, w.Header()["Vary"])
				}
				if length := w.Header().Get("Content-Length"); length != "" && length != strconv.Itoa(w.Body.Len()) {
					t.Errorf("%s: Content-Length is %s of %d", way, length, w.Body.Len())
				}
			}
		})
	}
}

// onlyReader hides WriteTo, by which io.Copy would go around ReadFrom.
type onlyReader struct{ io.Reader }

// ways are those in which handlers write.
var ways = map[string]func(w http.ResponseWriter, status int, body string){
	"at once": func(w http.ResponseWriter, status int, body string) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	},
	"declared": func(w http.ResponseWriter, status int, body string) {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		io.WriteString(w, body)
	},
	"in parts": func(w http.ResponseWriter, status int, body string) {
		w.WriteHeader(status)
		for len(body) > 0 {
			n := min(len(body), 100)
			io.WriteString(w, body[:n])
			body = body[n:]
		}
	},
	"from a reader": func(w http.ResponseWriter, status int, body string) {
		w.WriteHeader(status)
		w.(io.ReaderFrom).ReadFrom(onlyReader{strings.NewReader(body)})
	},
}

// What describes the body is of the compressed one.
func TestHeaders(t *testing.T) {
	for _, tt := range []struct{ etag, want string }{
		{`"strong"`, `W/"strong"`}, {`W/"weak"`, `W/"weak"`}, {"", ""},
	} {
		w := get(wrap(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Accept-Ranges", "bytes")
			w.Header().Set("Vary", "Cookie")
			if tt.etag != "" {
				w.Header().Set("ETag", tt.etag)
			}
			io.WriteString(w, text)
		}), "gzip")
		h := w.Header()
		if h.Get("ETag") != tt.want || h.Get("Accept-Ranges") != "" || h.Get("Content-Length") != strconv.Itoa(w.Body.Len()) {
			t.Errorf("got %v", h)
		}
		if !slices.Equal(h["Vary"], []string{"Cookie", "Accept-Encoding"}) {
			t.Errorf("Vary is %q", h["Vary"])
		}
		if h.Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("the type is %q: net/http guesses none of what is compressed", h.Get("Content-Type"))
		}
	}
}

// Without the padding, a body has one length; with it, who guesses learns less.
func TestLengthsVary(t *testing.T) {
	for _, encoding := range []string{"gzip", "zstd", "br"} {
		lengths := map[int]bool{}
		h := wrap(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) })
		for range 200 {
			w := get(h, encoding)
			if got := decode(t, encoding, w.Body.Bytes()); got != text {
				t.Fatalf("%s: got %q", encoding, got)
			}
			lengths[w.Body.Len()] = true
		}
		shortest, longest := slices.MinFunc(keys(lengths), byValue), slices.MaxFunc(keys(lengths), byValue)
		// 200 draws of 100 lengths have 87 different ones on average, and next to never less than 60.
		if len(lengths) < 60 || longest-shortest > 100 {
			t.Errorf("%s: %d lengths from %d to %d", encoding, len(lengths), shortest, longest)
		}
	}
}

func keys(m map[int]bool) (all []int) {
	for k := range m {
		all = append(all, k)
	}
	return all
}

func byValue(a, b int) int { return a - b }

func TestSettings(t *testing.T) {
	f, err := gzip.New(gzip.Settings{Encodings: []string{"gzip"}})
	if err != nil {
		t.Fatal(err)
	}
	h := f(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }))
	if got := get(h, "br, zstd, gzip;q=0.1").Header().Get("Content-Encoding"); got != "gzip" {
		t.Errorf("got %q, want gzip, as Django", got)
	}
	if _, err := gzip.New(gzip.Settings{Encodings: []string{"deflate"}}); err == nil {
		t.Error("deflate is no way of ours")
	}
}
