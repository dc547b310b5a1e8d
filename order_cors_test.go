package settled_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// What goes wrong above the CORS middleware is said by the traits.
func TestCORSFirstSaysWhatHappens(t *testing.T) {
	for name, want := range map[string]string{
		"www":    `may redirect a preflight, which browsers refuse ("Redirect is not allowed for a preflight request")`,
		"login":  "answers a preflight with a 401",
		"pages":  "answers by itself, without CORS headers",
		"files":  "serves files without CORS headers",
		"hosts":  "refuses requests with a 400 ",
		"csrf":   "refuses requests with a 403 ",
		"limit":  "refuses requests with a 429 ",
		"hurry":  "cuts requests off with a 503 ",
		"common": "may redirect a preflight", // the worst that it does
		"plain":  "can answer, fail or change headers where the CORS headers are missing",
	} {
		ms := orderProject(t, name+" cors").Check(settled.Selection{})
		i := slices.IndexFunc(ms, func(m checks.Message) bool { return m.ID == "middleware.E001" })
		if i < 0 || !strings.Contains(ms[i].Text, name+" above it "+want) {
			t.Errorf("%s: got %v, want %q", name, ms, want)
		}
	}
}

// Two decisions about origins are unsafe; of other middleware, two can't be
// built.
func TestTwiceHasAClass(t *testing.T) {
	for list, want := range map[string]checks.Class{
		"cors cors":       checks.Refused,
		"cors thirdcors":  checks.Refused,
		"session session": checks.Unbuildable,
	} {
		ms := orderProject(t, list).Check(settled.Selection{})
		if i := slices.IndexFunc(ms, func(m checks.Message) bool { return m.Setting == "MIDDLEWARE[1]" }); i < 0 || ms[i].Class != want {
			t.Errorf("%s: got %v, want class %v", list, ms, want)
		}
	}
}
