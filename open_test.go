package settled_test

import (
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settledtest"
)

// Open does what runserver does: it judges by what is not silenced.
func TestOpen(t *testing.T) {
	for _, tt := range []struct{ name, toml, want string }{
		{"sound", "DEBUG = true\n", ""},
		{"a finding", "DEBUG = true\nTYPO = 1\n", "settings.E002"},
		{"a silenced finding", "DEBUG = true\nSILENCED_SYSTEM_CHECKS = [\"settings.E002\"]\nTYPO = 1\n", ""},
		{"what can't be silenced", "SILENCED_SYSTEM_CHECKS = [\"core.E001\"]\n", "core.E001"},
		{"no TOML", "DEBUG = \n", "settings.E001"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "settings.toml")
			if err := os.WriteFile(path, []byte(tt.toml), 0o600); err != nil {
				t.Fatal(err)
			}
			site, err := settled.Open(t.Context(), path)
			if tt.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				if err := site.Close(); err != nil {
					t.Error(err)
				}
				return
			}
			var failure *checks.Failure
			if !errors.As(err, &failure) || failure.Messages[0].ID != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
	if _, err := settled.Open(t.Context(), filepath.Join(t.TempDir(), "none.toml")); err == nil {
		t.Error("a file that is not there was opened")
	}
}

// "*" is any host, and what is no host is none.
func TestAnyHost(t *testing.T) {
	silence(t)
	site := settledtest.Start(t, shopApps, "INSTALLED_APPS = [\"shop\"]\nALLOWED_HOSTS = [\"*\"]\n")
	for host, status := range map[string]int{"anything.example": 200, "[::1]:8000": 200, "bad_host!": 400, "": 400} {
		r := httptest.NewRequest("GET", "/goods/7", nil)
		r.Host = host
		w := httptest.NewRecorder()
		site.Handler().ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("Host %q: %d, want %d", host, w.Code, status)
		}
	}
}
