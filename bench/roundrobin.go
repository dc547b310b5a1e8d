package bench

import (
	"math/rand/v2"
	"slices"
	"time"
)

// A Contender is one of several that are measured against each other.
type Contender struct {
	// Do does n times what is measured.
	Do func(n int)
	// Prepare runs before each slice and is not measured. Nil: nothing.
	Prepare func(n int)
	// N is how often a slice does it. 0: as often as fits.
	N int
}

// A RoundRobin measures contenders in turn, in slices so short that a change of
// the machine's speed, which lasts for many slices, meets all of them alike.
type RoundRobin struct {
	Slice  time.Duration // of one contender, below 1 ms
	Passes int           // slices of each contender
}

// rarely is how seldom a contender has its turn if doing it once is longer than
// a slice.
const rarely = 10

// Measure returns the nanoseconds for each contender, a figure a slice. The
// order changes with each pass.
func (rr RoundRobin) Measure(contenders []Contender) []Times {
	contenders = slices.Clone(contenders)
	seldom := make([]bool, len(contenders))
	for i := range contenders {
		if contenders[i].N == 0 {
			contenders[i].N, seldom[i] = rr.fit(contenders[i].Do)
		}
	}
	times := make([]Times, len(contenders))
	for pass := range rr.Passes {
		for _, i := range rand.Perm(len(contenders)) {
			if !seldom[i] || pass%rarely == 0 {
				times[i] = append(times[i], contenders[i].slice())
			}
		}
	}
	return times
}

// fit is how often do fits into a slice. long says that it does not fit once.
func (rr RoundRobin) fit(do func(n int)) (n int, long bool) {
	for n = 1; ; n *= 2 {
		best := time.Duration(1 << 62)
		for range 3 {
			start := time.Now()
			do(n)
			best = min(best, time.Since(start))
		}
		if best >= rr.Slice/2 {
			return n, n == 1 && best > rr.Slice
		}
	}
}

func (c Contender) slice() float64 {
	if c.Prepare != nil {
		c.Prepare(c.N)
	}
	start := time.Now()
	c.Do(c.N)
	return float64(time.Since(start)) / float64(c.N)
}

// Times are nanoseconds of one operation, a figure a slice.
type Times []float64

// Fast is the 10th percentile: the machine at its higher speed, undisturbed.
func (t Times) Fast() float64 {
	sorted := slices.Sorted(slices.Values(t))
	return sorted[len(sorted)/10]
}
