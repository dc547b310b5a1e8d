package workbench

import (
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/middleware"
)

// A layer is one of the onion, with all that is inside it.
type layer struct {
	settled.Layer
	Index  int // in MIDDLEWARE
	Depth  int // how many layers are around it
	Does   []string
	After  string
	Inside *layer // nil for the core
	Core   *core  // of the core alone
}

// newOnion puts each layer into the one before it, and the core into the last.
func newOnion(layers []settled.Layer) *layer {
	onion := &layer{}
	at, depth := &onion, 0
	for i, l := range layers {
		*at = &layer{Layer: l, Index: i, Depth: depth, Does: whatItDoes(l.Traits.Is), After: strings.Join(l.Traits.After, " and "), Inside: &layer{}}
		at = &(*at).Inside
		if l.Linked {
			depth++
		}
	}
	return onion
}

// Class is how the layer is drawn: every second one is shaded, and the deeper ones
// are lines below each other, since no page is wide enough to nest thirty.
func (l *layer) Class() string {
	class := "layer"
	if l.Depth%2 == 1 {
		class += " shaded"
	}
	if l.Depth >= 4 {
		class += " deep"
	}
	if l.Depth >= 8 {
		class += " deeper"
	}
	return class
}

// hold puts the core in the middle.
func (l *layer) hold(c *core) {
	for l.Inside != nil {
		l = l.Inside
	}
	l.Core = c
}

// deeds say in plain words what a middleware of a kind does.
var deeds = []struct {
	kind middleware.Kind
	text string
}{
	{middleware.CORS, "decides which other origins may read what the site answers"},
	{middleware.HTTPS, "sends requests that come in the clear to HTTPS"},
	{middleware.HostCheck, "refuses requests for unknown hosts"},
	{middleware.Authenticates, "can refuse a request for who sends it"},
	{middleware.CSRF, "can refuse a request as forged"},
	{middleware.RateLimit, "can refuse a request for its frequency"},
	{middleware.Answers, "can answer by itself"},
	{middleware.Redirects, "can answer with a redirect"},
	{middleware.Static, "serves files"},
	{middleware.Caches, "keeps responses and answers with them"},
	{middleware.Conditional, "answers conditional requests"},
	{middleware.LogsIn, "can log a user in"},
	{middleware.Varies, "answers by a header of the request"},
	{middleware.ChangesBody, "changes the body of responses"},
	{middleware.Compresses, "compresses the body of responses"},
	{middleware.Timeout, "can cut a slow response off"},
	{middleware.SetsLength, "says the length of the body"},
	{middleware.FromCache, "answers with responses that another layer keeps"},
	{middleware.LastResort, "answers in the place of a 404"},
	{middleware.Identifies, "gives each request an id"},
	{middleware.FindsClient, "finds out who sent a request that came through proxies"},
	{middleware.Logs, "writes a line for each request"},
}

func whatItDoes(is middleware.Kind) []string {
	var does []string
	for _, d := range deeds {
		if is.Has(d.kind) {
			does = append(does, d.text)
		}
	}
	return does
}
