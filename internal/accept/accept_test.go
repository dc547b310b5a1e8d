package accept_test

import (
	"testing"

	"github.com/settled-go/settled/internal/accept"
)

const (
	html = "text/html"
	text = "text/plain"
	json = "application/json"
)

func TestBest(t *testing.T) {
	chrome := "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
	for _, tt := range []struct {
		name  string
		lines []string
		want  string
		named bool
	}{
		{"none", nil, text, false},
		{"empty", []string{" "}, text, false},
		{"curl", []string{"*/*"}, text, false},
		{"Chrome", []string{chrome}, html, true},
		{"Firefox", []string{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}, html, true},
		{"axios", []string{"application/json, text/plain, */*"}, json, true},
		{"a range of types", []string{"application/*"}, json, false},
		{"text", []string{"text/*"}, text, false},
		{"q decides", []string{"text/html;q=0.5, application/json;q=0.6"}, json, true},
		{"q decides over names", []string{"text/html;q=0.5, */*"}, text, false},
		{"the more exact range decides", []string{"text/plain;q=0, text/*;q=0.2, */*;q=0.1"}, html, false},
		{"refused", []string{"text/html;q=0, text/plain;q=0.0, application/json;q=0.000"}, "", false},
		{"refused but one", []string{"*/*;q=0, application/json;q=0.001"}, json, true},
		{"the first of two", []string{"text/html, application/json"}, html, true},
		{"the first of two lines", []string{"application/json", "text/html"}, json, true},
		{"case and space", []string{" Text/HTML ; Q=0.9 , application/json;q=0.8"}, html, true},
		{"parameters", []string{`text/html;x="a,b;q=0\"";q=1.000, application/json`}, html, true},
		{"q that is none", []string{"text/html;q=2, text/plain;q=1.1, application/json;q=0.5"}, json, true},
		{"q with too many digits", []string{"text/html;q=0.9999, application/json;q=0.1"}, json, true},
		{"no type", []string{"html, */html, text/, /html, application/json;q=0.1"}, json, true},
		{"nothing that is offered", []string{"image/png"}, "", false},
		{"nonsense", []string{"nonsense"}, "", false},
		{"an open quote", []string{`text/html;x="`}, html, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := accept.Best(tt.lines, text, html, json)
			if got != (accept.Choice{Type: tt.want, Named: tt.named}) || ok != (tt.want != "") {
				t.Errorf("got %v, %v, want %q, named %v", got, ok, tt.want, tt.named)
			}
		})
	}
}
