package corsheaders_test

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// One middleware serves any number of requests at once, and each response is
// its own: handlers and those outside may do to it what they like.
func TestConcurrentRequests(t *testing.T) {
	s := listing(someOrigins(10)...)
	s.AllowedOriginRegexes = []string{`^https://\w+\.example\.org$`}
	s.ExposeHeaders, s.AllowCredentials = []string{"etag"}, true
	h := wrap(t, s, func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Vary"] = twoLines
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.WriteHeader(http.StatusAccepted)
	})
	origins := append(someOrigins(10), "https://a.example.org", "https://evil.example")
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for i := range 200 {
				want := origins[(i+worker)%len(origins)]
				r := httptest.NewRequest([]string{"GET", "OPTIONS"}[i%2], "/", nil)
				r.Header.Set("Origin", want)
				if i%4 == 1 {
					r.Header.Set("Access-Control-Request-Method", "PUT")
				}
				if want == "https://evil.example" {
					want = ""
				}
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if got := w.Result().Header.Get("Access-Control-Allow-Origin"); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
				for _, values := range w.Header() {
					if &values[0] != &twoLines[0] {
						values[0] = "spoilt"
					}
				}
			}
		})
	}
	wg.Wait()
}
