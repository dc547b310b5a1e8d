package bench_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled/bench"
)

// handler is a candidate with a policy around h.
func handler(t testing.TB, c bench.Candidate, p bench.Policy, h http.Handler) http.Handler {
	t.Helper()
	wrap, err := c.New(p)
	if err != nil {
		t.Fatalf("%s: %v", c.Name, err)
	}
	return wrap(h)
}

// All candidates let in the same requests, so that their times can be compared.
func TestConformance(t *testing.T) {
	for _, c := range bench.Candidates() {
		for _, n := range []int{1, 2, 10, 1000} {
			for _, credentials := range []bool{false, true} {
				policy := bench.Policy{Origins: bench.Origins(n), Credentials: credentials}
				h := handler(t, c, policy, bench.Answerer())
				for _, r := range bench.Requests(policy.Origins) {
					t.Run(fmt.Sprintf("%s/%d/%v/%s", c.Name, n, credentials, r.Name), func(t *testing.T) {
						conforms(t, h, r, credentials)
					})
				}
			}
		}
	}
}

func conforms(t *testing.T, h http.Handler, r bench.Request, credentials bool) {
	w := bench.NewWriter()
	h.ServeHTTP(w, r.HTTP())
	if got := admits(r, credentials, w.Status, w.Header()); got != r.Admitted {
		t.Errorf("admitted: %v, want %v; status %d, header %v", got, r.Admitted, w.Status, w.Header())
	}
	if !credentials && w.Header()["Access-Control-Allow-Credentials"] != nil {
		t.Error("credentials are allowed against the policy")
	}
	if r.Preflight && r.Admitted && !keeps(w.Header()) {
		t.Errorf("max age %q, want %d", w.Header()["Access-Control-Max-Age"], bench.MaxAge)
	}
	if reached := w.Header()["Content-Type"] != nil; reached == r.Preflight {
		t.Errorf("the handler was reached: %v", reached)
	}
}

// Every origin of the list is let in, and every method and header of the
// policy.
func TestWholePolicy(t *testing.T) {
	policy := bench.Policy{Origins: bench.Origins(300)}
	for _, c := range bench.Candidates() {
		h := handler(t, c, policy, bench.Answerer())
		for _, origin := range policy.Origins {
			for _, r := range bench.Requests([]string{origin}) {
				if r.Admitted && !admitted(h, r) {
					t.Errorf("%s does not let in %s", c.Name, origin)
				}
			}
		}
		r := bench.Requests(policy.Origins)[3]
		r.Header["Access-Control-Request-Headers"] = strings.Join(slices.Sorted(slices.Values(bench.Headers())), ",")
		for _, method := range bench.Methods() {
			r.Header["Access-Control-Request-Method"] = method
			w := bench.NewWriter()
			h.ServeHTTP(w, r.HTTP())
			if !namesHeaders(r, w.Header()) || !namesMethod(r, w.Header()) && !isSafe(method) {
				t.Errorf("%s does not allow %s: %v", c.Name, method, w.Header())
			}
		}
	}
}

func admitted(h http.Handler, r bench.Request) bool {
	w := bench.NewWriter()
	h.ServeHTTP(w, r.HTTP())
	return admits(r, false, w.Status, w.Header())
}

// isSafe says of which methods a preflight answer need not name them.
func isSafe(method string) bool { return method == "GET" || method == "HEAD" || method == "POST" }

func TestOriginsDiffer(t *testing.T) {
	seen := map[string]bool{bench.Stranger(): true}
	for _, origin := range bench.Origins(100_000) {
		if seen[origin] {
			t.Fatalf("%s stands twice", origin)
		}
		seen[origin] = true
	}
}

// What a response holds after the handler is what the next one starts without.
func TestWriterIsReused(t *testing.T) {
	w := bench.NewWriter()
	bench.Answerer().ServeHTTP(w, bench.Requests(bench.Origins(1))[0].HTTP())
	if w.Status != http.StatusOK || len(w.Header()) != 2 {
		t.Fatalf("status %d, header %v", w.Status, w.Header())
	}
	w.Reset()
	if w.Status != 0 || len(w.Header()) != 0 {
		t.Fatalf("after Reset: status %d, header %v", w.Status, w.Header())
	}
}
