package stock_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/requestid"
	"github.com/settled-go/settled/settledtest"
)

const (
	accessLogName = "settled.middleware.access_log.AccessLogMiddleware"
	realIPName    = "settled.middleware.real_ip.RealIPMiddleware"
	requestIDName = "settled.middleware.request_id.RequestIDMiddleware"
	timeoutName   = "settled.middleware.timeout.TimeoutMiddleware"
	bodyLimitName = "settled.middleware.body_limit.BodyLimitMiddleware"
)

var extraRoutes = []settled.Route{
	settled.Path("GET /who/{$}", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, r.RemoteAddr+" "+settled.ClientAddr(r).String()+" "+requestid.From(r.Context()))
	}, "who"),
	settled.Path("POST /read/{$}", func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			panic(err)
		}
	}, "read"),
	settled.Path("GET /late/{$}", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "late"),
	settled.Path("GET /patient/{$}", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(time.Hour)
		io.WriteString(w, "at last")
	}, "patient").Marked(middleware.NoTimeout),
	settled.Path("GET /panic/{$}", func(http.ResponseWriter, *http.Request) { panic("boom") }, "panic"),
}

// All five together: each answer can be read across origins and has its id, and the
// log has a line for it.
func TestExtrasInASite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "access.log")
	site := startWith(t, extraRoutes, strings.Join([]string{realIPName, requestIDName, accessLogName, bodyLimitName, timeoutName, commonName}, " "), `
TRUSTED_PROXIES = ["192.0.2.0/24"]
ACCESS_LOG_FORMAT = "common"
ACCESS_LOG_FILE = '`+file+`'
REQUEST_BODY_LIMIT = 10
REQUEST_TIMEOUT = "10ms"
`)
	for _, tt := range []struct {
		name, method, target string
		body                 io.Reader
		status               int
		want                 string
	}{
		{"route", "GET", "/who/", nil, 200, "203.0.113.9:0 203.0.113.9 upstream-7"},
		{"slash", "GET", "/who", nil, 301, ""},
		{"nowhere", "GET", "/nowhere", nil, 404, "Not Found"},
		{"late", "GET", "/late/", nil, 503, "Service Unavailable (503)"},
		{"long", "POST", "/read/", strings.NewReader("01234567890"), 413, "Content Too Large (413)"},
		{"long, of unknown length", "POST", "/read/", io.MultiReader(strings.NewReader("01234567890")), 413, "Content Too Large (413)"},
		{"panic", "GET", "/panic/", nil, 500, "Server Error (500)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, r := httptest.NewRecorder(), httptest.NewRequest(tt.method, "http://localhost"+tt.target, tt.body)
			r.RemoteAddr = "192.0.2.1:5"
			r.Header.Set("X-Forwarded-For", "203.0.113.9")
			r.Header.Set("X-Request-ID", "upstream-7")
			r.Header.Set("Origin", "https://app.example.org")
			site.Handler().ServeHTTP(w, r)
			if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
				t.Errorf("got %d %q", w.Code, w.Body)
			}
			if w.Header().Get("Access-Control-Allow-Origin") != "https://app.example.org" || w.Header().Get("X-Request-ID") != "upstream-7" {
				t.Errorf("got %v", w.Header())
			}
			data, err := os.ReadFile(file)
			lines := strings.Split(strings.TrimSpace(string(data)), "\n")
			if last := lines[len(lines)-1]; err != nil || !strings.HasPrefix(last, "203.0.113.9 - - [") || !strings.Contains(last, `"`+tt.method+" "+tt.target+` HTTP/1.1" `+http.StatusText(0)) {
				t.Errorf("logged %q, %v", last, err)
			}
		})
	}
}

// A route that is marked has all the time there is.
func TestNoTimeoutMark(t *testing.T) {
	site := startWith(t, extraRoutes, timeoutName, "")
	synctest.Test(t, func(t *testing.T) {
		if w := ask(site, "GET", "http://localhost/patient/"); w.Code != 200 || w.Body.String() != "at last" {
			t.Errorf("got %d %q", w.Code, w.Body)
		}
	})
}

// The defaults alone do something: that is a promise of each.
func TestExtrasByNameAlone(t *testing.T) {
	site := startWith(t, extraRoutes, strings.Join([]string{requestIDName, bodyLimitName, timeoutName}, " "), "")
	w := ask(site, "POST", "http://localhost/read/")
	if w.Code != 200 || len(w.Header().Get("X-Request-ID")) != 32 {
		t.Errorf("got %d %v", w.Code, w.Header())
	}
	r := httptest.NewRequest("POST", "http://localhost/read/", io.LimitReader(zeros{}, 10<<20+1))
	r.ContentLength = -1
	w = httptest.NewRecorder()
	site.Handler().ServeHTTP(w, r)
	if w.Code != 413 {
		t.Errorf("got %d", w.Code)
	}
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		if w := ask(site, "GET", "http://localhost/late/"); w.Code != 503 || time.Since(began) != 30*time.Second {
			t.Errorf("got %d after %v", w.Code, time.Since(began))
		}
	})
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// Records that Settled logs about a request can have its id.
func TestRecordsHaveTheID(t *testing.T) {
	var out bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(requestid.LogHandler(slog.NewTextHandler(&out, nil))))
	defer slog.SetDefault(before)
	site := startWith(t, extraRoutes, requestIDName, "")
	w := ask(site, "GET", "http://localhost/nowhere")
	if id := w.Header().Get("X-Request-ID"); !strings.Contains(out.String(), `msg="Not Found: /nowhere" request_id=`+id) {
		t.Errorf("got %s, want the id %s", out.String(), id)
	}
}

// The access log has the client and the id wherever those who find them stand, and check
// does not ask for another order.
func TestAccessLogSees(t *testing.T) {
	file := filepath.Join(t.TempDir(), "access.log")
	p, found := settledtest.Setup(t, settledtest.Apps{}.WithBuiltin(stock.Apps()), `
ALLOWED_HOSTS = ["localhost"]
MIDDLEWARE = ["`+accessLogName+`", "`+realIPName+`", "`+requestIDName+`"]
TRUSTED_PROXIES = ["192.0.2.0/24"]
ACCESS_LOG_FILE = '`+file+`'
`)
	if found = append(found, p.Check(settled.Selection{})...); len(found) > 0 {
		t.Error(found)
	}
	site, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	r := httptest.NewRequest("GET", "http://localhost/nowhere", nil)
	r.RemoteAddr = "192.0.2.1:5"
	r.Header.Set("X-Forwarded-For", "203.0.113.9")
	r.Header.Set("X-Request-ID", "upstream-7")
	site.Handler().ServeHTTP(httptest.NewRecorder(), r)
	line, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(line), `"client":"203.0.113.9","request_id":"upstream-7"`) {
		t.Errorf("logged %s, %v", line, err)
	}
}
