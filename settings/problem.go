package settings

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"

	"github.com/settled-go/settled/checks"
)

// A problem is what is wrong with a part of the value.
type problem struct {
	path           checks.Path
	class          checks.Class
	id, text, hint string
}

// An expectation is what a setting, or an entry of a table, should be.
type expectation struct {
	path       checks.Path
	id, should string
}

// mismatch reports a value of a wrong type. It returns false.
func (c *conversion) mismatch(t reflect.Type, value any, at *trail, want *expectation) bool {
	path := at.path()
	if holdsSecret(t) {
		c.secrets = append(c.secrets, path)
	}
	if path == want.path {
		c.add(want, at, "%s should %s, not %s", path, want.should, kindOf(value))
	} else {
		c.add(want, at, "%s should %s, but %s is %s", want.path, want.should, path, kindOf(value))
	}
	last := &c.problems[len(c.problems)-1]
	last.hint = typeHint(t)
	if !c.hidden && !at.hidden() { // it tells of the value
		last.hint = cmp.Or(valueHint(t, value), last.hint)
	}
	return false
}

func (c *conversion) add(want *expectation, at *trail, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	c.problems = append(c.problems, problem{path: at.path(), class: checks.Unbuildable, id: want.id, text: text})
}

// removedText is the sentence about a setting that is no more.
func removedText(path checks.Path, f field) string {
	return fmt.Sprintf("The %s setting has been removed%s", path, f.removed)
}

// oneLine is an error as a message shows it. It may repeat the value.
func oneLine(err error) string {
	return strings.Map(legible, strings.ReplaceAll(HideText(err.Error()), "\n", " "))
}
