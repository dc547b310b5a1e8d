package pyre_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/pyre"
)

// A recording is what testdata/record.py wrote.
type recording struct {
	Python   string
	Orbits   []string
	Sets     map[string][]string
	Patterns []recorded
}

// A recorded pattern has, for each text of a set or of its own, '1' for a
// match, '0' for none, and '-' where ASCII \w and its like are a documented
// difference.
type recorded struct {
	Pattern string
	Set     string
	Texts   []string
	Match   string
	Error   string
	Must    bool
}

func readRecording(t testing.TB) recording {
	t.Helper()
	data, err := os.ReadFile("testdata/python.json")
	if err != nil {
		t.Fatal(err)
	}
	var r recording
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	for i, p := range r.Patterns {
		if p.Set != "" {
			r.Patterns[i].Texts = r.Sets[p.Set]
		}
		if n := len([]rune(p.Match)); p.Error == "" && n != len(r.Patterns[i].Texts) {
			t.Fatalf("%q: %d answers for %d texts", p.Pattern, n, len(r.Patterns[i].Texts))
		}
	}
	return r
}

// newer are patterns that a newer Python takes and the recorded one doesn't.
var newer = map[string]bool{`\z`: true}

// lacking are the constructs that Python has and Go's regexp hasn't: no other
// may be the reason for refusing what Python takes.
var lacking = map[string]bool{
	"look-ahead": true, "negative look-ahead": true, "look-behind": true, "negative look-behind": true,
	"back-reference": true, "possessive quantifier": true, "atomic group": true, "conditional": true, "comment": true,
	"verbose flag": true, "Unicode flag": true, "{,n}": true, "POSIX class": true, "$": true, "repeat": true,
	"too large": true,
}

// odd are single patterns refused for another reason.
var odd = map[string]string{
	`\N{DASH}`: "bad escape", // has the names of Unicode
	`\ud800`:   "bad escape", // never matches
	`(?P<é>a)`: "group name",
}

func TestPythonRecording(t *testing.T) {
	t.Parallel()
	r := readRecording(t)
	var served, rejected, refused int
	for _, want := range r.Patterns {
		p, err := pyre.Compile(want.Pattern)
		switch {
		case want.Error != "":
			rejected++
			if err == nil && !newer[want.Pattern] {
				t.Errorf("%q compiles, but Python says: %s", want.Pattern, want.Error)
			}
		case err != nil:
			refused++
			checkRefusal(t, want, err)
		default:
			served++
			checkMatches(t, p, want)
		}
	}
	t.Logf("Python %s takes %d patterns: %d are served, %d refused; it rejects %d",
		r.Python, served+refused, served, refused, rejected)
}

func checkRefusal(t *testing.T, want recorded, err error) {
	t.Helper()
	e, ok := errors.AsType[*pyre.Error](err)
	if !ok {
		t.Fatalf("%q: the error is a %T", want.Pattern, err)
	}
	if want.Must {
		t.Errorf("%q is refused: %v", want.Pattern, err)
	}
	if !lacking[e.Construct] && odd[want.Pattern] != e.Construct {
		t.Errorf("%q, which Python takes, is refused for %q: %v", want.Pattern, e.Construct, err)
	}
}

func checkMatches(t *testing.T, p *pyre.Pattern, want recorded) {
	t.Helper()
	for i, text := range want.Texts {
		if want.Match[i] == '-' {
			continue
		}
		if got, python := p.Match(text), want.Match[i] == '1'; got != python {
			t.Errorf("%q on %q: got %t, Python says %t (read as %s)", want.Pattern, text, got, python, p.Syntax())
		}
	}
}

// The recording is only worth something if it has enough of everything.
func TestRecordingIsRich(t *testing.T) {
	t.Parallel()
	var yes, no, must, errs int
	for _, p := range readRecording(t).Patterns {
		yes += strings.Count(p.Match, "1")
		no += strings.Count(p.Match, "0")
		if p.Must {
			must++
		}
		if p.Error != "" {
			errs++
		}
	}
	if yes < 10_000 || no < 10_000 || must < 1_000 || errs < 1_000 {
		t.Errorf("%d matches, %d not, %d patterns to serve, %d errors", yes, no, must, errs)
	}
}
