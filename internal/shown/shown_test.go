package shown_test

import (
	"testing"

	"github.com/settled-go/settled/internal/shown"
)

func TestURL(t *testing.T) {
	for in, want := range map[string]string{
		"":                             "",
		"/a?b=c&d":                     "/a?b=c&d",
		"/a?token=s3cret&b=c":          "/a?token=" + shown.Stars + "&b=c",
		"/a?%74oken=s3cret":            "/a?%74oken=" + shown.Stars,
		"/a?%zz=s3cret":                "/a?%zz=" + shown.Stars,
		"/a?session_id=s3cret":         "/a?session_id=" + shown.Stars,
		"/a?code=s3cret&postcode=1010": "/a?code=" + shown.Stars + "&postcode=1010",
		"/a?token":                     "/a?token",
		"https://u:s3cret@h/a?b=c":     "https://u:" + shown.Stars + "@h/a?b=c",
	} {
		if got := shown.URL(in); got != want {
			t.Errorf("URL(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestHeader(t *testing.T) {
	for _, tt := range []struct{ name, value, want string }{
		{"Accept", "a/b", "a/b"},
		{"Cookie", "a=s3cret", shown.Stars},
		{"Authorization", "Bearer s3cret", shown.Stars},
		{"Authorization", "", ""},
		{"X-Csrf", "s3cret", shown.Stars},
		{"Referer", "https://h/?code=s3cret", "https://h/?code=" + shown.Stars},
	} {
		if got := shown.Header(tt.name, tt.value); got != tt.want {
			t.Errorf("Header(%q, %q) = %q, want %q", tt.name, tt.value, got, tt.want)
		}
	}
}
