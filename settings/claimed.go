package settings

import "github.com/settled-go/settled/checks"

// claimed is what the edits of one Fix are about, so that no two of them are
// about the same.
type claimed struct {
	values map[checks.Path]bool
	above  map[checks.Path]bool // a part of these is in values
	names  map[checks.Path]bool
	made   map[taskKey]bool
}

// A taskKey is the same for tasks that do the same.
type taskKey struct {
	source  *source
	do      checks.Action
	setting checks.Path
	text    string
	to      int
}

func newClaimed() claimed {
	return claimed{map[checks.Path]bool{}, map[checks.Path]bool{}, map[checks.Path]bool{}, map[taskKey]bool{}}
}

// take claims what tasks are about, unless some of it is taken, and returns
// those of them that have not been made.
func (c claimed) take(tasks []task) (fresh []task, ok bool) {
	for _, t := range tasks {
		key := taskKey{t.source, t.Do, t.Setting, t.Text, t.To}
		if c.made[key] {
			continue
		}
		if !c.free(t) {
			return nil, false
		}
		fresh = append(fresh, t)
	}
	for _, t := range fresh {
		c.made[taskKey{t.source, t.Do, t.Setting, t.Text, t.To}] = true
		c.claim(t)
	}
	return fresh, true
}

func (c claimed) free(t task) bool {
	way := t.way()
	path := way[len(way)-1]
	if t.isOfName() && c.names[path] {
		return false
	}
	if t.Do == checks.Rename {
		return true
	}
	for _, p := range way {
		if c.values[p] {
			return false
		}
	}
	return !c.above[path]
}

func (c claimed) claim(t task) {
	way := t.way()
	path := way[len(way)-1]
	if t.isOfName() {
		c.names[path] = true
	}
	if t.Do == checks.Rename {
		return
	}
	c.values[path] = true
	for _, p := range way[:len(way)-1] {
		c.above[p] = true
	}
}

// isOfName reports whether the setting will not have its name any more.
func (t task) isOfName() bool {
	return t.Do == checks.Rename || t.Do == checks.Remove && len(t.path) == 1
}

// way are the paths that lead to what the task is about: all of the list for a
// move in it.
func (t task) way() []checks.Path {
	var way []checks.Path
	path := checks.Path("")
	for _, s := range t.path {
		if s.index < 0 {
			path = path.Key(s.key)
		} else {
			path = path.Index(s.index)
		}
		way = append(way, path)
	}
	if t.Do == checks.Move {
		way = way[:len(way)-1]
	}
	return way
}
