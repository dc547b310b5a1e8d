package command_test

import (
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/settled-go/settled/internal/panics"
	"github.com/settled-go/settled/manage/command"
)

// A panic in one of the goroutines comes to whoever waits for them.
func TestInParallelPanics(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2)) // with one, there are none
	var done atomic.Int64
	defer func() {
		caught, ok := recover().(*panics.Error)
		if !ok || caught.Value != "no luck" || done.Load() == 0 {
			t.Errorf("got %v after %d", caught, done.Load())
		}
	}()
	command.InParallel(8, func(i int) {
		if i == 7 {
			panic("no luck")
		}
		done.Add(1)
	})
}
