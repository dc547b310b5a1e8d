package whitenoise_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/middleware/whitenoise"
)

// at is when the files of the tests were changed.
var at = time.Date(2026, 1, 2, 3, 4, 5, 600, time.UTC)

func write(t testing.TB, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, at, at); err != nil {
		t.Fatal(err)
	}
}

func zipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, text)
	w.Close()
	return b.String()
}

var css = strings.Repeat("body { color: red }\n", 100)

// folder is a STATIC_ROOT.
func folder(t testing.TB) string {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "css/base.css"), css)
	write(t, filepath.Join(dir, "css/base.css.gz"), zipped(css))
	write(t, filepath.Join(dir, "css/base.css.br"), "br")
	write(t, filepath.Join(dir, "css/base.0123456789ab.css"), "a {}")
	write(t, filepath.Join(dir, "img/x.png"), "0123456789")
	write(t, filepath.Join(dir, "font.woff2"), "w")
	write(t, filepath.Join(dir, "docs/index.html"), "<p>")
	write(t, filepath.Join(dir, "a b é.txt"), "é")
	return dir
}

func settings(dir string) whitenoise.Settings {
	s := whitenoise.Defaults()
	s.StaticURL, s.StaticRoot = "/static/", dir
	s.IsHashed = func(name string) bool { return name == "css/base.0123456789ab.css" }
	return s
}

func build(t testing.TB, s whitenoise.Settings) http.Handler {
	t.Helper()
	mw, err := whitenoise.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return mw(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusTeapot)
	}))
}

// ask gives status, headers, sorted, and body as text.
func ask(h http.Handler, method, path string, headers ...string) string {
	r := httptest.NewRequest(method, "/", nil)
	r.URL.Path = path
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var lines []string
	for key, values := range w.Header() {
		lines = append(lines, key+": "+strings.Join(values, " | "))
	}
	slices.Sort(lines)
	body := w.Body.String()
	if len(body) > 40 {
		body = fmt.Sprintf("%d bytes", len(body))
	}
	return fmt.Sprintf("%d\n%s\n%s", w.Code, strings.Join(lines, "\n"), body)
}

const common = `Access-Control-Allow-Origin: *
Cache-Control: max-age=60, public
`

// What WhiteNoise 6 answers, recorded from it, but for the tags of compressed
// variants: they are tags of other bytes, so they are others.
func TestAnswers(t *testing.T) {
	h := build(t, settings(folder(t)))
	const modified = "Last-Modified: Fri, 02 Jan 2026 03:04:05 GMT\n"
	for _, tt := range []struct {
		name, method, path string
		headers            []string
		want               string
	}{
		{"a file", "GET", "/static/img/x.png", nil,
			"200\n" + common + "Content-Length: 10\nContent-Type: image/png\nEtag: \"695735a5-a\"\n" + modified[:len(modified)-1] + "\n0123456789"},
		{"HEAD", "HEAD", "/static/img/x.png", nil,
			"200\n" + common + "Content-Length: 10\nContent-Type: image/png\nEtag: \"695735a5-a\"\n" + modified},
		{"a name with a hash", "GET", "/static/css/base.0123456789ab.css", nil,
			"200\nAccess-Control-Allow-Origin: *\nCache-Control: max-age=315360000, public, immutable\nContent-Length: 4\nContent-Type: text/css; charset=\"utf-8\"\nEtag: \"695735a5-4\"\n" + modified + "a {}"},
		{"another method", "POST", "/static/img/x.png", nil, "405\nAllow: GET, HEAD\nContent-Length: 0\n"},
		{"nobody's file", "GET", "/static/nope.png", nil, "418\n\n"},
		{"a folder", "GET", "/static/css/", nil, "418\n\n"},
		{"a folder with an index that is not asked for", "GET", "/static/docs/", nil, "418\n\n"},
		{"a compressed file by its own name", "GET", "/static/css/base.css.gz", nil, "418\n\n"},
		{"upwards", "GET", "/static/../whitenoise.go", nil, "418\n\n"},
		{"elsewhere", "GET", "/img/x.png", nil, "418\n\n"},
		{"signs", "GET", "/static/a b é.txt", nil,
			"200\n" + common + "Content-Length: 2\nContent-Type: text/plain; charset=\"utf-8\"\nEtag: \"695735a5-2\"\n" + modified + "é"},
		{"gzip", "GET", "/static/css/base.css", []string{"Accept-Encoding", "gzip, deflate"},
			fmt.Sprintf("200\n%sContent-Encoding: gzip\nContent-Length: %d\nContent-Type: text/css; charset=\"utf-8\"\nEtag: \"695735a5-7d0-gzip\"\n%sVary: Accept-Encoding\n%d bytes", common, len(zipped(css)), modified, len(zipped(css)))},
		{"the smallest", "GET", "/static/css/base.css", []string{"Accept-Encoding", "gzip, br"},
			"200\n" + common + "Content-Encoding: br\nContent-Length: 2\nContent-Type: text/css; charset=\"utf-8\"\nEtag: \"695735a5-7d0-br\"\n" + modified + "Vary: Accept-Encoding\nbr"},
		{"not that", "GET", "/static/css/base.css", []string{"Accept-Encoding", "gzip;q=0, br; q=0.0, *"},
			"200\n" + common + "Content-Length: 2000\nContent-Type: text/css; charset=\"utf-8\"\nEtag: \"695735a5-7d0\"\n" + modified + "Vary: Accept-Encoding\n2000 bytes"},
		{"the best liked", "GET", "/static/css/base.css", []string{"Accept-Encoding", "br;q=0.5, identity;q=0.7"},
			"200\n" + common + "Content-Length: 2000\nContent-Type: text/css; charset=\"utf-8\"\nEtag: \"695735a5-7d0\"\n" + modified + "Vary: Accept-Encoding\n2000 bytes"},
		{"known", "GET", "/static/css/base.css", []string{"If-None-Match", `W/"x", "695735a5-7d0"`},
			"304\nCache-Control: max-age=60, public\nEtag: \"695735a5-7d0\"\nVary: Accept-Encoding\n"},
		{"known by the tag that GZip has made of it", "GET", "/static/img/x.png", []string{"If-None-Match", `W/"695735a5-a"`},
			"304\nCache-Control: max-age=60, public\nEtag: \"695735a5-a\"\n"},
		{"a tag counts before a date", "HEAD", "/static/img/x.png", []string{"If-None-Match", `"x"`, "If-Modified-Since", "Fri, 02 Jan 2026 03:04:05 GMT"},
			"200\n" + common + "Content-Length: 10\nContent-Type: image/png\nEtag: \"695735a5-a\"\n" + modified},
		{"known in another encoding", "HEAD", "/static/css/base.css", []string{"If-None-Match", `"695735a5-7d0"`, "Accept-Encoding", "br"},
			"200\n" + common + "Content-Encoding: br\nContent-Length: 2\nContent-Type: text/css; charset=\"utf-8\"\nEtag: \"695735a5-7d0-br\"\n" + modified + "Vary: Accept-Encoding\n"},
		{"known for ever", "GET", "/static/css/base.0123456789ab.css", []string{"If-None-Match", `"695735a5-4"`},
			"304\nCache-Control: max-age=315360000, public, immutable\nEtag: \"695735a5-4\"\n"},
		{"not changed", "GET", "/static/img/x.png", []string{"If-Modified-Since", "Fri, 02 Jan 2026 03:04:05 GMT"},
			"304\nCache-Control: max-age=60, public\nEtag: \"695735a5-a\"\n"},
		{"changed", "HEAD", "/static/img/x.png", []string{"If-Modified-Since", "Fri, 02 Jan 2026 03:04:04 GMT"},
			"200\n" + common + "Content-Length: 10\nContent-Type: image/png\nEtag: \"695735a5-a\"\n" + modified},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, ask(h, tt.method, tt.path, tt.headers...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRanges(t *testing.T) {
	h := build(t, settings(folder(t)))
	for _, tt := range []struct{ header, ifRange, want string }{
		{"bytes=0-3", "", "206 bytes 0-3/10 0123"},
		{"bytes=0-0", "", "206 bytes 0-0/10 0"},
		{"bytes=8-", "", "206 bytes 8-9/10 89"},
		{"bytes=-3", "", "206 bytes 7-9/10 789"},
		{"bytes=-30", "", "206 bytes 0-9/10 0123456789"},
		{"bytes=5-99999999999999999999", "", "206 bytes 5-9/10 56789"},
		{"bytes=10-", "", "416 bytes */10 "},
		{"bytes=-0", "", "416 bytes */10 "},
		{"bytes=0-1,3-4", "", "200  0123456789"},
		{"bytes=3-1", "", "200  0123456789"},
		{"bytes=a-b", "", "200  0123456789"},
		{"bytes=-", "", "200  0123456789"},
		{"lines=0-3", "", "200  0123456789"},
		{"bytes=0-3", `"695735a5-a"`, "206 bytes 0-3/10 0123"},
		{"bytes=0-3", `W/"695735a5-a"`, "200  0123456789"},
		{"bytes=0-3", `"695735a5-b"`, "200  0123456789"},
		{"bytes=0-3", "Fri, 02 Jan 2026 03:04:05 GMT", "206 bytes 0-3/10 0123"},
		{"bytes=0-3", "Fri, 02 Jan 2026 03:04:06 GMT", "200  0123456789"},
	} {
		r := httptest.NewRequest("GET", "/static/img/x.png", nil)
		r.Header.Set("Range", tt.header)
		if tt.ifRange != "" {
			r.Header.Set("If-Range", tt.ifRange)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := fmt.Sprintf("%d %s %s", w.Code, w.Header().Get("Content-Range"), w.Body); got != tt.want {
			t.Errorf("Range %s, If-Range %s: %q, want %q", tt.header, tt.ifRange, got, tt.want)
		}
		if length := w.Header().Get("Content-Length"); length != fmt.Sprint(w.Body.Len()) {
			t.Errorf("Range %s: Content-Length %s for %d bytes", tt.header, length, w.Body.Len())
		}
	}
}

// A file that is exchanged under a running server is served as it is, with its own
// length and tag.
func TestExchanged(t *testing.T) {
	for _, accepted := range []string{"", "gzip, br"} {
		dir := folder(t)
		h := build(t, settings(dir))
		name := filepath.Join(dir, "css/base.css")
		ask(h, "GET", "/static/css/base.css")
		write(t, name+".new", "b {}")
		if err := os.Chtimes(name+".new", at.Add(time.Minute), at.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(name+".new", name); err != nil {
			t.Fatal(err)
		}
		// The compressed forms are of the old file.
		got := ask(h, "GET", "/static/css/base.css", "Accept-Encoding", accepted, "If-None-Match", `"695735a5-7d0"`)
		for _, want := range []string{"200\n", "Content-Length: 4\n", "\nEtag: \"695735e1-4\"\n", "\nb {}"} {
			if !strings.Contains(got, want) {
				t.Errorf("with %q, no %q in\n%s", accepted, want, got)
			}
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if got := ask(h, "GET", "/static/css/base.css", "Accept-Encoding", accepted); got != "418\n\n" {
			t.Errorf("a file that is gone: %s", got)
		}
	}
}

// What grows or is cut while it is sent never makes a length lie.
func TestCutShort(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "big.bin")
	write(t, name, strings.Repeat("x", 8<<20))
	s := settings(dir)
	server := httptest.NewServer(build(t, s))
	defer server.Close()
	res, err := http.Get(server.URL + "/static/big.bin")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := io.ReadFull(res.Body, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, 2000); err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, res.Body)
	if err == nil && n+1000 != 8<<20 {
		t.Errorf("%d bytes and no error", n+1000)
	}
}

// The handler gives up, so that the connection breaks off in HTTP/2, too.
func TestCutShortAborts(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "big.bin")
	write(t, name, strings.Repeat("x", 100<<10))
	h := build(t, settings(dir))
	w := &cutter{httptest.NewRecorder(), name}
	defer func() {
		if got := recover(); got != http.ErrAbortHandler {
			t.Errorf("it ended with %v", got)
		}
	}()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/static/big.bin", nil))
}

// cutter cuts the file when the response begins.
type cutter struct {
	*httptest.ResponseRecorder
	name string
}

func (w *cutter) WriteHeader(status int) {
	if err := os.Truncate(w.name, 1000); err != nil {
		panic(err)
	}
	w.ResponseRecorder.WriteHeader(status)
}

func TestIndex(t *testing.T) {
	for _, refresh := range []bool{false, true} {
		s := settings(folder(t))
		s.IndexFile, s.AutoRefresh = true, &refresh
		h := build(t, s)
		for path, want := range map[string]string{
			"/static/docs/":           "200 ",
			"/static/docs":            "302 docs/",
			"/static/docs/index.html": "302 ./",
			"/static/css/":            "418 ",
			"/static/docs//":          "418 ",
			"/static/docs/..":         "418 ",
		} {
			w := httptest.NewRecorder()
			r := httptest.NewRequest("GET", "/", nil)
			r.URL.Path = path
			h.ServeHTTP(w, r)
			if got := fmt.Sprintf("%d %s", w.Code, w.Header().Get("Location")); got != want {
				t.Errorf("refresh %v, %s: %s, want %s", refresh, path, got, want)
			}
			if w.Code == 200 && w.Header().Get("Content-Type") != `text/html; charset="utf-8"` {
				t.Errorf("%s: %q", path, w.Header())
			}
		}
	}
}

// What is found at the start and what is found anew for each request is the same.
func TestAutoRefresh(t *testing.T) {
	dir := folder(t)
	s := settings(dir)
	once := build(t, s)
	refresh := true
	s.AutoRefresh = &refresh
	anew := build(t, s)
	for _, path := range []string{
		"/static/css/base.css", "/static/css/base.css.gz", "/static/css", "/static/", "/static/../x", "/static//font.woff2", "/static/font.woff2/",
		"/static/css/./base.css", "/", "/static/css\\base.css", "/static/font.woff2", "/static/\x00", "/static/css/base.0123456789ab.css",
	} {
		if a, b := ask(once, "GET", path), ask(anew, "GET", path); a != b {
			t.Errorf("%q:\n%s\nand\n%s", path, a, b)
		}
	}
	write(t, filepath.Join(dir, "late.txt"), "late")
	if got := ask(anew, "GET", "/static/late.txt"); !strings.HasPrefix(got, "200") {
		t.Errorf("a file that came later: %s", got)
	}
	if got := ask(once, "GET", "/static/late.txt"); !strings.HasPrefix(got, "418") {
		t.Errorf("a file that came later, without: %s", got)
	}
}

// The settings that change headers.
func TestSettings(t *testing.T) {
	dir, root := folder(t), t.TempDir()
	write(t, filepath.Join(root, "robots.txt"), "r")
	write(t, filepath.Join(root, ".well-known/x.foo"), "f")
	write(t, filepath.Join(root, "static/font.woff2"), "root")
	s := settings(dir)
	age := 7
	s.MaxAge, s.AllowAllOrigins, s.Charset, s.Root = &age, false, "latin-1", root
	s.MimeTypes = map[string]string{".foo": "text/foo"}
	s.ImmutableFileTest = `^/static/img/`
	h := build(t, s)
	for path, want := range map[string]string{
		"/robots.txt":                       "200\nCache-Control: max-age=7, public\nContent-Length: 1\nContent-Type: text/plain; charset=\"latin-1\"\nEtag: \"695735a5-1\"",
		"/.well-known/x.foo":                "200\nCache-Control: max-age=7, public\nContent-Length: 1\nContent-Type: text/foo; charset=\"latin-1\"",
		"/static/img/x.png":                 "200\nCache-Control: max-age=315360000, public, immutable\n",
		"/static/font.woff2":                "200\nCache-Control: max-age=7, public\nContent-Length: 4\n",
		"/static/css/base.0123456789ab.css": "200\nCache-Control: max-age=7, public\n",
	} {
		if got := ask(h, "GET", path); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", path, got)
		}
	}
	s = settings(dir)
	s.CORSDecides = func(path string) bool { return strings.HasSuffix(path, ".png") }
	h = build(t, s)
	if got := ask(h, "GET", "/static/img/x.png"); strings.Contains(got, "Allow-Origin") {
		t.Errorf("where a CORS middleware decides: %s", got)
	}
	if got := ask(h, "GET", "/static/font.woff2"); !strings.Contains(got, "Allow-Origin: *") {
		t.Errorf("where none decides: %s", got)
	}
}

// What can't be used is an error, and names its setting.
func TestNewErrors(t *testing.T) {
	for name, change := range map[string]func(*whitenoise.Settings){
		"WHITENOISE_IMMUTABLE_FILE_TEST": func(s *whitenoise.Settings) { s.ImmutableFileTest = "(" },
		"WHITENOISE_INDEX_FILE":          func(s *whitenoise.Settings) { s.IndexFile = 7 },
	} {
		s := whitenoise.Defaults()
		change(&s)
		if _, err := whitenoise.New(s); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The bytes of a file reach net/http's ReadFrom, which uses sendfile.
func TestReadFrom(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "big.bin"), strings.Repeat("x", 100<<10))
	h := build(t, settings(dir))
	w := &readerFrom{ResponseRecorder: httptest.NewRecorder()}
	h.ServeHTTP(w, httptest.NewRequest("GET", "/static/big.bin", nil))
	limited, ok := w.src.(*io.LimitedReader)
	if !ok {
		t.Fatalf("ReadFrom got %T", w.src)
	}
	if _, ok := limited.R.(*os.File); !ok || w.Body.Len() != 100<<10 {
		t.Errorf("ReadFrom got %T, %d bytes", limited.R, w.Body.Len())
	}
}

type readerFrom struct {
	*httptest.ResponseRecorder
	src io.Reader
}

func (w *readerFrom) ReadFrom(src io.Reader) (int64, error) {
	w.src = src
	return io.Copy(struct{ io.Writer }{w.ResponseRecorder}, src)
}

// Whatever is asked for, what is answered is a file of the tree or nothing.
func FuzzPath(f *testing.F) {
	dir := folder(f)
	if err := os.WriteFile(filepath.Join(filepath.Dir(dir), "secret.txt"), []byte("secret"), 0o666); err != nil {
		f.Fatal(err)
	}
	refresh := true
	s := settings(dir)
	s.AutoRefresh, s.IndexFile, s.Root = &refresh, true, dir
	h := build(f, s)
	for _, seed := range []string{"/static/css/base.css", "/static/../secret.txt", "/static/..%2fsecret.txt", "/static/css/../../secret.txt", "//", "/static/\x00", "/static/css\\..\\..\\secret.txt", "/docs", "/static/a b é.txt"} {
		f.Add(seed, "gzip;q=0.5, br", "bytes=0-1")
	}
	f.Fuzz(func(t *testing.T, path, accept, ranges string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.URL.Path = path
		r.Header.Set("Accept-Encoding", accept)
		r.Header.Set("Range", ranges)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if strings.Contains(w.Body.String(), "secret") {
			t.Fatalf("%q leads out", path)
		}
		if length := w.Header().Get("Content-Length"); length != "" && length != fmt.Sprint(w.Body.Len()) {
			t.Fatalf("%q: Content-Length %s for %d bytes", path, length, w.Body.Len())
		}
	})
}

func BenchmarkServe(b *testing.B) {
	h := build(b, settings(folder(b)))
	for name, headers := range map[string][]string{
		"no file": nil, "small": nil, "gzip": {"Accept-Encoding", "gzip"}, "known": {"If-None-Match", `"695735a5-4"`},
	} {
		path := map[string]string{"no file": "/x", "small": "/static/img/x.png", "gzip": "/static/css/base.css", "known": "/static/css/base.0123456789ab.css"}[name]
		b.Run(name, func(b *testing.B) {
			r := httptest.NewRequest("GET", path, nil)
			if headers != nil {
				r.Header.Set(headers[0], headers[1])
			}
			w := &discard{header: http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				clear(w.header)
				h.ServeHTTP(w, r)
			}
		})
	}
}

type discard struct{ header http.Header }

func (w *discard) Header() http.Header         { return w.header }
func (w *discard) Write(p []byte) (int, error) { return len(p), nil }
func (w *discard) WriteHeader(int)             {}
