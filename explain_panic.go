package settled

import (
	"fmt"
	"net/http"
	"path/filepath"
	"runtime"
	"time"

	"github.com/settled-go/settled/internal/crash"
	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/internal/places"
)

// explainPanic is the page about a panic. It is called while the panic is being
// recovered from, when its stack is still there.
func (s *Site) explainPanic(r *http.Request, c candour, value any) pages.Explanation {
	stack, more := crash.Stack()
	causes := crash.Causes(value)
	e := pages.Explanation{
		Short: pages.ShortServerError, Title: crash.Title(value) + " at " + r.URL.Path, Why: causes[0].Text,
		Causes: causes, Stack: stack, MoreCame: more,
	}
	e.Facts = append(s.requestFacts(r), pages.Fact{Name: "Exception type", Value: causes[0].Type})
	if c == frank {
		e.Request, e.Settings = requestTables(r), s.project.settingTables()
	} else {
		withoutSource(e.Stack)
	}
	if f, ok := whereIn(e.Stack); ok {
		e.Facts = append(e.Facts, pages.Fact{Name: "Exception location", Value: places.Short(fmt.Sprintf("%s:%d", f.File, f.Line)) + ", in " + f.Function})
	}
	e.Facts = append(e.Facts, s.raisedBy(r, c)...)
	e.Facts = append(e.Facts,
		pages.Fact{Name: "Settled", Value: Version},
		pages.Fact{Name: "Go", Value: fmt.Sprintf("%s on %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)},
		pages.Fact{Name: "Server time", Value: time.Now().Format(time.RFC1123Z)})
	return e
}

// whereIn is the call that people look for: the innermost one of the app's own code,
// else the innermost.
func whereIn(stack []crash.Frame) (crash.Frame, bool) {
	for _, f := range stack {
		if f.Kind == crash.App {
			return f, true
		}
	}
	if len(stack) == 0 {
		return crash.Frame{}, false
	}
	return stack[0], true
}

func withoutSource(stack []crash.Frame) {
	for i := range stack {
		stack[i].File, stack[i].Source, stack[i].Stale = filepath.Base(stack[i].File), nil, false
	}
}
