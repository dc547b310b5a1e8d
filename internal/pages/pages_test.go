package pages_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/pages"
)

// The sizes are those of Django's pages.
func TestShortPages(t *testing.T) {
	for _, tt := range []struct {
		page         http.HandlerFunc
		status, size int
	}{
		{pages.NotFound, 404, 179},
		{pages.BadRequest, 400, 143},
		{pages.ShortServerError.ServeHTTP, 500, 145},
	} {
		w := httptest.NewRecorder()
		tt.page(w, httptest.NewRequest("GET", "/", nil))
		if w.Code != tt.status || w.Body.Len() != tt.size || w.Header().Get("Content-Type") != "text/html" {
			t.Errorf("got %d with %d bytes of %s, want %d with %d", w.Code, w.Body.Len(), w.Header().Get("Content-Type"), tt.status, tt.size)
		}
	}
}

// The welcome page says how many issues there are, and where to look.
func TestWelcome(t *testing.T) {
	for _, tt := range []struct {
		page pages.Welcome
		want string
	}{
		{pages.Welcome{Version: "<1>"}, "Settled &lt;1&gt; is serving your project. Check finds no issues."},
		{pages.Welcome{Issues: 1}, "Check finds 1 issue, and no error."},
		{pages.Welcome{Issues: 3, Errors: 1}, `Check finds <strong class="bad">3 issues</strong>, errors among them.`},
	} {
		w := httptest.NewRecorder()
		tt.page.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		for _, want := range []string{tt.want, `<a href="/__settled__/">`} {
			if !strings.Contains(w.Body.String(), want) {
				t.Errorf("%q is missing:\n%s", want, w.Body)
			}
		}
	}
}
