package hosts_test

import (
	"testing"

	"github.com/settled-go/settled/internal/hosts"
)

func TestDomain(t *testing.T) {
	for _, tt := range []struct {
		host, domain string
		ok           bool
	}{
		{"example.com", "example.com", true},
		{"Example.COM:8000", "example.com", true},
		{"example.com.", "example.com", true},
		{"127.0.0.1:80", "127.0.0.1", true},
		{"[::1]", "[::1]", true},
		{"[::1]:8000", "[::1]", true},
		{"[2001:db8::192.0.2.1]", "[2001:db8::192.0.2.1]", true},
		{"", "", false},
		{"bad_host", "", false},
		{"evil.com/path", "", false},
		{"user@example.com", "", false},
		{"example.com:", "", false},
		{"example.com:80a", "", false},
		{"example.com:80:80", "", false},
		{"[::1", "", false},
		{"[]", "", false},
		{"[abc]", "", false},
		{"[::g]", "", false},
		{"::1", "", false},
		{":8000", "", false},
		{"a b", "", false},
		{"bücher.example", "", false},
	} {
		domain, ok := hosts.Domain(tt.host)
		if domain != tt.domain || ok != tt.ok {
			t.Errorf("Domain(%q) = %q, %v, want %q, %v", tt.host, domain, ok, tt.domain, tt.ok)
		}
	}
}

func TestAllowed(t *testing.T) {
	for _, tt := range []struct {
		domain   string
		patterns []string
		want     bool
	}{
		{"example.com", []string{"example.com"}, true},
		{"example.com", []string{"EXAMPLE.com"}, true},
		{"www.example.com", []string{"example.com"}, false},
		{"www.example.com", []string{".example.com"}, true},
		{"example.com", []string{".example.com"}, true},
		{"badexample.com", []string{".example.com"}, false},
		{"anything.test", []string{"*"}, true},
		{"a.localhost", hosts.Debug(), true},
		{"[::1]", hosts.Debug(), true},
		{"127.0.0.2", hosts.Debug(), false},
		{"example.com", nil, false},
		{"x.example.com", []string{"*.example.com"}, false},
	} {
		if got := hosts.Allowed(tt.domain, tt.patterns); got != tt.want {
			t.Errorf("Allowed(%q, %q) = %v", tt.domain, tt.patterns, got)
		}
	}
}
