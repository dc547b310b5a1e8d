package pages_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/pages"
)

// The policy admits the stylesheet as it stands in the page, and no other style.
func TestPolicyAdmitsTheStyle(t *testing.T) {
	w := httptest.NewRecorder()
	pages.Serve(w, httptest.NewRequest("GET", "/", nil), 418, pages.Parse("x", "<!doctype html><style>{{style}}</style>{{.}}"), "<b>", "form-action 'self'", "font-src data:")
	_, rest, _ := strings.Cut(w.Body.String(), "<style>")
	style, body, _ := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(style))
	want := "default-src 'none'; img-src data:; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; font-src data:"
	if got := w.Header().Get("Content-Security-Policy"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if w.Code != 418 || body != "&lt;b&gt;" {
		t.Errorf("got %d %q", w.Code, body)
	}
}
