package checks

import "slices"

// Found is what was found in the project of one settings file.
type Found struct {
	File     string
	Messages Messages
}

// Gather puts together what was found in several files, in the order of a
// report. The Files of a message say where it was found: one about a file that
// several extend comes once, for all of them.
func Gather(of []Found) Messages {
	var all Messages
	known := map[fact]int{}
	for _, found := range of {
		for _, m := range found.Messages {
			if m.At.File == "" {
				m.At.File = found.File // or nobody knows which one
			}
			if i, ok := known[factOf(m)]; ok {
				if !slices.Contains(all[i].Files, found.File) {
					all[i].Files = append(all[i].Files, found.File)
				}
				continue
			}
			m.Files = []string{found.File}
			known[factOf(m)] = len(all)
			all = append(all, m)
		}
	}
	all.Sort()
	return all
}

// A fact is what two messages that say the same have in common.
type fact struct {
	level                   Level
	class                   Class
	id, text, hint, setting string
	at                      Range
}

func factOf(m Message) fact {
	return fact{m.Level, m.Class, m.ID, m.Text, m.Hint, string(m.Setting), m.At}
}

// sameProject says whether both may be about one project.
func sameProject(a, b Message) bool {
	if len(a.Files) == 0 || len(b.Files) == 0 {
		return true
	}
	return slices.ContainsFunc(a.Files, func(f string) bool { return slices.Contains(b.Files, f) })
}

// files is how many files the messages were found in.
func (ms Messages) files() int {
	all := map[string]bool{}
	for _, m := range ms {
		for _, file := range m.Files {
			all[file] = true
		}
	}
	return len(all)
}
