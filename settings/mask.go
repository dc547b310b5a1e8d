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
	return cover(s.text, all, x.comments, x.secrets)
}

// cover puts together what is hidden of a text: the values given, the comments
// on the lines where they end, since an old value may stand there, those that
// look like such an entry, and what is secret in any text.
func cover(text string, values, comments, others []span) mask {
	values = merge(values)
	all := slices.Concat(values, others)
	for _, c := range comments {
		if hiddenEntry.MatchString(text[c.start:c.end]) { // it is one, taken out of use
			all = append(all, c)
			continue
		}
		i := sort.Search(len(values), func(i int) bool { return values[i].end > c.start }) - 1
		if i < 0 || values[i].end <= strings.LastIndexByte(text[:c.start], '\n') {
			continue
		}
		if end := values[i].end; strings.TrimSpace(text[end:c.start]) == "" {
			c.start = end
		}
		all = append(all, c)
	}
	return slices.DeleteFunc(merge(all), func(h span) bool { return h.start == h.end })
}

// merge sorts spans and joins those that touch.
func merge(all []span) []span {
	slices.SortFunc(all, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	merged := all[:0]
	for _, h := range all {
		if last := len(merged) - 1; last >= 0 && h.start <= merged[last].end {
			merged[last].end = max(merged[last].end, h.end)
		} else {
			merged = append(merged, h)
		}
	}
	return merged
}

// covers reports whether a value is hidden.
func (m mask) covers(value span) bool {
	i := sort.Search(len(m), func(i int) bool { return m[i].end > value.start })
	return i < len(m) && m[i].start <= value.start
}
