package corsheaders_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/settledtest"
)

// A regex is not tried on what is far longer than any origin.
func TestEndlessOrigin(t *testing.T) {
	s := corsheaders.Defaults()
	s.AllowedOriginRegexes = []string{`^https://([a-z]+\.)*example\.com$`}
	cors, err := corsheaders.New(s)
	if err != nil {
		t.Fatal(err)
	}
	for labels, want := range map[int]bool{1: true, 500: true, 5000: false} {
		w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Origin", "https://"+strings.Repeat("a.", labels)+"example.com")
		cors(http.NotFoundHandler()).ServeHTTP(w, r)
		if got := w.Header().Get("Access-Control-Allow-Origin") != ""; got != want {
			t.Errorf("%d labels: let in %v, want %v", labels, got, want)
		}
	}
}

// panicking is an app with a gate that is broken.
type panicking struct{}

func (panicking) Settings() any                { return nil }
func (panicking) AllowCORS(*http.Request) bool { panic("no luck") }

// A gate that panics lets nobody in, and the answer is an ordinary one.
func TestGateThatPanics(t *testing.T) {
	before := slog.Default()
	var log strings.Builder
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(before)
	site := settledtest.Start(t, settledtest.Apps{
		"corsheaders": corsheaders.NewApp, "gate": func() settled.App { return panicking{} },
	}, `DEBUG = true
INSTALLED_APPS = ["corsheaders", "gate"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]
CORS_ALLOWED_ORIGINS = ["https://a.example"]
`)
	w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "http://localhost/", nil)
	r.Header.Set("Origin", "https://evil.example")
	site.Handler().ServeHTTP(w, r)
	if w.Code != 200 || w.Header().Get("Vary") != "origin" || w.Header().Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("got %d %v", w.Code, w.Header())
	}
	if !strings.Contains(log.String(), "no luck") {
		t.Error("the panic was not logged")
	}
}
