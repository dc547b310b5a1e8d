package notes

import (
	"maps"
	"slices"
	"sync"
)

// A Note is what the API answers with.
type Note struct {
	ID     int    `json:"id"`
	Text   string `json:"text"`
	Client string `json:"client,omitempty"` // the program that wrote it last
}

// store keeps notes in memory. It is safe for concurrent use.
type store struct {
	max int

	mu    sync.RWMutex
	notes map[int]Note
	last  int // the highest id given out
}

func newStore(max int) *store { return &store{max: max, notes: make(map[int]Note)} }

// all are the notes by id.
func (s *store) all() []Note {
	s.mu.RLock()
	defer s.mu.RUnlock()
	all := make([]Note, 0, len(s.notes)) // not nil: JSON's [], not null
	for _, id := range slices.Sorted(maps.Keys(s.notes)) {
		all = append(all, s.notes[id])
	}
	return all
}

func (s *store) get(id int) (n Note, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	n, ok = s.notes[id]
	return n, ok
}

// add keeps a new note; ok is false when the store is full.
func (s *store) add(text, client string) (n Note, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.notes) >= s.max {
		return Note{}, false
	}
	s.last++
	n = Note{ID: s.last, Text: text, Client: client}
	s.notes[n.ID] = n
	return n, true
}

// replace changes a note; ok is false when there is none.
func (s *store) replace(n Note) (ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok = s.notes[n.ID]; ok {
		s.notes[n.ID] = n
	}
	return ok
}

// remove deletes a note; ok is false when there is none.
func (s *store) remove(id int) (ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok = s.notes[id]
	delete(s.notes, id)
	return ok
}
