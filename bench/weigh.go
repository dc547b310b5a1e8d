package bench

import (
	"net/http"
	"runtime"
	"time"
)

// Built is a candidate that was built, and what that took.
type Built struct {
	Handler http.Handler
	Time    time.Duration
	Bytes   int64 // of heap that stay in use
}

// Build builds a candidate with a policy around h. Bytes counts what the
// garbage collector leaves beyond what was there before, so neither the list of
// origins nor its strings.
func Build(c Candidate, p Policy, h http.Handler) (Built, error) {
	before := heap()
	start := time.Now()
	wrap, err := c.New(p)
	if err != nil {
		return Built{}, err
	}
	b := Built{Handler: wrap(h), Time: time.Since(start)}
	b.Bytes = heap() - before
	runtime.KeepAlive(p)
	return b, nil
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // the first may leave what has finalizers
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// Allocations are those of one operation, as do does it n times.
func Allocations(do func(n int)) (allocs, bytes float64) {
	const n = 1000
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	do(1)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do(n)
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / n, float64(after.TotalAlloc-before.TotalAlloc) / n
}
