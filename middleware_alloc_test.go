//go:build !race

package settled_test

import "testing"

// The cost of middleware is held by a count, which is the same on any machine.
func TestMiddlewareAllocations(t *testing.T) {
	none := testing.AllocsPerRun(200, costs[0].serve(t))
	for _, c := range costs {
		added := testing.AllocsPerRun(200, c.serve(t)) - none
		t.Logf("%s adds %v", c.name, added)
		if added > c.allocs {
			t.Errorf("%s adds %v allocations, want at most %v", c.name, added, c.allocs)
		}
	}
}
