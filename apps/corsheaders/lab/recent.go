package lab

import (
	"fmt"
	"sync"
)

// capacity is how many requests the list holds.
const capacity = 100

// recent are the last cross-origin requests. Its methods may be called
// concurrently.
type recent struct {
	mu      sync.Mutex
	entries [capacity]entry
	count   uint64 // of all that there have been
}

func (r *recent) add(e entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e.ID = r.count
	r.entries[r.count%capacity] = e
	r.count++
}

// list is what there is, the newest first, and how many there have been.
func (r *recent) list() (all []entry, count uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range min(r.count, capacity) {
		all = append(all, r.entries[(r.count-1-i)%capacity])
	}
	return all, r.count
}

// tag is an ETag of the list: another laboratory's list has another.
func (l *Lab) tag(count uint64) string { return fmt.Sprintf(`"%s-%d"`, l.id, count) }
