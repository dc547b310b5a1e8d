package settled

import (
	"strings"

	"github.com/settled-go/settled/checks"
)

// Facts are what is known of the id beside its texts, each with its name, in a few
// words: level, class, app, tags, settings.
func (p Page) Facts() [][2]string {
	all := [][2]string{
		{"level", p.Level().String()},
		{"class", className(p.Check.Class)},
		{"app", p.App},
		{"tags", strings.Join(p.Check.Tags, ", ")},
	}
	if names := p.Check.Settings; len(names) > 0 {
		all = append(all, [2]string{"settings", strings.Join(names, ", ")})
	}
	switch {
	case p.Check.Deploy:
		all = append(all, [2]string{"runs", "with --deploy only"})
	case p.Check.Develop:
		all = append(all, [2]string{"runs", "without --deploy only"})
	}
	if p.Check.Fixable {
		all = append(all, [2]string{"fix", "check --fix can mend it"})
	}
	return all
}

// className says what a class means for whoever reads a message.
func className(c checks.Class) string {
	switch c {
	case checks.Refused:
		return "refused: nothing starts, and it can't be silenced or skipped"
	case checks.Unbuildable:
		return "impossible: nothing can start, and it can't be silenced or skipped"
	}
	return "finding: it can be silenced and skipped"
}
