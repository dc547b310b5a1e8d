package pages

import (
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"

	_ "embed"

	"github.com/settled-go/settled/internal/crash"
)

// An Explanation is a page that says why a request was answered as it was. It is
// for developers alone, while DEBUG is on. Texts are of one line and without
// secrets, unless it says otherwise; they are escaped where they are written.
type Explanation struct {
	Short Short  // what stands there without DEBUG
	Title string // "Page not found (404)"
	Why   string // what is wrong; it may have several lines
	Facts []Fact // of the request and the answer

	Advice []Advice
	Routes []RouteGroup // those that were tried
	// RoutesTitle stands above them.
	RoutesTitle string
	Causes      []crash.Cause
	Stack       []crash.Frame
	MoreCame    bool    // the stack goes on
	Request     []Table // headers, cookies, query, form
	Settings    []Table // by app
	Withheld    string  // what is left out for who asks, and why
	Closing     string  // how to see less
}

// A Fact is a name and what it is.
type Fact struct{ Name, Value string }

// Advice is something to do or to know.
type Advice struct {
	Text string
	Link string // a path of this site, or ""
	Code string // what to write, or ""
	List []string
}

// A RouteGroup is the routes of an app.
type RouteGroup struct {
	App, Mount string
	Routes     []TriedRoute
}

// A TriedRoute is a route that did not match.
type TriedRoute struct{ Method, Pattern, Name, Place, Note string }

// A Table is facts under a title.
type Table struct {
	Title string
	Facts []Fact
	Empty string // what to say when there are none
}

// A Fold is calls of the stack that stand together: one of the app's own, or
// several of others that fold into one line.
type Fold struct {
	App    bool
	Open   bool
	Kinds  string
	Frames []crash.Frame
	Times  int // that a call of the app's own stands there in a row, as recursion makes
}

//go:embed explanation.html
var explanationSource string

// explanationPage is parsed when it is first shown: most programs never do.
var explanationPage = sync.OnceValue(func() *template.Template { return Parse("explanation", explanationSource) })

// Render makes the answer in the form that the client asks for: HTML for who names
// it, as browsers do, problem details (RFC 9457) for who asks for JSON, else text.
func (e Explanation) Render(r *http.Request) http.Handler {
	page := rendered{status: e.Short.Status, kind: "text/plain; charset=utf-8"}
	switch form(r.Header["Accept"]) {
	case typeHTML:
		page.kind, page.body = "text/html; charset=utf-8", fill(explanationPage(), e)
	case typeProblem:
		page.kind, page.body = typeProblem, e.problem(r)
	default:
		page.body = []byte(e.Text())
	}
	return page
}

// rendered is an answer that is ready to be sent.
type rendered struct {
	status int
	kind   string
	body   []byte
}

func (p rendered) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	clean(w.Header())
	w.Header().Add("Vary", "Accept")
	protect(w.Header())
	send(w, r, p.status, p.kind, p.body)
}

// Folds are the stack as the page shows it: open where the panic is, and further
// calls of others than the app folded.
func (e Explanation) Folds() []Fold {
	var folds []Fold
	opened := false
	for _, f := range e.Stack {
		last := len(folds) - 1
		if f.Kind == crash.App {
			if last >= 0 && folds[last].App && same(folds[last].Frames[0], f) {
				folds[last].Times++
				continue
			}
			folds = append(folds, Fold{App: true, Open: !opened, Frames: []crash.Frame{f}, Times: 1})
			opened = true
			continue
		}
		if last < 0 || folds[last].App {
			folds = append(folds, Fold{})
			last++
		}
		folds[last].Frames = append(folds[last].Frames, f)
	}
	for i := range folds {
		folds[i].Kinds = kinds(folds[i].Frames)
	}
	return folds
}

// same says that two calls stand at one place.
func same(a, b crash.Frame) bool {
	return a.Function == b.Function && a.File == b.File && a.Line == b.Line
}

// A CauseNode is an error with those that it wraps.
type CauseNode struct {
	crash.Cause
	Inside []CauseNode
}

// CauseTree are the causes, each inside of the one that wraps it.
func (e Explanation) CauseTree() []CauseNode {
	all := e.Causes
	var below func(depth int) []CauseNode
	below = func(depth int) (nodes []CauseNode) {
		for len(all) > 0 && all[0].Depth == depth {
			node := CauseNode{Cause: all[0]}
			all = all[1:]
			node.Inside = below(depth + 1)
			nodes = append(nodes, node)
		}
		return nodes
	}
	return below(0)
}

// kinds says whose code frames are: "the standard library and Settled".
func kinds(frames []crash.Frame) string {
	var names []string
	for _, f := range frames {
		name := string(f.Kind)
		switch f.Kind {
		case crash.Standard:
			name = "the standard library"
		case crash.Library:
			name = "other modules"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return strings.Join(names, "")
}
