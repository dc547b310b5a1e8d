package nearest_test

import (
	"testing"

	"github.com/settled-go/settled/internal/nearest"
)

func TestName(t *testing.T) {
	choices := []string{"corsheaders", "blog", "CORS_ALLOWED_ORIGINS", "CORS_ALLOW_HEADERS"}
	for _, tt := range []struct{ name, want string }{
		{"corsheader", "corsheaders"},
		{"cors_headers", "corsheaders"},
		{"django-cors-headers", ""},
		{"Blog", "blog"},
		{"blob", "blog"},
		{"CORS_ALLOWED_ORIGIN", "CORS_ALLOWED_ORIGINS"},
		{"CORS_ALLOWED_HEADERS", "CORS_ALLOW_HEADERS"},
		{"SOMETHING_ELSE_ENTIRELY", ""},
	} {
		if got := nearest.Name(tt.name, choices); got != tt.want {
			t.Errorf("Name(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}
