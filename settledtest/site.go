package settledtest

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/settled-go/settled"
)

// Get asks a site for a path, as a browser on this machine would.
func Get(t testing.TB, site *settled.Site, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host = "localhost"
	site.Handler().ServeHTTP(w, r)
	return w
}
