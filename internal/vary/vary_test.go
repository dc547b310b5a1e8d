package vary_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/settled-go/settled/internal/vary"
)

func TestAdd(t *testing.T) {
	for _, tt := range []struct{ before, after []string }{
		{nil, []string{"Cookie"}},
		{[]string{"Accept"}, []string{"Accept", "Cookie"}},
		{[]string{"Accept, cookie"}, []string{"Accept, cookie"}},
		{[]string{"Accept", " Cookie ,X"}, []string{"Accept", " Cookie ,X"}},
		{[]string{"*"}, []string{"*"}},
		{[]string{"X-Cookie"}, []string{"X-Cookie", "Cookie"}},
	} {
		h := http.Header{}
		if tt.before != nil {
			h["Vary"] = tt.before
		}
		if vary.Add(h, "Cookie"); !slices.Equal(h["Vary"], tt.after) {
			t.Errorf("%q: got %q, want %q", tt.before, h["Vary"], tt.after)
		}
	}
}

// A handler may set the same lines in every response.
func TestAddLeavesLines(t *testing.T) {
	shared := append(make([]string, 0, 4), "Accept")
	a, b := http.Header{"Vary": shared}, http.Header{"Vary": shared}
	vary.Add(a, "Cookie")
	vary.Add(b, "Origin")
	if !slices.Equal(a["Vary"], []string{"Accept", "Cookie"}) || shared[:2][1] != "" {
		t.Errorf("got %q", a["Vary"])
	}
}
