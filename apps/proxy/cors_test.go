package proxy_test

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// An upstream's own CORS headers never leave where the CORS middleware decides, and
// always where it does not.
func TestCORS(t *testing.T) {
	const origin = "https://app.example.com"
	var asked atomic.Int64
	up := behind(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Allow-Credentials", "true")
		h.Set("Access-Control-Expose-Headers", "X-Secret")
		h.Set("Access-Control-Allow-Methods", "ALL")
		h.Set("Vary", "Accept, origin")
		w.WriteHeader(http.StatusOK)
	})
	with := front(t, corsFor(origin)+"CORS_URLS_REGEX = '^/api/'\n"+route("/", up.URL))
	without := front(t, route("/", up.URL))
	for _, tt := range []struct {
		url, origin string
		want        []string
		vary        string
	}{
		{with.URL + "/api/x", origin, []string{origin}, "accept, origin"},
		{with.URL + "/api/x", "https://evil.example", nil, "accept, origin"},
		{with.URL + "/api/x", "", nil, "accept, origin"},
		{with.URL + "/other", "https://evil.example", []string{"*"}, "accept, origin"},
		{without.URL + "/api/x", "https://evil.example", []string{"*"}, "accept, origin"},
	} {
		header := []string{}
		if tt.origin != "" {
			header = append(header, "Origin", tt.origin)
		}
		res, _ := get(t, tt.url, header...)
		if got := res.Header["Access-Control-Allow-Origin"]; !slices.Equal(got, tt.want) {
			t.Errorf("%s from %q: %q, want %q", tt.url, tt.origin, got, tt.want)
		}
		if got := res.Header["Access-Control-Allow-Credentials"] != nil; got != slices.Contains(tt.want, "*") {
			t.Errorf("%s from %q: credentials %v", tt.url, tt.origin, got)
		}
		if got := strings.ToLower(strings.Join(res.Header["Vary"], ", ")); got != tt.vary {
			t.Errorf("%s from %q: Vary is %q, want %q", tt.url, tt.origin, got, tt.vary)
		}
	}
	// Preflights are answered here; without the middleware they are not.
	for url, reaches := range map[string]int64{with.URL + "/api/x": 0, without.URL + "/api/x": 1} {
		before := asked.Load()
		r, _ := http.NewRequest("OPTIONS", url, nil)
		res, _ := do(t, r, "Origin", origin, "Access-Control-Request-Method", "PUT")
		if got := asked.Load() - before; got != reaches || res.StatusCode != 200 || len(res.Header["Access-Control-Allow-Origin"]) != 1 {
			t.Errorf("the preflight to %s: %d, %v; the server was asked %d times", url, res.StatusCode, res.Header, got)
		}
	}
}
