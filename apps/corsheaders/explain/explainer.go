package explain

import (
	"context"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/browser"
)

// An Explainer explains requests to a site that runs. It is safe for concurrent
// use.
type Explainer struct{ site *site }

// New is an Explainer for the site of a started project. link is the name of the
// CORS middleware, and gates are the apps that decide about origins at run time.
func New(p *settled.Project, link string, gates []string) *Explainer {
	s := newSite(p, link, gates)
	s.runs = true
	return &Explainer{s}
}

// Explain says what a browser makes of a request. What is wrong with the
// question itself is an *InputError.
func (e *Explainer) Explain(ctx context.Context, asked Question) (*Report, error) {
	q, err := e.site.ask(asked)
	if err != nil {
		return nil, err
	}
	o, err := e.site.predict(ctx, q.Request)
	if err != nil {
		return nil, err
	}
	return e.site.report(q, o), nil
}

// Decider is the setting that a step hangs on, and where it is written; "" when
// none has a say. The step is one of what a browser makes of a request.
func (e *Explainer) Decider(r browser.Request, step browser.Step) string {
	return e.site.decider(question{Request: r}, step)
}
