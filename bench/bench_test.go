package bench_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/settled-go/settled/bench"
)

var sizes = []struct {
	name string
	n    int
}{
	{"1-origin", 1}, {"2-origins", 2}, {"10-origins", 10}, {"100-origins", 100},
	{"1k-origins", 1000}, {"100k-origins", 100_000}, {"1M-origins", 1_000_000},
}

func BenchmarkActual(b *testing.B)    { benchmarkMatrix(b, false) }
func BenchmarkPreflight(b *testing.B) { benchmarkMatrix(b, true) }

// benchmarkMatrix has names such as allowed/10-origins/settled.
func benchmarkMatrix(b *testing.B, preflight bool) {
	for i, one := range bench.Requests(bench.Origins(1)) {
		if one.Preflight != preflight {
			continue
		}
		b.Run(one.Short(), func(b *testing.B) {
			for _, size := range sizes {
				b.Run(size.name, func(b *testing.B) {
					policy := bench.Policy{Origins: bench.Origins(size.n)}
					r := bench.Requests(policy.Origins)[i]
					each(b, func(b *testing.B, c bench.Candidate) {
						benchmarkRequest(b, handler(b, c, policy, bench.Empty()), r.HTTP())
					})
				})
			}
		})
	}
}

// each runs f for each candidate, by name.
func each(b *testing.B, f func(*testing.B, bench.Candidate)) {
	for _, c := range bench.Candidates() {
		b.Run(c.Name, func(b *testing.B) { f(b, c) })
	}
}

func benchmarkRequest(b *testing.B, h http.Handler, r *http.Request) {
	w := bench.NewWriter()
	b.ReportAllocs()
	for b.Loop() {
		w.Reset()
		h.ServeHTTP(w, r)
	}
}

// BenchmarkCredentials is about ten origins that may send cookies.
func BenchmarkCredentials(b *testing.B) {
	policy := bench.Policy{Origins: bench.Origins(10), Credentials: true}
	for _, r := range bench.Requests(policy.Origins) {
		if r.Admitted {
			b.Run(r.Name, func(b *testing.B) {
				each(b, func(b *testing.B, c bench.Candidate) {
					benchmarkRequest(b, handler(b, c, policy, bench.Empty()), r.HTTP())
				})
			})
		}
	}
}

// BenchmarkHandler is about handlers that set headers of their own.
func BenchmarkHandler(b *testing.B) {
	policy := bench.Policy{Origins: bench.Origins(10)}
	r := bench.Requests(policy.Origins)[0]
	for _, n := range []int{0, 1, 2, 4, 8} {
		b.Run(fmt.Sprintf("%d-headers", n), func(b *testing.B) {
			each(b, func(b *testing.B, c bench.Candidate) {
				benchmarkRequest(b, handler(b, c, policy, bench.Setter(n)), r.HTTP())
			})
		})
	}
}

// BenchmarkCold is about a million origins, a random one each time.
func BenchmarkCold(b *testing.B) {
	const n = 1_000_000
	policy := bench.Policy{Origins: bench.Origins(n)}
	each(b, func(b *testing.B, c bench.Candidate) {
		if c.Linear {
			b.Skip("depends on the origin's place in the list")
		}
		cold := bench.Cold(handler(b, c, policy, bench.Empty()), n)
		b.ReportAllocs()
		b.ResetTimer()
		for done := 0; done < b.N; {
			times := min(cold.N, b.N-done)
			b.StopTimer()
			cold.Prepare(times)
			b.StartTimer()
			cold.Do(times)
			done += times
		}
	})
}

// BenchmarkBuild is the time and the memory for a list.
func BenchmarkBuild(b *testing.B) {
	for _, size := range sizes {
		b.Run(size.name, func(b *testing.B) {
			policy := bench.Policy{Origins: bench.Origins(size.n)}
			each(b, func(b *testing.B, c bench.Candidate) {
				for b.Loop() {
					handler(b, c, policy, bench.Empty())
				}
				b.StopTimer()
				built, err := bench.Build(c, policy, bench.Empty())
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(built.Bytes)/float64(size.n), "B/origin")
			})
		})
	}
}
