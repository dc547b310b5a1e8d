package pages

import (
	"html/template"
	"net/http"
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
		if f.Kind == crash.App {
			folds = append(folds, Fold{App: true, Open: !opened, Frames: []crash.Frame{f}})
			opened = true
			continue
		}
		last := len(folds) - 1
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

// kinds names whose code frames are: "standard library, Settled".
func kinds(frames []crash.Frame) string {
	var names string
	seen := map[crash.Kind]bool{}
	for _, f := range frames {
		if seen[f.Kind] {
			continue
		}
		seen[f.Kind] = true
		if names != "" {
			names += ", "
		}
		names += string(f.Kind)
	}
	return names
}
