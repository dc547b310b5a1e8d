package pages

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/settled-go/settled/internal/accept"
)

// A Short is an answer without any detail, which is all that strangers get.
type Short struct {
	Status int
	Title  string
	Detail string // HTML
}

// The answers that Settled gives by itself.
var (
	ShortNotFound    = Short{http.StatusNotFound, "Not Found", "The requested resource was not found on this server."}
	ShortForbidden   = Short{http.StatusForbidden, "403 Forbidden", ""}
	ShortBadRequest  = Short{http.StatusBadRequest, "Bad Request (400)", ""}
	ShortServerError = Short{http.StatusInternalServerError, "Server Error (500)", ""}
	ShortNotAllowed  = Short{http.StatusMethodNotAllowed, "Method Not Allowed (405)", ""}
	ShortTooLarge    = Short{http.StatusRequestEntityTooLarge, "Content Too Large (413)", ""}
	ShortBadGateway  = Short{http.StatusBadGateway, "Bad Gateway (502)", "The server behind this one gave no answer that can be passed on."}
	ShortUnavailable = Short{http.StatusServiceUnavailable, "Service Unavailable (503)", "No server is there for this at the moment. Try again later."}
	ShortTimeout     = Short{http.StatusGatewayTimeout, "Gateway Timeout (504)", "The server behind this one took too long to answer."}
	ShortLoop        = Short{http.StatusLoopDetected, "Loop Detected (508)", "This request has been here before."}
	ShortCSRFFailed  = Short{http.StatusForbidden, "Forbidden (403)",
		"CSRF verification failed. Request aborted.</p>\n  <p><small>More information is available with DEBUG = true.</small>"}
)

// short is the page of Django's default error views, byte for byte.
const short = "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>%s</title>\n</head>\n<body>\n  <h1>%s</h1><p>%s</p>\n</body>\n</html>\n"

const (
	typeHTML    = "text/html"
	typeProblem = "application/problem+json"
	typeJSON    = "application/json"
	typeText    = "text/plain"
)

// ServeHTTP answers with Django's page, and with problem details (RFC 9457) to
// clients that ask for JSON by its name before HTML. The page has the headers of
// Django's too: no Vary, so that what caches keep is the page, which does for all.
func (s Short) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	clean(w.Header())
	best, ok := accept.Best(r.Header["Accept"], typeHTML, typeProblem, typeJSON)
	if ok && best.Named && best.Type != typeHTML {
		w.Header().Add("Vary", "Accept")
		w.Header().Set("Cache-Control", "no-store")
		body, _ := json.Marshal(s.problem()) // of strings and numbers
		send(w, r, s.Status, typeProblem, append(body, '\n'))
		return
	}
	send(w, r, s.Status, typeHTML, fmt.Appendf(nil, short, s.Title, s.Title, s.Detail))
}

// form is the form of an explanation that a client asks for. HTML is for those who
// name it: what asks for anything is rather a terminal.
func form(lines []string) string {
	best, ok := accept.Best(lines, typeText, typeHTML, typeProblem, typeJSON)
	switch {
	case !ok:
		return typeText
	case best.Type == typeJSON:
		return typeProblem
	}
	return best.Type
}

// NotFound answers 404.
func NotFound(w http.ResponseWriter, r *http.Request) { ShortNotFound.ServeHTTP(w, r) }

// BadRequest answers 400.
func BadRequest(w http.ResponseWriter, r *http.Request) { ShortBadRequest.ServeHTTP(w, r) }
