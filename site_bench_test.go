package settled_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/settledtest"
)

// reused is a ResponseWriter that costs nothing.
type reused struct{ header http.Header }

func (w reused) Header() http.Header         { return w.header }
func (w reused) Write(p []byte) (int, error) { return len(p), nil }
func (w reused) WriteHeader(int)             {}

// small is an app with one small answer, at a plain path and at one with a
// wildcard.
type small struct{}

func (small) Settings() any { return nil }

func (small) Routes() []settled.Route {
	answer := func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok") }
	return []settled.Route{settled.Path("GET /plain", answer, ""), settled.Path("GET /by/{id}", answer, "")}
}

// BenchmarkSite compares a site with the ServeMux that it is made of: the
// difference is what the host check, the pages for errors and the guards
// against panics cost.
func BenchmarkSite(b *testing.B) {
	const project = "ALLOWED_HOSTS = [\"www.example.com\"]\nINSTALLED_APPS = [\"small\"]\n"
	apps := settledtest.Apps{"small": func() settled.App { return small{} }, "corsheaders": corsheaders.NewApp}
	mux := http.NewServeMux()
	for _, r := range (small{}).Routes() {
		mux.Handle(r.Pattern, r.Handler)
	}
	for _, candidate := range []struct {
		name string
		h    http.Handler
	}{
		{"mux", mux},
		{"site", settledtest.Start(b, apps, project).Handler()},
		{"site with CORS", settledtest.Start(b, apps, "ALLOWED_HOSTS = [\"www.example.com\"]\nINSTALLED_APPS = [\"small\", \"corsheaders\"]\n"+
			"MIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\"]\nCORS_ALLOWED_ORIGINS = [\"https://a.example\"]\n").Handler()},
	} {
		for _, path := range []string{"/plain", "/by/7"} {
			b.Run(candidate.name+path, func(b *testing.B) {
				r, err := http.NewRequest("GET", "http://www.example.com"+path, nil)
				if err != nil {
					b.Fatal(err)
				}
				r.Header.Set("Origin", "https://a.example")
				w := reused{http.Header{}}
				b.ReportAllocs()
				for b.Loop() {
					clear(w.header)
					candidate.h.ServeHTTP(w, r)
				}
			})
		}
	}
}
