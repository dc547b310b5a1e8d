package pyre_test

import (
	"fmt"
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
