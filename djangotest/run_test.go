package djangotest

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// TestDjango sends the same requests to Django and to Settled.
func TestDjango(t *testing.T) {
	needDjango(t)
	writeStatic(t)
	server := startServer(t)
	var compared, done atomic.Int64
	t.Run("sites", func(t *testing.T) {
		for _, s := range sites {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				compared.Add(int64(compareSite(t, server, s)))
				done.Add(1)
			})
		}
	})
	t.Logf("%d requests compared", compared.Load())
	if int(done.Load()) < len(sites) {
		return // some are left out by -run
	}
	for _, a := range allowed {
		if a.used.Load() == 0 {
			t.Errorf("allowed, and does not occur: %s", a.why)
		}
	}
}

// compareSite returns how many requests it sent. Requests with the same differences
// are told together, with all that was sent for the first.
func compareSite(t *testing.T, server *server, s site) int {
	ours := serveSettled(t, s.middleware, s.forSettled())
	django := server.serve(t, s.middleware, s.forDjango())
	requests := s.requests()
	told := map[string]*finding{}
	for _, r := range requests {
		e := exchange{s, r, send(t, django, r), send(t, ours, r)}
		differences := slices.DeleteFunc(e.compare(), func(d difference) bool { return permit(e, d) })
		if len(differences) == 0 {
			continue
		}
		key := fmt.Sprint(differences)
		if told[key] == nil {
			told[key] = &finding{differences: differences, first: e}
		}
		told[key].requests = append(told[key].requests, r.String())
	}
	for _, f := range told {
		t.Error(f)
	}
	return len(requests)
}

// A finding is differences that some requests have in common.
type finding struct {
	differences []difference
	first       exchange
	requests    []string
}

// String is the finding for people.
func (f *finding) String() string {
	var b strings.Builder
	for _, d := range f.differences {
		fmt.Fprintf(&b, "\n%s\n  Django   %q\n  Settled  %q", d.what, short(d.django), short(d.settled))
	}
	fmt.Fprintf(&b, "\n%d requests, such as\n  %s", len(f.requests), strings.Join(f.requests[:min(5, len(f.requests))], "\n  "))
	fmt.Fprintf(&b, "\n-- the first:\n%s\n-- Django:\n%s\n-- Settled:\n%s\n",
		indent(f.first.request.raw()), indent(short(string(f.first.django.raw))), indent(short(string(f.first.settled.raw))))
	return b.String()
}

func short(s string) string {
	if len(s) > 700 {
		return s[:700] + fmt.Sprintf("... (%d bytes)", len(s))
	}
	return s
}

func indent(s string) string {
	return "   " + strings.ReplaceAll(strings.TrimRight(strings.ReplaceAll(s, "\r\n", "\n"), "\n"), "\n", "\n   ")
}
