package lab

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/settings"
)

// A verdict is what became of a request, in a word and with a class for its
// colour.
type verdict struct{ Word, Class string }

var (
	readable = verdict{"readable", "good"}
	blocked  = verdict{"blocked", "bad"}
	granted  = verdict{"granted", "good"}
	refused  = verdict{"refused", "bad"}
	follows  = verdict{"redirected", "warn"}
	unread   = verdict{"not read", "dim"}
	broken   = verdict{"no answer", "bad"}
)

// An entry is a line of the list. All of it is short, and may be shown.
type entry struct {
	ID                         uint64 // of the list's own
	Sighted                    string // the time of day
	Origin, Method, Path, Kind string
	Status                     int
	Verdict                    verdict
	Reason                     string
	Ask                        template.URL // the query of the laboratory that asks the same; may be empty
}

// judge says what a browser makes of an answer, by the headers that went out.
func (l *Lab) judge(s sighting, status int, h http.Header) entry {
	e := entry{
		Sighted: s.at.Format("15:04:05"), Origin: clip(s.origin), Method: clip(s.method), Path: clip(settings.HideText(s.path)),
		Status: max(status, 0),
	}
	q := url.Values{"origin": {s.origin}, "path": {settings.HideText(s.path)}, "method": {s.method}}
	switch {
	case s.preflight:
		e.Kind = "preflight"
		e.Verdict, e.Reason = l.judgePreflight(s, status, h)
		q.Set("method", s.askedMethod)
		q.Set("headers", strings.ReplaceAll(s.askedHeaders, ",", "\n"))
	default:
		first, names := browser.AskedFirst(s.method, s.header)
		if e.Kind = "without a preflight"; first {
			e.Kind = "after a preflight"
		}
		e.Verdict, e.Reason = l.judgeAnswer(s, status, h)
		q.Set("headers", strings.Join(names, "\n"))
	}
	if s.cookies {
		q.Set("credentials", "include")
	}
	e.Reason = clip(e.Reason)
	if query := q.Encode(); s.origin != "" && len(query) < 2000 {
		e.Ask = template.URL(query)
	}
	return e
}

func (l *Lab) judgePreflight(s sighting, status int, h http.Header) (verdict, string) {
	names, ok := browser.Tokens(s.askedHeaders)
	switch {
	case status == noAnswer:
		return broken, "the handler broke it off"
	case s.origin == "":
		return unread, "no Origin: no browser asks like this"
	case !ok:
		return unread, "Access-Control-Request-Headers is no list of names: no browser asks like this"
	}
	r := browser.Request{Origin: s.origin, URL: s.address, Method: s.askedMethod}
	o := browser.JudgePreflight(r, names, status, h)
	if !o.Allowed {
		return refused, l.reason(r, *o.Blocking())
	}
	return granted, "the browser sends " + s.askedMethod + l.by(r, *o.Step(browser.Access)) + withoutCredentials(h)
}

func (l *Lab) judgeAnswer(s sighting, status int, h http.Header) (verdict, string) {
	switch {
	case status == noAnswer:
		return broken, "the handler broke it off"
	case status == takenOver || s.mode == "websocket":
		return unread, "the handler took over the connection, as for a WebSocket: CORS has no say, and the handler has to look at the Origin itself"
	case s.mode == "navigate":
		return unread, "a form or a link leads there: the browser shows the answer, and no page reads it"
	case s.mode == "no-cors":
		return unread, "the page asked without CORS, as an image or a form does: it gets no answer to read"
	}
	r := browser.Request{Origin: s.origin, URL: s.address, Method: s.method, Credentials: s.cookies}
	o := browser.JudgeAnswer(r, status, h)
	if !o.Allowed {
		return blocked, l.reason(r, *o.Blocking())
	}
	step := *o.Step(browser.Access)
	if status >= 300 && status < 400 && h.Get("Location") != "" {
		return follows, "the browser follows, and that answer has to allow it too" + l.by(r, step)
	}
	reason := step.Text + l.by(r, step)
	if !s.cookies {
		reason += withoutCredentials(h)
	}
	return readable, reason
}

// reason is a step in one line, with the setting that it hangs on.
func (l *Lab) reason(r browser.Request, step browser.Step) string { return step.Text + l.by(r, step) }

func (l *Lab) by(r browser.Request, step browser.Step) string {
	if by := l.explainer.Decider(r, step); by != "" {
		return ", by " + by
	}
	return ""
}

func withoutCredentials(h http.Header) string {
	if h.Get("Access-Control-Allow-Credentials") == "true" {
		return ""
	}
	return "; without credentials alone"
}

// room is how many bytes of a text are kept.
const room = 300

// clip makes a text short and safe to show.
func clip(s string) string {
	cut := len(s) > room
	if cut {
		s = s[:room]
	}
	s = printable.Line(s)
	if cut {
		s += "…"
	}
	return s
}
