package pages_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled/checks"
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
		{pages.ServerError, 500, 145},
	} {
		w := httptest.NewRecorder()
		tt.page(w, httptest.NewRequest("GET", "/", nil))
		if w.Code != tt.status || w.Body.Len() != tt.size || w.Header().Get("Content-Type") != "text/html" {
			t.Errorf("got %d with %d bytes of %s, want %d with %d", w.Code, w.Body.Len(), w.Header().Get("Content-Type"), tt.status, tt.size)
		}
	}
}

// What stands in a settings file is text on the page, never markup.
func TestWelcomeEscapes(t *testing.T) {
	evil := `<script>alert(1)</script>`
	m := checks.Errorf("a.E001", "%s", evil).WithHint("%s", evil)
	m.At.Source = evil
	page := pages.Welcome{Version: evil, File: evil, Apps: []string{evil}, Links: []pages.WelcomeLink{{Name: evil, Traits: evil}},
		Messages: checks.Messages{m, checks.Warningf("a.W001", "second")}, Silenced: 3}
	w := httptest.NewRecorder()
	page.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	body := w.Body.String()
	if strings.Contains(body, "<script") || strings.Count(body, "&lt;script&gt;") != 8 {
		t.Errorf("not escaped everywhere:\n%s", body)
	}
	if !strings.Contains(body, "2 issues (3 silenced)") {
		t.Error("the count of issues is missing")
	}
}
