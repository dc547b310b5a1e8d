package lab

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/settled-go/settled/apps/corsheaders/explain"
	"github.com/settled-go/settled/internal/browser"
)

// An outcome is what the page of another origin says came of its request.
type outcome struct {
	Origin     string // its own
	Readable   bool
	Late       bool   // it gave up
	Error      string // what fetch threw
	Status     int
	Type       string
	Redirected bool
	Headers    []string // that its script could see
}

// A comparison holds a prediction against what the browser did.
type comparison struct {
	Form    form
	Report  *explain.Report
	Outcome outcome
	Browser string // User-Agent
	State   string // agree, known, disagree or open
	// Differences are what differs, and Causes what that can come from.
	Differences, Causes []string
}

// maxOutcome is how much the script may send.
const maxOutcome = 256 << 10

// compare answers the script of the page with what to show beside the
// prediction.
func (l *Lab) compare(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Question asked
		Outcome  outcome
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxOutcome)).Decode(&sent); err != nil {
		http.Error(w, "this is no outcome", http.StatusBadRequest)
		return
	}
	report, err := l.explainer.Explain(r.Context(), sent.Question.Form.question(address(r)))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c := comparison{Form: sent.Question.Form, Report: report, Outcome: sent.Outcome, Browser: r.UserAgent()}
	if c.judge(); sent.Question.Lab != l.id {
		c.State, c.Causes = "open", nil
		c.Differences = []string{"the settings were loaded anew in between: try it again"}
	}
	render(w, "outcome", c)
}

func (c *comparison) judge() {
	predicted, real := c.Report.Allowed, c.Outcome.Readable
	switch {
	case c.Outcome.Late:
		c.State = "open"
		c.Differences = []string{"there was no answer within 15 seconds, so that nothing can be said"}
		return
	case c.Outcome.Origin != c.Report.Origin:
		c.State = "open"
		c.Differences = []string{fmt.Sprintf("the browser asked from %s, and the prediction is for %s", c.Outcome.Origin, c.Report.Origin)}
		return
	case predicted && !real:
		c.State, c.Causes = "disagree", causesOfBlock
		c.Differences = []string{"the page should be able to read the answer, and the browser blocked it"}
	case !predicted && real && c.Report.Known() != "":
		c.State = "known"
		c.Differences = []string{c.Report.Known()}
	case !predicted && real:
		c.State, c.Causes = "disagree", causesOfLeak
		c.Differences = []string{"the browser should block it, and the page could read the answer"}
	default:
		c.State = "agree"
	}
	if extra := c.unexpected(); predicted && real && len(extra) > 0 {
		c.State, c.Causes = "disagree", causesOfLeak
		c.Differences = []string{"the script could see headers that the settings do not expose: " + strings.Join(extra, ", ")}
	}
}

// unexpected are the headers that the script could see and should not have.
func (c *comparison) unexpected() []string {
	step := c.Report.Outcome.Step(browser.Send)
	if step == nil {
		return nil
	}
	seen := http.Header{}
	for _, name := range c.Outcome.Headers {
		seen[http.CanonicalHeaderKey(name)] = nil
	}
	exposed := "Access-Control-Expose-Headers"
	seen[exposed] = step.Exchange.Header[exposed]
	_, hidden := browser.Readable(seen, c.Form.Credentials == "include")
	return slices.DeleteFunc(hidden, func(name string) bool { return name == exposed })
}

// Console is what the console of the browser that tried it is predicted to say;
// empty when that is not known.
func (c comparison) Console() string {
	name := "Safari" // the others have its name in theirs
	switch {
	case strings.Contains(c.Browser, "Firefox/"):
		name = "Firefox"
	case strings.Contains(c.Browser, "Chrome/"):
		name = "Chrome"
	}
	for _, said := range c.Report.Console {
		if said.Browser == name {
			return said.Text
		}
	}
	return ""
}

// What a disagreement can come from.
var (
	causesOfBlock = []string{
		"the route redirects, and the address that it leads to does not allow this origin",
		"something between the browser and the site takes headers out or answers itself: the list below shows what left the site",
		"an extension of the browser, such as an ad blocker, stopped the request: try a private window",
		"the answer broke off",
	}
	causesOfLeak = []string{
		"an extension of the browser adds CORS headers or turns CORS off: try a private window",
		"something between the browser and the site adds headers: the list below shows what left the site",
		"the browser was started without its protection (--disable-web-security)",
	}
)
