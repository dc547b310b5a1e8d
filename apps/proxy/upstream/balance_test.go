package upstream_test

import (
	"net/http"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/settled-go/settled/apps/proxy/upstream"
)

// hold sends a request and leaves the response open.
func hold(t *testing.T, p *upstream.Pool) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://site/", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := p.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	return resp
}

func hello(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("hello")) }

// A request goes to the server with the fewest under way. A response counts until
// its body is closed.
func TestLeastBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		for _, host := range []string{"a", "b", "c"} {
			n.serve(t, host, hello)
		}
		p := n.pool(t, upstream.Config{}, "a", "b", "c")
		expect := func(want ...int64) {
			t.Helper()
			if got := p.Active(); !slices.Equal(got, want) {
				t.Fatalf("under way: %v, want %v", got, want)
			}
		}
		first := hold(t, p)
		expect(1, 0, 0)
		second := hold(t, p)
		expect(1, 1, 0)
		third := hold(t, p)
		expect(1, 1, 1)
		_ = second.Body.Close()
		_ = second.Body.Close() // counts once
		expect(1, 0, 1)
		fourth := hold(t, p)
		expect(1, 1, 1)
		_ = first.Body.Close()
		_ = third.Body.Close()
		_ = fourth.Body.Close()
		expect(0, 0, 0)
	})
}

// Servers that are equally busy have their turns, by their weights and evenly.
func TestTurns(t *testing.T) {
	tests := []struct {
		weights []int
		want    string
	}{
		{[]int{0, 0, 0}, "abcabcabc"},
		{[]int{1}, "aaa"},
		{[]int{2, 1}, "abaaba"},
		{[]int{1, 2}, "babbab"},
		{[]int{3, 1, 1}, "abacaabaca"},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			n := newNetwork()
			got := ""
			c := upstream.Config{}
			for i, weight := range tt.weights {
				host := string(rune('a' + i))
				n.serve(t, host, func(http.ResponseWriter, *http.Request) { got += host })
				c.Servers = append(c.Servers, upstream.Server{URL: "http://" + host, Weight: weight})
			}
			p := newPool(t, c.WithDial(n.dial))
			for range tt.want {
				ask(t, p, http.MethodGet)
			}
			if got != tt.want {
				t.Errorf("weights %v: %s, want %s", tt.weights, got, tt.want)
			}
		})
	}
}

// A server of weight 2 has twice as many requests under way.
func TestBusyByWeight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		n.serve(t, "a", hello)
		n.serve(t, "b", hello)
		c := upstream.Config{Servers: []upstream.Server{{URL: "http://a", Weight: 1}, {URL: "http://b", Weight: 2}}}
		p := newPool(t, c.WithDial(n.dial))
		for range 9 {
			defer hold(t, p).Body.Close()
		}
		if got := p.Active(); !slices.Equal(got, []int64{3, 6}) {
			t.Errorf("under way: %v, want 3 and 6", got)
		}
	})
}
