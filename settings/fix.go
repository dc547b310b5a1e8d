package settings

import "github.com/settled-go/settled/checks"

// A Rewrite is a new text for one of the files.
type Rewrite struct {
	Name     string // as in File.Files
	Old, New string // all of it, with the byte order mark if it has one
}

// Fix makes the fixes of messages in the text of the files that hold the values,
// as many as can be made at once, and returns the new texts and the messages
// that are fixed in them, in order. Those are left out that have no fixes, whose
// value is in a variable or can't be edited, and whose fixes are in the way of
// those of an earlier message.
//
// The new texts mean what the old ones do but for what the fixes say, or there
// are none. Bytes that no fix is about are the same; nothing is written to disk.
// It takes time in proportion to the files' size and the messages' number.
func (f *File) Fix(ms checks.Messages) ([]Rewrite, checks.Messages) { return f.open().fix(ms) }

func (f *file) fix(ms checks.Messages) ([]Rewrite, checks.Messages) {
	c, fixed := newClaimed(), checks.Messages(nil)
	of := map[*source][]task{}
	for _, m := range ms {
		tasks, ok := f.tasks(m.Fixes)
		if ok {
			tasks, ok = c.take(tasks)
		}
		if !ok {
			continue
		}
		fixed = append(fixed, m)
		for _, t := range tasks {
			of[t.source] = append(of[t.source], t)
		}
	}
	var all []Rewrite
	for _, s := range f.sources {
		if len(of[s]) == 0 {
			continue
		}
		r, ok := s.rewrite(of[s])
		if !ok {
			return nil, nil
		}
		all = append(all, r)
	}
	return all, fixed
}

// Fixable reports whether Fix can make the fixes of a message: it has some, the
// values that they are about stand in the files, and they can be edited there.
func (f *File) Fixable(m checks.Message) bool {
	_, ok := f.open().tasks(m.Fixes)
	return ok
}

// rewrite is the source after tasks, and whether that means what it should.
func (s *source) rewrite(tasks []task) (Rewrite, bool) {
	text := apply(s.text, s.changes(tasks))
	values, fault := parse(text)
	want, ok := edited(s.values, tasks)
	mark := s.raw[:len(s.raw)-len(s.text)]
	return Rewrite{s.name, s.raw, mark + text}, fault == nil && ok && same(values, want)
}

// With is the File that there would be if the files had the new texts. The
// others are as they were read; a Rewrite of a file that it has nothing of
// changes nothing.
func (f *File) With(rs []Rewrite) (*File, error) {
	old, texts := f.open(), map[string][]byte{}
	for _, s := range old.sources {
		texts[identity(s.name)] = []byte(s.raw)
	}
	for _, r := range rs {
		texts[identity(r.Name)] = []byte(r.New)
	}
	return parseWith(f.name, texts[identity(f.name)], texts, old.env)
}
