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
	site.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil))
	return w
}
