package witness_test

import (
	"testing"

	"github.com/settled-go/settled/internal/pyre"
	"github.com/settled-go/settled/internal/witness"
)

func TestMatchesPath(t *testing.T) {
	for pattern, want := range map[string]bool{
		`^.*$`: true, ``: true, `^/api/.*$`: true, `/api`: true, `^\/`: true, `^[/]x`: true, `^\W`: true, `^[^a-z]`: true,
		`^/\bapi\b`: true, `^(/a|b)$`: true, `^/$`: true, `(?m)^/x$`: true, `^/x\sy/$`: true, `^(api)?/`: true, `^/é+$`: true, `^/(?i:api)$`: true,
		`^api/`: false, `api`: false, `^$`: false, `^[a-z]+/.*`: false, `^\w`: false, `^/a\B-`: false, `^(api|rest)/`: false,
		`^https://example\.com/`: false, `^\b/`: false, `^/api$/x`: false, ` ^/api`: false,
	} {
		p, err := pyre.Compile(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got := witness.MatchesPath(p); got != want {
			t.Errorf("%q: %v, want %v", pattern, got, want)
		}
	}
}
