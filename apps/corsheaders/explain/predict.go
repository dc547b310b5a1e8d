package explain

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/settled-go/settled/internal/browser"
)

// predict asks the project's own middleware, around a handler that answers 200.
func (s *site) predict(ctx context.Context, r browser.Request) (*browser.Outcome, error) {
	var handler http.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	cors, err := s.cors()
	if err != nil {
		return nil, err
	}
	if cors != nil {
		handler = cors(handler)
	}
	return browser.Do(ctx, r, func(req *http.Request) (*http.Response, error) {
		return serve(handler, req), nil
	}), nil
}

// serve is one request to a handler in this process.
func serve(h http.Handler, req *http.Request) *http.Response {
	if req.URL.Path == "" {
		req.URL.Path = "/"
	}
	req.RequestURI = req.URL.RequestURI()
	w := &recorder{header: http.Header{}}
	h.ServeHTTP(w, req)
	w.WriteHeader(http.StatusOK)
	return &http.Response{StatusCode: w.status, Header: w.sent, Body: io.NopCloser(strings.NewReader(""))}
}

// A recorder keeps the head of a response.
type recorder struct {
	header, sent http.Header
	status       int
}

func (w *recorder) Header() http.Header { return w.header }

func (w *recorder) WriteHeader(status int) {
	if w.sent == nil {
		w.status, w.sent = status, w.header.Clone()
	}
}

func (w *recorder) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return len(p), nil
}

// explainPrediction says what the settings make of a request, and whether it is
// blocked.
func explainPrediction(ctx context.Context, s *site, q question, out *printer) (blocked bool, err error) {
	o, err := s.predict(ctx, q.Request)
	if err != nil {
		return true, err
	}
	shown := s.report(q, o)
	out.head(shown)
	out.steps(shown, "the settings answer")
	out.verdict(shown)
	return !o.Allowed, nil
}
