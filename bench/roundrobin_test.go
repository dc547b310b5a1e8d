package bench_test

import (
	"testing"
	"time"

	"github.com/settled-go/settled/bench"
)

// What takes longer has the greater figure, whoever is first.
func TestRoundRobin(t *testing.T) {
	busy := func(d time.Duration) bench.Contender {
		return bench.Contender{Do: func(n int) {
			for end := time.Now().Add(d * time.Duration(n)); time.Now().Before(end); {
			}
		}}
	}
	rr := bench.RoundRobin{Slice: 100 * time.Microsecond, Passes: 50}
	times := rr.Measure([]bench.Contender{busy(20 * time.Microsecond), busy(2 * time.Microsecond), busy(time.Millisecond)})
	for i, want := range []float64{20_000, 2_000, 1_000_000} {
		if got := times[i].Fast(); got < want || got > 5*want {
			t.Errorf("contender %d took %.0f ns, want %.0f", i, got, want)
		}
	}
	if len(times[0]) != 50 || len(times[2]) != 5 {
		t.Errorf("%d and %d slices, want 50, and 5 of what does not fit", len(times[0]), len(times[2]))
	}
}

func TestFast(t *testing.T) {
	var times bench.Times
	for i := range 100 {
		times = append(times, float64(100-i))
	}
	if got := times.Fast(); got != 11 {
		t.Errorf("the 10th percentile is %v, want 11", got)
	}
}
