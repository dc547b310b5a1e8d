package settings

import "github.com/settled-go/settled/checks"

// A trail leads from a setting to a part of it. Its path is made when it is
// needed: a list of many elements needs none as a rule.
type trail struct {
	parent *trail
	key    string
	index  int // of an element, when key is empty and parent is not nil
	entry  bool
}

func (t *trail) path() checks.Path {
	switch {
	case t.parent == nil:
		return checks.Path("").Key(t.key)
	case t.entry:
		return t.parent.path().Key(t.key)
	}
	return t.parent.path().Index(t.index)
}

// hidden reports whether one of the names hides the value.
func (t *trail) hidden() bool {
	return t != nil && (IsHidden(t.key) || t.parent.hidden())
}
