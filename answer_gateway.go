package settled

import (
	"fmt"
	"log/slog"
	"net/http"

	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/internal/printable"
)

// A GatewayFault is why a handler that asks another server has no answer to pass on.
type GatewayFault struct {
	// Status is 502, 503, 504 or 508; anything else counts as 502.
	Status int
	// Why is what went wrong, in a sentence without addresses. It is shown while
	// DEBUG is on.
	Why string
	// Route is what the site calls the way to the other server; it is logged.
	Route string
	// Err is the error, which may name the other server: it is logged, and shown
	// to whoever DEBUG lets see everything, without secrets.
	Err error
	// Server is the address that was asked, for those who see Err; "" if none was.
	Server string
	// Advice is what to do, a sentence each, for those who see Err.
	Advice []string
}

// GatewayFailed answers for a server behind this one. The page is short, explains
// while DEBUG is on, and has no address of another server in it for strangers. It is
// logged once, as an error. See NotFound.
func GatewayFailed(w http.ResponseWriter, r *http.Request, fault GatewayFault) {
	short, found := gatewayPages[fault.Status]
	if !found {
		short = pages.ShortBadGateway
	}
	title := fmt.Sprintf("%s (%d)", http.StatusText(short.Status), short.Status)
	slog.ErrorContext(r.Context(), printable.Line(http.StatusText(short.Status)+": "+r.URL.Path),
		"route", fault.Route, "upstream", scrub(r, fault.Server), "error", scrub(r, fault.text()))
	explain(w, r, short, func(s *Site, c candour) pages.Explanation {
		e := pages.Explanation{Short: short, Title: title, Why: fault.Why, Facts: append(s.requestFacts(r), s.raisedBy(r, c)...)}
		if c == frank {
			fault.reveal(&e)
		}
		return e
	})
}

var gatewayPages = map[int]pages.Short{
	http.StatusBadGateway: pages.ShortBadGateway, http.StatusServiceUnavailable: pages.ShortUnavailable,
	http.StatusGatewayTimeout: pages.ShortTimeout, http.StatusLoopDetected: pages.ShortLoop,
}

func (f GatewayFault) text() string {
	if f.Err == nil {
		return f.Why
	}
	return printable.Line(f.Err.Error())
}

// reveal adds what only a developer may see.
func (f GatewayFault) reveal(e *pages.Explanation) {
	if f.Server != "" {
		e.Facts = append(e.Facts, pages.Fact{Name: "Server asked", Value: f.Server})
	}
	if f.Err != nil {
		e.Facts = append(e.Facts, pages.Fact{Name: "Error", Value: f.text()})
	}
	for _, text := range f.Advice {
		e.Advice = append(e.Advice, pages.Advice{Text: text})
	}
}
