package conditional_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled/middleware/conditional"
)

const okTag = `"444bcb3a3fcf8389296c49467f27e1d6"` // of "ok"

// wrap is h behind the middleware.
func wrap(t testing.TB, h http.HandlerFunc) http.Handler {
	t.Helper()
	f, err := conditional.New(conditional.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return f(h)
}

func ask(h http.Handler, method string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// Which responses get an ETag: real Django 3.2 says so too, but for parts.
func TestETag(t *testing.T) {
	write := func(status int, body string, headers ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(status)
			io.WriteString(w, body)
		}
	}
	big := strings.Repeat("x", conditional.MaxBody)
	for _, tt := range []struct {
		name   string
		method string
		h      http.HandlerFunc
		want   string // "any" for some
	}{
		{"a body", "GET", write(200, "ok"), okTag},
		{"not found", "GET", write(404, "ok"), okTag},
		{"POST", "POST", write(200, "ok"), ""},
		{"HEAD", "HEAD", write(200, "ok"), ""},
		{"empty", "GET", write(200, ""), ""},
		{"nothing", "GET", func(http.ResponseWriter, *http.Request) {}, ""},
		{"the handler's own", "GET", write(200, "ok", "ETag", `W/"mine"`), `W/"mine"`},
		{"no-store", "GET", write(200, "ok", "Cache-Control", "max-age=0 , No-Store"), ""},
		{"no-store-ish", "GET", write(200, "ok", "Cache-Control", "x-no-store"), okTag},
		{"a part", "GET", write(206, "ok", "Content-Range", "bytes 0-1/3"), ""},
		{"in parts", "GET", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "o"); io.WriteString(w, "k") }, okTag},
		{"flushed", "GET", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok"); w.(http.Flusher).Flush() }, ""},
		{"the longest", "GET", write(200, big), "any"},
		{"too long", "GET", write(200, big+"x"), ""},
		{"too long, and declared", "GET", write(200, big+"x", "Content-Length", strconv.Itoa(len(big)+1)), ""},
	} {
		w := ask(wrap(t, tt.h), tt.method)
		if got := w.Header().Get("ETag"); got != tt.want && (tt.want != "any" || got == "") {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
		plain := ask(tt.h, tt.method)
		if w.Code != plain.Code || w.Body.String() != plain.Body.String() {
			t.Errorf("%s: got %d and %d bytes", tt.name, w.Code, w.Body.Len())
		}
	}
}

const (
	then   = "Sat, 01 Jan 2022 00:00:00 GMT"
	before = "Fri, 31 Dec 2021 00:00:00 GMT"
	after  = "Sun, 02 Jan 2022 00:00:00 GMT"
)

// A handler's own ETag and date. The statuses are those of Django and, for the same
// content, those of http.ServeContent.
func TestConditions(t *testing.T) {
	for _, tt := range []struct {
		conditions string // as in the request, with | between
		etag       string
		want       int
	}{
		{`If-None-Match: "abc"`, `"abc"`, 304},
		{`If-None-Match: W/"abc"`, `"abc"`, 304},
		{`If-None-Match: "abc"`, `W/"abc"`, 304},
		{`If-None-Match: "x", W/"y" ,"abc"`, `"abc"`, 304},
		{`If-None-Match: "a,b"`, `"a,b"`, 304},
		{`If-None-Match: "a,b"`, `"b"`, 200},
		{`If-None-Match: *`, `"abc"`, 304},
		{`If-None-Match: "x"`, `"abc"`, 200},
		{`If-None-Match: abc`, `"abc"`, 200},
		{`If-None-Match: "x"|If-Modified-Since: ` + then, `"abc"`, 200},
		{`If-Modified-Since: ` + then, `"abc"`, 304},
		{`If-Modified-Since: ` + after, `"abc"`, 304},
		{`If-Modified-Since: ` + before, `"abc"`, 200},
		{`If-Modified-Since: Saturday, 01-Jan-22 00:00:00 GMT`, `"abc"`, 304},
		{`If-Modified-Since: nonsense`, `"abc"`, 200},
		{`If-Match: "abc"`, `"abc"`, 200},
		{`If-Match: "x", "abc"`, `"abc"`, 200},
		{`If-Match: W/"abc"`, `"abc"`, 412},
		{`If-Match: W/"abc"`, `W/"abc"`, 412},
		{`If-Match: "abc"`, `W/"abc"`, 412},
		{`If-Match: "x"`, `"abc"`, 412},
		{`If-Match: *`, `W/"abc"`, 200},
		{`If-Match: "abc"|If-None-Match: "abc"`, `"abc"`, 304},
		{`If-Match: "x"|If-None-Match: "abc"`, `"abc"`, 412},
		{`If-Unmodified-Since: ` + before, `"abc"`, 412},
		{`If-Unmodified-Since: ` + then, `"abc"`, 200},
		{`If-Match: "abc"|If-Unmodified-Since: ` + before, `"abc"`, 200},
	} {
		var headers []string
		for c := range strings.SplitSeq(tt.conditions, "|") {
			name, value, _ := strings.Cut(c, ": ")
			headers = append(headers, name, value)
		}
		set := func(w http.ResponseWriter) {
			w.Header().Set("ETag", tt.etag)
			w.Header().Set("Content-Type", "text/plain")
		}
		own := func(w http.ResponseWriter, _ *http.Request) {
			set(w)
			w.Header().Set("Last-Modified", then)
			io.WriteString(w, "abc")
		}
		content := func(w http.ResponseWriter, r *http.Request) {
			set(w)
			modified, _ := time.Parse(http.TimeFormat, then)
			http.ServeContent(w, r, "", modified, strings.NewReader("abc"))
		}
		for name, h := range map[string]http.Handler{
			"own": wrap(t, own), "ServeContent": http.HandlerFunc(content), "both": wrap(t, content),
		} {
			w := ask(h, "GET", headers...)
			if w.Code != tt.want {
				t.Errorf("%s, %s, %s: got %d, want %d", tt.conditions, tt.etag, name, w.Code, tt.want)
			}
			if body := w.Body.String(); tt.want != 200 && body != "" || tt.want == 200 && body != "abc" {
				t.Errorf("%s, %s: the body is %q", tt.conditions, name, body)
			}
		}
	}
}

// Only what has succeeded, and of which something is known, is judged.
func TestNotJudged(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"not found": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(404)
			io.WriteString(w, "ok")
		},
		"flushed, without a tag": func(w http.ResponseWriter, _ *http.Request) { w.(http.Flusher).Flush() },
		"no date": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Last-Modified", "yesterday")
			w.(http.Flusher).Flush()
		},
	} {
		h := wrap(t, h)
		if w := ask(h, "GET", "If-None-Match", okTag, "If-Modified-Since", after); w.Code == 304 {
			t.Errorf("%s: got %d", name, w.Code)
		}
	}
	h := wrap(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok") })
	if w := ask(h, "GET", "If-Unmodified-Since", before); w.Code != 200 {
		t.Errorf("without a date: got %d", w.Code)
	}
	if w := ask(h, "POST", "If-None-Match", okTag); w.Code != 200 {
		t.Errorf("POST: got %d", w.Code)
	}
}

// handler sets all kinds of headers.
func handler(w http.ResponseWriter, _ *http.Request) {
	for _, name := range []string{"Cache-Control", "Content-Location", "Expires", "Vary", "Set-Cookie",
		"Content-Type", "Content-Language", "X-Count", "Access-Control-Allow-Origin"} {
		w.Header().Set(name, "of the handler")
	}
	w.Header().Set("Last-Modified", then)
	io.WriteString(w, "ok")
}

// A 304 has what keeps caches right, cookies, and what layers further out have set:
// on the way in, or on the way out.
func TestHeadersOfNotModified(t *testing.T) {
	h := wrap(t, handler)
	outer := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "1")
		h.ServeHTTP(w, r)
	})
	w := ask(outer, "GET", "If-None-Match", okTag)
	want := http.Header{"Etag": {okTag}, "Last-Modified": {then}, "X-Request-Id": {"1"}}
	for _, name := range []string{"Cache-Control", "Content-Location", "Expires", "Vary", "Set-Cookie", "Access-Control-Allow-Origin"} {
		want.Set(name, "of the handler")
	}
	same(t, w, 304, want)

	w = ask(outer, "GET", "If-Match", `"x"`)
	same(t, w, 412, http.Header{"X-Request-Id": {"1"}, "Access-Control-Allow-Origin": {"of the handler"},
		"Content-Type": {"text/html; charset=utf-8"}, "Content-Length": {"0"}})
}

func same(t *testing.T, w *httptest.ResponseRecorder, status int, want http.Header) {
	t.Helper()
	var got, wanted bytes.Buffer
	w.Header().Write(&got)
	want.Write(&wanted)
	if w.Code != status || w.Body.Len() > 0 || got.String() != wanted.String() {
		t.Errorf("got %d with %d bytes and\n%s\nwant\n%s", w.Code, w.Body.Len(), &got, &wanted)
	}
}

// A stream that the client has already is not sent, and its handler sees no error.
func TestStreamThatIsNotModified(t *testing.T) {
	server := httptest.NewServer(wrap(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", okTag)
		for range 3 {
			if _, err := io.WriteString(w, "ok"); err != nil {
				t.Error(err)
			}
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
		}
	}))
	defer server.Close()
	r, err := http.NewRequestWithContext(t.Context(), "GET", server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("If-None-Match", okTag)
	resp, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); resp.StatusCode != 304 || len(body) > 0 || err != nil {
		t.Errorf("got %s %q, %v", resp.Status, body, err)
	}
}

// Whatever a client sends as a list of tags, nothing loops and nothing panics.
func FuzzMatch(f *testing.F) {
	for _, seed := range []string{`"abc"`, `W/"abc", *`, `"a,b" "c"`, `,,W/`, `"`, `W/"`, `x"abc"`} {
		f.Add(seed)
	}
	h := wrap(f, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", `"abc"`)
		io.WriteString(w, "ok")
	})
	f.Fuzz(func(t *testing.T, list string) {
		w := ask(h, "GET", "If-None-Match", list)
		if known := strings.Contains(list, `"abc"`) || strings.Contains(list, "*"); w.Code == 304 && !known {
			t.Errorf("%q: got 304", list)
		}
	})
}

// sink is a ResponseWriter that costs nothing.
type sink struct{ h http.Header }

func (s sink) Header() http.Header         { return s.h }
func (s sink) Write(p []byte) (int, error) { return len(p), nil }
func (s sink) WriteHeader(int)             {}

func BenchmarkConditional(b *testing.B) {
	body := bytes.Repeat([]byte("0123456789"), 10)
	h := wrap(b, func(w http.ResponseWriter, _ *http.Request) { w.Write(body) })
	for name, condition := range map[string]string{"200": "", "304": okTag} {
		b.Run(name, func(b *testing.B) {
			r := httptest.NewRequest("GET", "/", nil)
			if condition != "" {
				r.Header.Set("If-None-Match", condition)
			}
			w := sink{http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				clear(w.h)
				h.ServeHTTP(w, r)
			}
		})
	}
}
