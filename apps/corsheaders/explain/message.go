package explain

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/shown"
)

// explainMessage says what an error of a console means under these settings. It
// explains a block, or returns an error. With --url the server that the error
// is about is asked as well.
func explainMessage(ctx context.Context, o *options, s *site, pasted string, out *printer, stderr io.Writer) (blocked bool, err error) {
	h, ok := hear(pasted)
	if !ok {
		listKnown(&printer{w: stderr})
		return false, usage("argument --message: no error that is known is in this text")
	}
	out.line("%s says: %s", h.speaker.browser, h.id)
	out.line("  %s", h.shown())
	out.line("  (%s)", h.speaker.source)
	out.line("")
	if h.reason == "" {
		out.line("What it means: %s.", h.means)
		out.line("What to do: %s.", h.do)
		return true, nil
	}
	out.line("What it means: %s.", meanings[h.reason])
	q, known, err := s.questionOf(o, h)
	switch {
	case err != nil:
		return false, err
	case !known:
		out.suspects(h, question{})
		out.line("The text leaves open which page asked for what. With --origin, and --path, --method and --header as needed, these settings are looked at too.")
		return true, nil
	}
	out.line("The request: %s %s from a page of %s", q.Method, shown.URL(q.URL), q.Origin)
	if !isAbsolute(h.parts["url"]) && o.Path == "/" && o.URL == "" {
		out.line("The text does not say which address was called. This one is a guess: --path names another.")
	}
	predicted, err := s.predict(ctx, q.Request)
	if err != nil {
		return false, err
	}
	out.explain(s, q, h, predicted)
	if o.URL != "" {
		out.line("")
		explainLive(ctx, s, q, out)
	}
	return true, nil
}

// explain holds the message against what the settings say.
func (r *printer) explain(s *site, q question, h heard, predicted *browser.Outcome) {
	step := predicted.Blocking()
	switch {
	case predicted.SameOrigin:
		r.line("Page and site have the same origin. No CORS is involved, so that the text is about another request.")
	case step == nil:
		r.line("These settings allow it, so that the answer was not theirs as they are now.")
		r.suspects(h, q)
	case step.Reason.Plain() == h.reason || h.reason == untold:
		r.line("These settings cause it: %s%s.", step.Text, behind(s.decider(q, *step)))
		r.remedies(s.remedies(q, predicted))
		r.lines(s.caveats(q, predicted))
	default:
		r.line("These settings block it too, for another reason: %s%s.", step.Text, behind(s.decider(q, *step)))
		r.remedies(s.remedies(q, predicted))
		r.suspects(h, q)
	}
}

func behind(place string) string {
	if place == "" {
		return ""
	}
	return ", by " + place
}

// suspects are what can cause a message beside the settings, and how to find
// out.
func (r *printer) suspects(h heard, q question) {
	all := suspects[h.reason]
	if status := h.parts["status"]; status != "" {
		all = slices.Concat([]string{fmt.Sprintf("the status of the answer was %s: %s", status, statusMeans(status))}, all)
	}
	if to := h.parts["redirected"]; to != "" {
		all = slices.Concat([]string{"the request was redirected to " + shown.URL(to) + ", and that answer is the one that fails: call it there at once"}, all)
	}
	if len(all) > 0 {
		r.line("What it can be:")
	}
	for _, suspect := range all {
		r.line("  - %s", suspect)
	}
	if q.URL != "" && h.reason != browser.MixedContent {
		r.line("To find out: manage cors explain %s", q.arguments())
	}
}

// questionOf is the request that a message is about; known is false when it
// does not say which.
func (s *site) questionOf(o *options, h heard) (q question, known bool, err error) {
	asked := o.Question
	asked.Origin = cmp.Or(o.Origin, h.parts["origin"], h.parts["page"])
	nameless := h.reason == browser.MethodDisallowed && h.parts["method"] == "" && o.Method == http.MethodGet
	if asked.Origin == "" || nameless {
		return q, false, nil
	}
	if method := h.parts["method"]; method != "" && o.Method == http.MethodGet {
		asked.Method = method
	}
	if header := h.parts["header"]; header != "" {
		asked.Headers = append(slices.Clip(o.Headers), header)
	}
	asked.Credentials = o.Credentials || h.credentials
	if url := h.parts["url"]; isAbsolute(url) {
		asked.Path = url
	}
	q, err = s.ask(asked)
	q.Preflight = h.preflight
	return q, true, err
}

// shown is the text that was recognised.
func (h heard) shown() string {
	return hole.ReplaceAllStringFunc(h.template, func(name string) string {
		return shown.URL(h.parts[strings.Trim(name, "{}")])
	})
}

// listKnown lists all that is recognised.
func listKnown(r *printer) {
	r.line("These are recognised, in the words of the browser or a part of them:")
	for _, speaker := range speakers {
		r.line("%s (%s)", speaker.browser, speaker.source)
		for _, saying := range speaker.says {
			r.line("  %-42s %s", saying.id, saying.template)
		}
	}
}
