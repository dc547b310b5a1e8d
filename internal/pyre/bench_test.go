package pyre_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/pyre"
)

func BenchmarkCompile(b *testing.B) {
	for _, pattern := range []string{
		`^https://[\w-]+\.example\.com$`,
		`^https://[^/]+\.example\.com$`,
		`(?i)^https://[a-z]+\.example\.com$`,
	} {
		b.Run(pattern, func(b *testing.B) {
			for b.Loop() {
				if _, err := pyre.Compile(pattern); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A list of patterns none of which matches costs this much a request.
func BenchmarkHundredPatterns(b *testing.B) {
	var ps []*pyre.Pattern
	for i := range 100 {
		p, err := pyre.Compile(fmt.Sprintf(`^https://[\w-]+\.example-%d\.com$`, i))
		if err != nil {
			b.Fatal(err)
		}
		ps = append(ps, p)
	}
	for b.Loop() {
		for _, p := range ps {
			if p.Match("https://www.example.com") {
				b.Fatal(p)
			}
		}
	}
}

// Long patterns take time in proportion to their length.
func BenchmarkLongPattern(b *testing.B) {
	for name, pattern := range map[string]string{
		"one class":    `(?i)[` + strings.Repeat("aK\u212a", 8_000) + `]`,
		"many classes": strings.Repeat(`(?i:[ak])`, 800),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := pyre.Compile(pattern); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
