package stock

import (
	"errors"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/internal/pyre"
)

// badRegexes reports what can't be read, in a list of regular expressions that are
// searched for.
func badRegexes(id, setting string, patterns []string) (ms checks.Messages) {
	for i, pattern := range patterns {
		_, err := pyre.CompileSearch(pattern)
		var e *pyre.Error
		if !errors.As(err, &e) {
			continue
		}
		ms = append(ms, checks.Errorf(id, "Regex '%s' in %s can't be used: %s", printable.Line(pattern), setting, e.Text).
			On(checks.Path(setting).Index(i)).In(e.Start, e.End).WithHint("%s", e.Hint).Of(checks.Unbuildable))
	}
	return ms
}
