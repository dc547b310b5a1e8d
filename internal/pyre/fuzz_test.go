package pyre_test

import (
	"errors"
	"regexp/syntax"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/settled-go/settled/internal/pyre"
)

// FuzzCompile holds a pattern against its own tree, walked without Go's regexp
// and without looking at the ends first.
func FuzzCompile(f *testing.F) {
	for i, p := range readRecording(f).Patterns {
		if i%10 == 0 {
			f.Add(p.Pattern, "https://a.example\n")
			f.Add(p.Pattern, "ab")
		}
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		p, err := pyre.Compile(pattern)
		if err != nil {
			checkError(t, pattern, err)
			return
		}
		if p.String() != pattern {
			t.Fatalf("String is %q, want %q", p.String(), pattern)
		}
		if !utf8.ValidString(text) || len(text) > 200 || len(pattern) > 200 {
			return
		}
		for _, text := range []string{text, text + "\n", text + "\n\n"} {
			got, want := p.Match(text), walk(p.Syntax(), text)
			if got != want {
				t.Errorf("%q on %q: got %t, its tree %s says %t", pattern, text, got, p.Syntax(), want)
			}
		}
	})
}

func checkError(t *testing.T, pattern string, err error) {
	e, ok := errors.AsType[*pyre.Error](err)
	if !ok {
		t.Fatalf("%q: the error is a %T", pattern, err)
	}
	if e.Start < 0 || e.Start > e.End || e.End > len(pattern) || e.Construct == "" || e.Text == "" || e.Hint == "" {
		t.Errorf("%q: %+v", pattern, *e)
	}
}

// walk says whether the text matches a tree, with Python's $.
func walk(tree *syntax.Regexp, text string) bool {
	w := walker{[]rune(text)}
	return len(w.ends(tree, places{0: true})) > 0
}

type walker struct{ text []rune }

// places are offsets in the text.
type places map[int]bool

// ends is where re can end when it begins at one of the places.
func (w walker) ends(re *syntax.Regexp, from places) places {
	switch re.Op {
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			from = w.ends(sub, from)
		}
		return from
	case syntax.OpAlternate:
		to := places{}
		for _, sub := range re.Sub {
			to.add(w.ends(sub, from))
		}
		return to
	case syntax.OpStar:
		return w.repeat(re.Sub[0], from, 0, -1)
	case syntax.OpPlus:
		return w.repeat(re.Sub[0], from, 1, -1)
	case syntax.OpQuest:
		return w.repeat(re.Sub[0], from, 0, 1)
	case syntax.OpRepeat:
		return w.repeat(re.Sub[0], from, re.Min, re.Max)
	}
	to := places{}
	for at := range from {
		if n, ok := w.step(re, at); ok {
			to[at+n] = true
		}
	}
	return to
}

// add says whether anything was new.
func (p places) add(more places) bool {
	n := len(p)
	for at := range more {
		p[at] = true
	}
	return len(p) > n
}

func (w walker) repeat(re *syntax.Regexp, from places, low, high int) places {
	for range low {
		from = w.ends(re, from)
	}
	to := places{}
	to.add(from)
	for n := low; n != high; n++ {
		from = w.ends(re, from)
		if !to.add(from) {
			break
		}
	}
	return to
}

// step is how much a tree without parts consumes, if it matches.
func (w walker) step(re *syntax.Regexp, at int) (n int, ok bool) {
	switch re.Op {
	case syntax.OpEmptyMatch:
		return 0, true
	case syntax.OpBeginText:
		return 0, at == 0
	case syntax.OpBeginLine:
		return 0, at == 0 || w.text[at-1] == '\n'
	case syntax.OpEndLine:
		return 0, at == len(w.text) || w.text[at] == '\n'
	case syntax.OpEndText:
		final := re.Flags&syntax.WasDollar != 0 && at == len(w.text)-1 && w.text[at] == '\n'
		return 0, final || at == len(w.text)
	case syntax.OpWordBoundary:
		return 0, w.word(at-1) != w.word(at)
	case syntax.OpNoWordBoundary:
		return 0, w.word(at-1) == w.word(at)
	case syntax.OpLiteral:
		return len(re.Rune), w.literal(re, at)
	case syntax.OpCharClass:
		return 1, at < len(w.text) && within(re.Rune, w.text[at])
	case syntax.OpAnyChar:
		return 1, at < len(w.text)
	case syntax.OpAnyCharNotNL:
		return 1, at < len(w.text) && w.text[at] != '\n'
	case syntax.OpNoMatch:
		return 0, false
	}
	panic(re.Op)
}

func (w walker) word(at int) bool {
	return at >= 0 && at < len(w.text) && syntax.IsWordChar(w.text[at])
}

func (w walker) literal(re *syntax.Regexp, at int) bool {
	if at+len(re.Rune) > len(w.text) {
		return false
	}
	got, want := string(w.text[at:at+len(re.Rune)]), string(re.Rune)
	return got == want || re.Flags&syntax.FoldCase != 0 && strings.EqualFold(got, want)
}

func within(class []rune, r rune) bool {
	for i := 0; i < len(class); i += 2 {
		if class[i] <= r && r <= class[i+1] {
			return true
		}
	}
	return false
}
