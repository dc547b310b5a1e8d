package handover

import (
	"slices"
	"time"
)

// retire ends a generation that is none any more.
func (r *reign) retire(old generation) (stopped <-chan struct{}) {
	r.retired = append(slices.DeleteFunc(r.retired, hasEnded), old)
	stopped = old.leave()
	time.AfterFunc(leaveTime, old.kill)
	return stopped
}

// abandon ends what starts: it is not wanted any more.
func (r *reign) abandon() {
	if r.next != nil {
		time.AfterFunc(abandonTime, r.next.kill)
		r.retire(r.next)
		r.next = nil
	}
}

func hasEnded(g generation) bool {
	select {
	case <-g.end():
		return true
	default:
		return false
	}
}

// finish ends all generations, and waits for them.
func (r *reign) finish() error {
	_ = r.socket.Close()
	r.abandon()
	last := r.last
	if r.current != nil {
		r.current.drain()
		<-r.current.end()
		last = r.current.result()
	}
	for _, g := range r.retired {
		<-g.end()
	}
	r.running.Wait()
	<-r.buildEnd
	return last
}
