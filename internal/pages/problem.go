package pages

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/settled-go/settled/internal/crash"
)

// problem is what RFC 9457 calls problem details, and what an explanation adds.
type problem struct {
	Type     string `json:"type"`
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail,omitempty"`
	Instance string `json:"instance,omitempty"`

	Facts     map[string]string            `json:"facts,omitempty"`
	Advice    []string                     `json:"advice,omitempty"`
	Patterns  []problemPattern             `json:"patterns,omitempty"`
	Exception []problemCause               `json:"exception,omitempty"`
	Frames    []problemFrame               `json:"frames,omitempty"`
	Request   map[string]map[string]string `json:"request,omitempty"`
	Settings  map[string]map[string]string `json:"settings,omitempty"`
	Withheld  string                       `json:"withheld,omitempty"`
}

type problemPattern struct {
	App     string `json:"app"`
	Method  string `json:"method,omitempty"`
	Pattern string `json:"pattern"`
	Name    string `json:"name,omitempty"`
	Place   string `json:"place,omitempty"`
	Note    string `json:"note,omitempty"`
}

type problemCause struct {
	Type  string `json:"type"`
	Value string `json:"value"`
	Depth int    `json:"depth"`
}

type problemFrame struct {
	Function string     `json:"function"`
	File     string     `json:"file"`
	Line     int        `json:"line"`
	Kind     crash.Kind `json:"kind"`
	Source   string     `json:"source,omitempty"`
}

// problem has the status in words alone: about:blank says that there is no more
// to the type (RFC 9457, section 4.2.1).
func (s Short) problem() problem {
	return problem{Type: "about:blank", Title: http.StatusText(s.Status), Status: s.Status}
}

func (e Explanation) problem(r *http.Request) []byte {
	p := e.Short.problem()
	p.Detail, p.Instance, p.Withheld = e.Why, r.URL.EscapedPath(), e.Withheld
	p.Facts = entries(e.Facts)
	for _, a := range e.Advice {
		p.Advice = append(p.Advice, a.lines()...)
	}
	for _, g := range e.Routes {
		for _, t := range g.Routes {
			p.Patterns = append(p.Patterns, problemPattern{g.App, t.Method, t.Pattern, t.Name, t.Place, t.Note})
		}
	}
	for _, c := range e.Causes {
		p.Exception = append(p.Exception, problemCause{c.Type, c.Text, c.Depth})
	}
	for _, f := range e.Stack {
		p.Frames = append(p.Frames, problemFrame{f.Function, f.File, f.Line, f.Kind, f.Here()})
	}
	p.Request, p.Settings = tables(e.Request), tables(e.Settings)
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(true)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(p) // of strings and numbers
	return body.Bytes()
}

func entries(facts []Fact) map[string]string {
	all := map[string]string{}
	for _, f := range facts {
		all[f.Name] = f.Value
	}
	return all
}

func tables(all []Table) map[string]map[string]string {
	m := map[string]map[string]string{}
	for _, t := range all {
		if len(t.Facts) > 0 {
			m[t.Title] = entries(t.Facts)
		}
	}
	return m
}
