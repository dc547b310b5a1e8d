//go:build !race

package pyre_test

import "testing"

// The race detector makes sync.Pool forget, and Go's regexp then allocates.
func TestMatchAllocatesNothing(t *testing.T) {
	for _, pattern := range []string{`^https://[\w-]+\.example\.com$`, `(?i)^https://(a|b)*\.example`, `a\Z|b$`} {
		p := compile(t, pattern)
		for _, text := range []string{"https://a.example.com", "https://b.evil", "b\n", ""} {
			if n := testing.AllocsPerRun(100, func() { p.Match(text) }); n > 0 {
				t.Errorf("%q on %q allocates %v times", pattern, text, n)
			}
		}
	}
}
