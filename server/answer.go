package server

import (
	"net/http"

	"github.com/settled-go/settled/middleware"
)

// An exchange is a request on its way through the handler.
type exchange struct {
	method, target, proto string // as sent; handlers may change theirs

	request  *http.Request // net/http's
	passed   *http.Request // the handler's
	body     *body         // nil without one
	rec      *middleware.Recorder
	returned bool // the handler did, and did not panic
}

// answer is what net/http calls for each request.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	s.running.Add(1)
	// A client that asks for another protocol keeps its connection until the
	// next request: "close" would be an answer to that question.
	if s.draining.Load() && r.Header["Upgrade"] == nil {
		w.Header().Set("Connection", "close")
	}
	e := exchange{method: r.Method, target: r.RequestURI, proto: r.Proto, request: r, passed: r}
	if limit := or(s.BodyTimeout, DefaultBodyTimeout); limit > 0 && hasBody(r) {
		e.body = newBody(w, r, limit)
		e.passed = e.body.wrap(r)
		w = &bodyWriter{ResponseWriter: w, body: e.body}
	}
	e.rec = middleware.NewRecorder(w)
	defer s.finish(&e)
	s.Handler.ServeHTTP(e.rec, e.passed)
	e.returned = true
}

func (s *Server) finish(e *exchange) {
	if e.body != nil {
		e.body.end()
		e.request.MultipartForm = e.passed.MultipartForm // net/http removes its files
	}
	s.logRequest(e)
	s.running.Add(-1)
}
