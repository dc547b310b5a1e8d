package djangotest

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/apps/staticfiles"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/clickjacking"
	"github.com/settled-go/settled/settledtest"
)

// views are those of testdata/serve.py.
type views struct{}

func (views) Settings() any { return nil }

const html = "text/html; charset=utf-8"

func text(body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", html)
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		io.WriteString(w, body)
	}
}

func echo(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		settled.BadRequest(w, r, err.Error())
		return
	}
	text(fmt.Sprintf("%s %s ?%s secure=%t host=%s body=%s", r.Method, r.URL.Path, r.URL.RawQuery, settled.IsSecure(r), settled.Host(r), body))(w, r)
}

func stream(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", html)
	for i := range 100 {
		fmt.Fprintf(w, "line %d of a stream\n", i)
		http.NewResponseController(w).Flush()
	}
}

func framed(w http.ResponseWriter, r *http.Request) {
	clickjacking.Exempt(w)
	text("framed")(w, r)
}

// noise does not get smaller by compression.
func noise() string {
	b := make([]byte, 210)
	for i := range b {
		b[i] = byte(i*i*7 + i/3*31)
	}
	return string(b)
}

var long = strings.Repeat("The quick brown fox jumps over the lazy dog. ", 120)

func status(code int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", html)
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
	}
}

func thing(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseUint(r.PathValue("id"), 10, 64)
	if err != nil {
		settled.NotFound(w, r, "no number")
		return
	}
	text(fmt.Sprintf("thing %d", id))(w, r)
}

// Routes are the paths of testdata/serve.py.
func (views) Routes() []settled.Route {
	const then = "Sat, 01 Jan 2022 00:00:00 GMT"
	return []settled.Route{
		settled.Path("/ok/{$}", text("ok"), ""),
		settled.Path("/plain", text("plain"), ""),
		settled.Path("/echo/{$}", echo, ""),
		settled.Path("/form/{$}", form, ""),
		settled.Path("/exempt/{$}", text("exempt"), "").Marked(middleware.CSRFExempt),
		settled.Path("/unslashed/{$}", text("unslashed"), "").Marked(middleware.NoAppendSlash),
		settled.Path("/framed/{$}", framed, ""),
		settled.Path("/long/{$}", text(long), ""),
		settled.Path("/just/{$}", text(strings.Repeat("x", 200)), ""),
		settled.Path("/short/{$}", text(strings.Repeat("x", 199)), ""),
		settled.Path("/noise/{$}", text(noise()), ""),
		settled.Path("/tagged/{$}", text(long, "ETag", `"abc"`, "Last-Modified", then, "Cache-Control", "max-age=60"), ""),
		settled.Path("/dated/{$}", text("dated", "Last-Modified", then, "Content-Language", "en"), ""),
		settled.Path("/nostore/{$}", text("nostore", "Cache-Control", "no-store"), ""),
		settled.Path("/encoded/{$}", text(long, "Content-Encoding", "identity"), ""),
		settled.Path("/stream/{$}", stream, ""),
		settled.Path("/own/{$}", text("own", "X-Frame-Options", "SAMEORIGIN", "Referrer-Policy", "origin", "X-Content-Type-Options", "sniff",
			"Strict-Transport-Security", "max-age=1", "Cross-Origin-Opener-Policy", "unsafe-none", "Vary", "Cookie"), ""),
		settled.Path("/cookie/{$}", text("cookie", "Set-Cookie", "a=1; Path=/"), ""),
		settled.Path("/nothing/{$}", status(http.StatusNoContent), ""),
		settled.Path("/moved/{$}", status(http.StatusFound, "Location", "/ok/"), ""),
		settled.Path("/raise/{$}", func(http.ResponseWriter, *http.Request) { panic("a secret of the program") }, ""),
		settled.Path("/missing/{$}", func(w http.ResponseWriter, r *http.Request) { settled.NotFound(w, r, "gone") }, ""),
		settled.Path("/denied/{$}", func(w http.ResponseWriter, r *http.Request) { settled.PermissionDenied(w, r, "not you") }, ""),
		settled.Path("/bad/{$}", func(w http.ResponseWriter, r *http.Request) { settled.BadRequest(w, r, "nonsense") }, ""),
		settled.Path("/things/{id}/{$}", thing, ""),
	}
}

// serveSettled starts a site and returns its address.
func serveSettled(t *testing.T, list []string, settings map[string]any) string {
	t.Helper()
	apps := settledtest.Apps{"views": func() settled.App { return views{} }, "corsheaders": corsheaders.NewApp, "django.contrib.staticfiles": staticfiles.NewApp}.WithBuiltin(stock.Apps())
	var b strings.Builder
	installed := []string{"corsheaders", "views"}
	if settings["STATIC_URL"] != nil {
		installed = append(installed, "django.contrib.staticfiles")
	}
	fmt.Fprintf(&b, "INSTALLED_APPS = %s\nMIDDLEWARE = %s\n", tomlValue(installed), tomlValue(list))
	for name, value := range settings {
		fmt.Fprintf(&b, "%s = %s\n", name, tomlValue(value))
	}
	p, found := settledtest.Setup(t, apps, b.String())
	for _, layer := range p.Layers() {
		if !layer.Linked {
			t.Fatalf("there is no %s", layer.Name)
		}
	}
	if len(found) > 0 {
		t.Fatalf("%s\n%v", b.String(), found)
	}
	site, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &httptest.Server{Listener: listener, Config: &http.Server{Handler: atPort80(site.Handler())}}
	s.Start()
	t.Cleanup(func() {
		s.Close()
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	})
	return listener.Addr().String()
}

// atPort80 has requests come in by the port that testdata/serve.py names.
func atPort80(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{Port: 80})
		h.ServeHTTP(w, r.WithContext(ctx))
	})
}

// tomlValue writes a value of the settings of a test.
func tomlValue(v any) string {
	switch v := v.(type) {
	case []string:
		var all []string
		for _, s := range v {
			all = append(all, strconv.Quote(s))
		}
		return "[" + strings.Join(all, ", ") + "]"
	case string:
		return strconv.Quote(v)
	default:
		return fmt.Sprint(v) // a number, true or false
	}
}
