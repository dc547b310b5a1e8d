package command

import (
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/settled-go/settled/internal/panics"
)

// inParallel calls do for 0 to n-1, on as many threads as Go has, and waits for
// all of them. A panic of one is a panic of inParallel.
func inParallel(n int, do func(i int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers < 2 {
		for i := range n {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var all sync.WaitGroup
	var failed atomic.Pointer[panics.Error]
	for range workers {
		all.Go(func() {
			defer func() {
				if value := recover(); value != nil {
					failed.Store(panics.Caught(value))
				}
			}()
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				do(int(i))
			}
		})
	}
	all.Wait()
	if err := failed.Load(); err != nil {
		panic(err)
	}
}
