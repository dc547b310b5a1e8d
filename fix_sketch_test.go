package settled_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// A sketch is a settings file in the making, laid out at random, with mistakes
// that check --fix mends and what is to become of them.
type sketch struct {
	*rand.Rand
	eol, indent string
	text        strings.Builder
	touched     []int // offsets of what may change
	want        map[string]any
	counter     *int
	gone        map[string]bool // comments that may go with their element
}

func newSketch(r *rand.Rand, counter *int) *sketch {
	s := &sketch{Rand: r, eol: "\n", indent: []string{"", "  ", "\t"}[r.IntN(3)], want: map[string]any{}, counter: counter, gone: map[string]bool{}}
	if s.one(4) {
		s.eol = "\r\n"
	}
	if s.one(8) {
		s.text.WriteString("\ufeff")
	}
	return s
}

// one is true one time in n.
func (s *sketch) one(n int) bool { return s.IntN(n) == 0 }

func (s *sketch) write(texts ...string) {
	for _, text := range texts {
		s.text.WriteString(text)
	}
}

// touch notes that the line being written may change.
func (s *sketch) touch() { s.touched = append(s.touched, s.text.Len()) }

// comment is one like no other.
func (s *sketch) comment(gone bool) string {
	*s.counter++
	text := fmt.Sprintf("#%s %d %s", []string{"", " why"}[s.IntN(2)], *s.counter, []string{"", "x", `"', ]`, "é # = [", "\t"}[s.IntN(5)])
	s.gone[text] = gone
	return text
}

// remark is a comment behind something, or nothing.
func (s *sketch) remark(gone bool) string {
	if s.one(2) {
		return ""
	}
	return []string{"", " ", "  ", "\t"}[s.IntN(4)] + s.comment(gone)
}

// pause is what stands between settings or elements. moved says that it may go
// with what follows.
func (s *sketch) pause(indent string, moved bool) {
	for s.one(3) {
		if moved {
			s.touch()
		}
		if s.one(2) {
			s.write(indent, s.comment(false))
		}
		s.write(s.eol)
	}
}

// quoted is a text in one of TOML's ways.
func (s *sketch) quoted(text string) string {
	escaped := strings.ReplaceAll(text, `\`, `\\`)
	switch s.IntN(8) {
	case 0, 1, 2:
		return "'" + text + "'"
	case 3:
		return `"""` + escaped + `"""`
	case 4:
		return "'''" + s.eol + text + "'''"
	case 5:
		return fmt.Sprintf(`"\u%04X%s"`, text[0], strings.ReplaceAll(text[1:], `\`, `\\`))
	}
	return `"` + escaped + `"`
}

// An entry is an element of a list. What it should be is empty when it is taken
// out.
type entry struct{ is, should string }

func good(texts ...string) []entry {
	var all []entry
	for _, text := range texts {
		all = append(all, entry{text, text})
	}
	return all
}

func (s *sketch) name(name string) {
	s.pause("", false)
	if s.one(4) {
		name = `"` + name + `"`
	}
	s.write(s.indent, name, []string{"=", " = ", "\t=  "}[s.IntN(3)])
}

// set writes a setting with a value as it is.
func (s *sketch) set(name, value string, want any) {
	s.name(name)
	s.write(value, s.remark(false), s.eol)
	s.want[name] = want
}

// list writes a list under a name that is to become another one. moved says
// that the lines will change places.
func (s *sketch) list(is, should string, entries []entry, moved bool) {
	s.name(is)
	if is != should {
		s.touch()
	}
	want := []any{}
	for _, e := range entries {
		if e.should != "" {
			want = append(want, e.should)
		}
	}
	if moved {
		i := slices.Index(want, any(corsLink))
		want = slices.Insert(slices.Delete(want, i, i+1), 0, any(corsLink))
	}
	s.want[should] = want
	[]func([]entry, bool){s.inline, s.rows, s.shared, s.commasFirst}[s.IntN(4)](entries, moved)
}

func (s *sketch) value(e entry, moved bool) {
	if e.is != e.should || moved {
		s.touch()
	}
	s.write(s.quoted(e.is))
	if e.is != e.should || moved {
		s.touch()
	}
}

func (s *sketch) inline(entries []entry, moved bool) {
	space := []string{"", " "}[s.IntN(2)]
	s.write("[", space)
	for i, e := range entries {
		if i > 0 {
			s.write(",", space)
		}
		s.value(e, moved)
	}
	if len(entries) > 0 && s.one(4) {
		s.write(space, ",")
	}
	s.write(space, "]", s.remark(false), s.eol)
}

func (s *sketch) rows(entries []entry, moved bool) {
	s.write("[", s.remark(false), s.eol)
	trailing := s.one(2)
	for i, e := range entries {
		s.pause("    ", moved)
		s.write("    ")
		s.value(e, moved)
		if i < len(entries)-1 || trailing {
			s.write(",")
		}
		s.write(s.remark(e.should == ""), s.eol)
	}
	s.pause("", false)
	s.write("]", s.remark(false), s.eol)
}

func (s *sketch) shared(entries []entry, moved bool) {
	s.write("[")
	for i, e := range entries {
		if s.one(3) {
			s.write(s.remark(true), s.eol, "  ") // behind the one before, perhaps with a line to itself
		}
		s.value(e, moved)
		if i < len(entries)-1 || s.one(2) {
			s.write(", ")
		}
	}
	s.write("]", s.eol)
}

func (s *sketch) commasFirst(entries []entry, moved bool) {
	s.write("[", s.eol)
	for i, e := range entries {
		if s.write("    "); i > 0 {
			s.write(", ")
		}
		s.value(e, moved)
		s.write(s.remark(e.should == ""), s.eol)
	}
	s.write("]", s.eol)
}

// untouched are the lines that no fix is about, without commas and spaces: the
// last element of a list that is left may lose its comma.
func (s *sketch) untouched() []string {
	var lines []string
	start := 0
	for line := range strings.SplitAfterSeq(s.text.String(), "\n") {
		end := start + len(line)
		if !slices.ContainsFunc(s.touched, func(at int) bool { return start <= at && at < end }) {
			lines = append(lines, squeezed(line))
		}
		start = end
	}
	return lines
}

func squeezed(line string) string { return strings.NewReplacer(",", "", " ", "").Replace(line) }
