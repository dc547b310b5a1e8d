package settings

import (
	"slices"
	"unicode/utf8"

	"github.com/settled-go/settled/checks"
)

// A task is an edit of one source.
type task struct {
	checks.Edit
	source *source
	path   []segment // as the source has it
	node   *node
	number int
}

// element is the index that the path ends with; negative for none.
func (t task) element() int { return t.path[len(t.path)-1].index }

// tasks are what edits mean for the sources; ok is false when one of them can't
// be made: a variable holds the value, say, or it isn't written as a string.
func (f *file) tasks(edits []checks.Edit) (all []task, ok bool) {
	for number, e := range edits {
		l, path, ok := f.effective(e.Setting)
		if t, adds := f.addition(e, number); adds && !ok {
			all = append(all, t)
			continue
		}
		if !ok || l.variable != "" {
			return nil, false
		}
		e.Setting = path
		t := task{Edit: e, source: l.source, path: segments(path), number: number}
		if t.node, ok = t.source.index().root.find(t.path); !ok || !t.fits() {
			return nil, false
		}
		all = append(all, t)
		if t.isOfName() {
			all = append(all, f.everywhere(t)...)
		}
	}
	return all, len(all) > 0
}

// addition is the task of an Append to a setting that is not there.
func (f *file) addition(e checks.Edit, number int) (t task, ok bool) {
	path := segments(e.Setting)
	ok = e.Do == checks.Append && len(path) == 1 && path[0].index < 0 && utf8.ValidString(path[0].key+e.Text)
	return task{Edit: e, source: f.sources[0], path: path, number: number}, ok
}

// everywhere is the same task for the other sources that have the setting: its
// name would go on to mean something there.
func (f *file) everywhere(t task) []task {
	var all []task
	for _, l := range f.layers(t.path[0].key)[1:] {
		t.source = l.source
		t.node, _ = t.source.index().root.find(t.path)
		all = append(all, t)
	}
	return all
}

// fits reports whether the edit can be made of what stands there.
func (t task) fits() bool {
	switch t.Do {
	case checks.Replace:
		at := t.node.value
		return at.end > at.start && (t.source.text[at.start] == '"' || t.source.text[at.start] == '\'')
	case checks.Rename:
		return len(t.path) == 1
	case checks.Remove:
		return len(t.path) == 1 || t.element() >= 0 && t.list().value.end > 0
	case checks.Move:
		return t.element() >= 0 && t.list().value.end > 0 && 0 <= t.To && t.To < len(t.list().items)
	case checks.Append:
		at := t.node.value
		return at.end > at.start && t.source.text[at.start] == '[' && utf8.ValidString(t.Text)
	}
	return false
}

// list is the one whose element the task is about.
func (t task) list() *node {
	list, _ := t.source.index().root.find(t.path[:len(t.path)-1])
	return list
}

// changes are what the tasks mean for the text of a source.
func (s *source) changes(tasks []task) []change {
	var all []change
	removals := map[*node][]task{}
	for _, t := range tasks {
		changes := []change(nil)
		switch {
		case t.Do == checks.Remove && t.element() >= 0:
			removals[t.list()] = append(removals[t.list()], t)
		case t.Do == checks.Remove:
			changes = s.removeSetting(t.path[0].key)
		case t.Do == checks.Move:
			changes = listing{s.text, t.list()}.move(t.element(), t.To)
		case t.Do == checks.Append && t.node == nil:
			changes = []change{s.add(t.path[0].key, t.Text)}
		case t.Do == checks.Append:
			changes = listing{s.text, t.node}.append(t.Text)
		case t.Do == checks.Rename:
			changes = s.rename(t.path[0].key, t.Text)
		default:
			changes = s.replace(t.node.value, t.Text)
		}
		all = append(all, numbered(changes, t.number)...)
	}
	for list, tasks := range removals {
		indexes := make([]int, len(tasks))
		for i, t := range tasks {
			indexes[i] = t.element()
		}
		slices.Sort(indexes)
		all = append(all, numbered(listing{s.text, list}.remove(indexes), tasks[0].number)...)
	}
	return all
}

func numbered(changes []change, number int) []change {
	for i := range changes {
		changes[i].task = number
	}
	return changes
}

func (s *source) replace(literal span, text string) []change {
	at, written, ok := rewrite(s.text[literal.start:literal.end], text)
	if !ok {
		return nil
	}
	return []change{{at: span{literal.start + at.start, literal.start + at.end}, text: written}}
}

// rename gives a setting another name, wherever the source has it.
func (s *source) rename(old, name string) []change {
	var all []change
	for _, top := range s.index().tops {
		if top.name.name != old {
			continue
		}
		at := top.name.at
		if written, ok := renamed(s.text[at.start:at.end], name); ok {
			all = append(all, change{at: at, text: written})
		}
	}
	return all
}

// removeSetting takes out the lines of a setting, and those of what stands below
// its headers.
func (s *source) removeSetting(name string) []change {
	var all []change
	for _, top := range s.index().tops {
		if top.name.name == name {
			line := s.index().lines.line(top.whole.start)
			all = append(all, cut(line.start, nextLine(s.text, top.whole.end)))
		}
	}
	return all
}
