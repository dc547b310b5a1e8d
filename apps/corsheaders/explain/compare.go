package explain

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/shown"
)

// A finding is a difference between what came back and what the settings say.
type finding struct {
	kind findingKind
	text string
}

// A findingKind is what a difference hints at.
type findingKind int

const (
	doubled findingKind = iota
	stripped
	changed
	added
	unvaried // no Vary: origin
	refused  // a preflight without success
	redirected
	silent // no answer
)

// compare holds the two answers to each request against each other.
func compare(predicted, real *browser.Outcome) (found []finding) {
	for _, kind := range []browser.Kind{browser.Ask, browser.Send} {
		want, got := predicted.Step(kind), real.Step(kind)
		switch {
		case got == nil:
		case got.Exchange.Err != nil:
			found = append(found, finding{silent, got.Exchange.Err.Error()})
		case want != nil:
			found = append(found, compareAnswers(kind, want.Exchange, got.Exchange)...)
		}
	}
	return found
}

func compareAnswers(kind browser.Kind, want, got *browser.Exchange) (found []finding) {
	what := "the answer"
	if kind == browser.Ask {
		what = "the answer to the preflight"
		found = append(found, compareStatus(got)...)
	}
	for _, name := range slices.Sorted(maps.Keys(union(want.Header, got.Header))) {
		if strings.HasPrefix(name, "Access-Control-") {
			found = append(found, compareHeader(what, name, want.Header[name], got.Header[name])...)
		}
	}
	if want.Header.Get("Vary") != "" && !varies(got.Header) {
		found = append(found, finding{unvaried, what + " has no Vary: origin"})
		if age := got.Header.Get("Age"); age != "" {
			found = append(found, finding{unvaried, fmt.Sprintf("%s comes from a cache (Age: %s)", what, age)})
		}
	}
	return found
}

func compareStatus(got *browser.Exchange) []finding {
	switch {
	case got.Status >= 300 && got.Status < 400:
		return []finding{{redirected, fmt.Sprintf("the preflight is redirected (%d) to %s", got.Status, quote(shown.URL(got.Header.Get("Location"))))}}
	case got.Status < 200 || got.Status > 299:
		return []finding{{refused, fmt.Sprintf("the preflight is answered with %d %s", got.Status, http.StatusText(got.Status))}}
	}
	return nil
}

func compareHeader(what, name string, want, got []string) []finding {
	shown := func(values []string) string { return strings.Join(quoteAll(values), " and ") }
	switch {
	case slices.Equal(want, got):
		return nil
	case len(got) == 0:
		return []finding{{stripped, fmt.Sprintf("%s has no %s, and should have %s", what, name, shown(want))}}
	case len(got) > 1:
		return []finding{{doubled, fmt.Sprintf("%s has %s %d times, %s, and should have it %s", what, name, len(got), shown(got), times(want))}}
	case len(want) == 0:
		return []finding{{added, fmt.Sprintf("%s has %s, %s, which the settings do not send", what, name, shown(got))}}
	}
	return []finding{{changed, fmt.Sprintf("%s has %s %s, and should have %s", what, name, shown(got), shown(want))}}
}

func times(want []string) string {
	if len(want) == 0 {
		return "not at all"
	}
	return "once"
}

func union(a, b http.Header) http.Header {
	all := maps.Clone(a)
	if all == nil {
		all = http.Header{}
	}
	maps.Copy(all, b)
	return all
}

// varies says whether caches keep the answers for different origins apart.
func varies(h http.Header) bool {
	for _, line := range h["Vary"] {
		for part := range strings.SplitSeq(line, ",") {
			if part = strings.TrimSpace(part); part == "*" || strings.EqualFold(part, "origin") {
				return true
			}
		}
	}
	return false
}

// culprits are the likely causes of what was found, the first that fits.
var culprits = []struct {
	kinds []findingKind
	text  string
}{
	{[]findingKind{silent}, "no server answers there, or it broke the connection off"},
	{[]findingKind{redirected}, "something redirects before the site is asked: from http:// to https://, to a login, or to the same path with a slash. Call the address that it leads to"},
	{[]findingKind{refused}, "something in front of the site answers OPTIONS itself: it asks for a login (401, 403), does not know the method (404, 405), or can't reach the site (502, 503, 504). Let it pass OPTIONS on"},
	{[]findingKind{doubled}, "a proxy in front of the site, or a handler outside the middleware, adds CORS headers too. Let one of the two do it: take add_header Access-Control-* out of the proxy"},
	{[]findingKind{changed, added}, "another server answers, or this one runs with other settings: start it again. Or a proxy in front writes CORS headers of its own"},
	{[]findingKind{stripped}, "a proxy in front of the site takes the headers out or answers itself, or another server answers, or this one runs with other settings: start it again"},
	{[]findingKind{unvaried}, "a cache or a proxy in front of the site does not keep origins apart: a page could get the answer that was made for another. Let it pass Vary on, and heed it"},
}

// comparison writes what was found, and who is likely to have done it.
func (r *printer) comparison(found []finding) {
	if len(found) == 0 {
		r.line("Compared with the settings: what came back is what they say.")
		return
	}
	r.line("Compared with the settings:")
	for _, f := range found {
		r.line("  - %s", f.text)
	}
	for _, c := range culprits {
		if slices.ContainsFunc(found, func(f finding) bool { return slices.Contains(c.kinds, f.kind) }) {
			r.line("Likely cause: %s.", c.text)
			return
		}
	}
}
