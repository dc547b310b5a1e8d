package command

import (
	"errors"
	"fmt"
	"strings"

	"github.com/settled-go/settled/internal/crash"
	"github.com/settled-go/settled/internal/panics"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/settings"
)

// traceBack prints where an error comes from, as Python does: the error itself,
// which the caller prints, is the last line. Nothing is said of an error that has
// neither causes nor a stack.
func (r *run) traceBack(err error) {
	var b strings.Builder
	hide := settings.HideText
	if knows := (interface{ HideSecrets(string) string })(nil); errors.As(err, &knows) { // those of the app's settings
		hide = func(text string) string { return knows.HideSecrets(settings.HideText(text)) }
	}
	if causes := crash.Causes(err); len(causes) > 1 {
		b.WriteString("Causes of the error, the outermost first:\n")
		for _, c := range causes {
			fmt.Fprintf(&b, "%s%s: %s\n", strings.Repeat("  ", c.Depth+1), c.Type, printable.Line(hide(c.Text)))
		}
	}
	if caught := (*panics.Error)(nil); errors.As(err, &caught) {
		b.WriteString("Stack of the panic, the innermost call first:\n")
		for line := range strings.Lines(caught.Stack) {
			b.WriteString("  " + printable.Line(strings.TrimRight(line, "\n")) + "\n")
		}
	}
	fmt.Fprint(r.Stderr, b.String())
}
