package settings

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/settled-go/settled/checks"
)

// A mask is the parts of a source that are never shown: values with a hidden
// name, and those of a Secret whatever its name. They are sorted, and none is
// in another.
type mask []span

// conceal adds the values of secrets to the masks. Most are there already, by
// their names.
func (f *file) conceal(secrets []checks.Path) {
	secrets = slices.DeleteFunc(secrets, hasHiddenName)
	if len(secrets) == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, path := range secrets {
		f.claims.secrets[path] = true
	}
	clear(f.masks)
}

// hasHiddenName reports whether one of the names in a path hides the value.
func hasHiddenName(path checks.Path) bool {
	return slices.ContainsFunc(segments(path), func(s segment) bool { return IsHidden(s.key) })
}

// mask is what to hide of a source, as far as is known by now.
func (f *file) mask(s *source) mask {
	f.mu.Lock()
	defer f.mu.Unlock()
	m, ok := f.masks[s]
	if !ok {
		m = newMask(s, f.claims.secrets)
		f.masks[s] = m
	}
	return m
}

func newMask(s *source, secrets map[checks.Path]bool) mask {
	x := s.index()
	all := slices.Clone(x.hidden)
	for path := range secrets {
		if n, whole := x.root.find(segments(path)); whole {
			all = n.values(all)
		}
	}
	return withComments(s.text, all, x.comments)
}

// withComments hides also the comments on the lines where hidden values end: an
// old value may stand there.
func withComments(text string, hidden, comments []span) mask {
	for i, h := range hidden {
		c := sort.Search(len(comments), func(i int) bool { return comments[i].start >= h.end })
		if c == len(comments) || strings.Contains(text[h.end:comments[c].start], "\n") {
			continue
		}
		if strings.TrimSpace(text[h.end:comments[c].start]) == "" {
			hidden[i].end = comments[c].end
		} else {
			hidden = append(hidden, comments[c])
		}
	}
	slices.SortFunc(hidden, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	end := 0
	return slices.DeleteFunc(hidden, func(h span) bool {
		inside := h.end <= end || h.start == h.end
		end = max(end, h.end)
		return inside
	})
}

// covers reports whether a value is hidden.
func (m mask) covers(value span) bool {
	i := sort.Search(len(m), func(i int) bool { return m[i].end > value.start })
	return i < len(m) && m[i].start <= value.start
}
