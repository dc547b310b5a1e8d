package lab

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/settled-go/settled/apps/corsheaders/explain"
	"github.com/settled-go/settled/internal/hosts"
	"github.com/settled-go/settled/internal/pages"
)

// A probe is what the script of the page needs to have the browser try a request.
type probe struct {
	Frame     string // the address of the page of another origin
	FrameAt   string // the origin of that address
	Origin    string // the origin that asks, as a browser sends it
	Sandboxed bool   // so that the origin is null
	Question  string // form as JSON, with Origin
	Request   string // request as JSON
	// Instead is the origin in the form, when that is another: no browser can be
	// made to ask from there.
	Instead string
}

// An asked is what the outcome belongs to: a question, and the laboratory with
// whose settings it was answered.
type asked struct {
	Form form
	Lab  string
}

// try opens the second port and shows the page with what its script needs. The
// prediction on it is for the origin that really asks.
func (l *Lab) try(w http.ResponseWriter, r *http.Request) {
	v := l.view(r)
	p, err := l.probe(r, v.Form)
	if err != nil {
		v.fail(err)
		v.serve(w, r)
		return
	}
	w.Header().Set("Content-Security-Policy", pages.FramePolicy+"; frame-src "+p.FrameAt)
	v.Probe = p
	real := v.Form
	real.Origin = p.Origin
	v.Report, err = l.explainer.Explain(r.Context(), real.question(address(r)))
	v.fail(err)
	if err != nil {
		v.Probe = nil
	}
	v.serve(w, r)
}

func (l *Lab) probe(r *http.Request, f form) (*probe, error) {
	here := address(r)
	if domain, ok := hosts.Domain(r.Host); !ok || strings.HasPrefix(domain, "[") {
		return nil, &explain.InputError{Field: "from", Why: "no policy of a page can name " + r.Host + ": open this page at localhost or 127.0.0.1 to let the browser try"}
	}
	if !strings.HasPrefix(f.Path, "/") {
		return nil, &explain.InputError{Field: "path", Why: "the browser can try this site alone, " + here + ": write a path that begins with a slash"}
	}
	number, token, err := l.port.open(r.Context(), here)
	if err != nil {
		return nil, err
	}
	p := &probe{Origin: f.From, Sandboxed: f.From == "null"}
	host := f.From
	if p.Sandboxed {
		host = tryFrom[0]
	}
	p.FrameAt = "http://" + host + ":" + number
	p.Frame = p.FrameAt + "/" + token
	if !p.Sandboxed {
		p.Origin = p.FrameAt
	}
	if !f.asks(p.Origin) {
		p.Instead = f.Origin
	}
	p.Request = toJSON(f.request(here))
	f.Origin = p.Origin
	p.Question = toJSON(asked{f, l.id})
	return p, nil
}

func toJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings alone
	}
	return string(data)
}
