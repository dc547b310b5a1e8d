package places_test

import (
	"testing"

	"github.com/settled-go/settled/internal/places"
)

func TestShort(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, tt := range []struct{ place, want string }{
		{dir + "/polls/app.go:7", "polls/app.go:7"},
		{dir + "/app.go:7", "app.go:7"},
		{dir + "2/app.go:7", dir + "2/app.go:7"},
		{"example.org/mysite/app.go:7", "example.org/mysite/app.go:7"},
		{"", ""},
	} {
		if got := places.Short(tt.place); got != tt.want {
			t.Errorf("Short(%q) = %q, want %q", tt.place, got, tt.want)
		}
	}
	t.Chdir("/")
	if got := places.Short("/app.go:7"); got != "app.go:7" {
		t.Errorf("at the root: %q", got)
	}
}
