package upstream_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/settled-go/settled/apps/proxy/upstream"
)

// An instant is a server that answers at once, without a connection.
type instant struct{ response *http.Response }

func (i instant) RoundTrip(*http.Request) (*http.Response, error) {
	i.response.Body = http.NoBody
	return i.response, nil
}

// BenchmarkPool is what a pool adds to its transports: the choice of a server, a copy
// of the request, and the count of those under way.
func BenchmarkPool(b *testing.B) {
	for _, n := range []int{1, 3, 20} {
		var c upstream.Config
		for i := range n {
			c.Servers = append(c.Servers, upstream.Server{URL: fmt.Sprintf("http://127.0.0.1:%d", 9000+i)})
		}
		p, err := upstream.New(c)
		if err != nil {
			b.Fatal(err)
		}
		p.Answer(instant{&http.Response{StatusCode: http.StatusOK}})
		b.Run(fmt.Sprintf("servers=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			benchmark(b, p)
		})
	}
	b.Run("transport", func(b *testing.B) {
		t := &http.Transport{}
		t.RegisterProtocol("http", instant{&http.Response{StatusCode: http.StatusOK}})
		b.ReportAllocs()
		benchmark(b, t)
	})
}

func benchmark(b *testing.B, t http.RoundTripper) {
	r, err := http.NewRequest(http.MethodGet, "http://127.0.0.1:9000/", nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		resp, err := t.RoundTrip(r)
		if err != nil {
			b.Fatal(err)
		}
		_ = resp.Body.Close()
	}
}
