package explain

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/settled-go/settled/internal/browser"
)

// patience is how long a server may take for each part of an answer.
const patience = 10 * time.Second

// explainLive sends the requests to a running server, says what a browser makes
// of the answers, and how they differ from what the settings say.
func explainLive(ctx context.Context, s *site, q question, out *printer) (blocked bool) {
	predicted, err := s.predict(ctx, q.Request)
	if err != nil {
		out.fail(err)
		return true
	}
	real := ask(ctx, q)
	found := compare(predicted, real)
	shown := s.report(q, real)
	if len(found) > 0 { // then it is not the settings that decide
		for i := range shown.Steps {
			shown.Steps[i].By = ""
		}
	}
	out.head(shown)
	out.steps(shown, "the server answers")
	if real.SameOrigin {
		out.verdict(shown)
		return false
	}
	out.comparison(found)
	out.judge(s, q, predicted, real)
	return !real.Allowed
}

// ask sends the requests to the server.
func ask(ctx context.Context, q question) *browser.Outcome {
	transport := &http.Transport{
		Proxy:       http.ProxyFromEnvironment,
		DialContext: (&net.Dialer{Timeout: patience}).DialContext, TLSHandshakeTimeout: patience, ResponseHeaderTimeout: patience,
		DisableCompression: true,
	}
	defer transport.CloseIdleConnections()
	start, _ := url.Parse(q.URL)
	return browser.Do(ctx, q.Request, func(req *http.Request) (*http.Response, error) {
		if req.URL.Host != start.Host {
			return nil, fmt.Errorf("%s is another host, and is not asked", req.URL.Host)
		}
		req.Header.Set("User-Agent", "settled-cors-explain")
		res, err := transport.RoundTrip(req)
		if err != nil {
			return nil, errors.New(problem(err, req.URL))
		}
		return res, nil
	})
}

// problem is an error of a connection in one plain line.
func problem(err error, u *url.URL) string {
	var dns *net.DNSError
	var timeout net.Error
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nobody listens at " + u.Host
	case errors.As(err, &dns) && dns.IsNotFound:
		return "the name " + dns.Name + " leads nowhere"
	case errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Sprintf("%s does not answer within %d seconds", u.Host, int(patience.Seconds()))
	case errors.As(err, &unknown):
		return "the certificate of " + u.Host + " is signed by nobody who is trusted here"
	case errors.As(err, &name), errors.As(err, &invalid):
		return "the certificate of " + u.Host + " is not valid: " + err.Error()
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return u.Host + " speaks no TLS: it is to be called at http://"
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return u.Host + " broke the connection off"
	}
	return err.Error()
}

// judge says what is to be done.
func (r *printer) judge(s *site, q question, predicted, real *browser.Outcome) {
	step := real.Blocking()
	switch {
	case real.Allowed && predicted.Allowed:
		r.line("ALLOWED: the page may read the answer%s.", failure(real))
	case real.Allowed:
		r.line("ALLOWED, but not by these settings, which block it: %s.", predicted.Blocking().Text)
	case predicted.Allowed:
		r.line("BLOCKED, but not by these settings, which allow it: %s.", step.Text)
	default:
		r.line("BLOCKED: %s.", step.Text)
	}
	r.lines(s.cookies(q, real))
	if !real.Allowed && predicted.Reason.Plain() == real.Reason.Plain() {
		r.remedies(s.remedies(q, predicted))
	}
}

// failure is the status of an answer that can be read and is an error.
func failure(o *browser.Outcome) string {
	if step := o.Step(browser.Send); step != nil && step.Exchange.Status >= 400 {
		return fmt.Sprintf(", which is an error: %d %s", step.Exchange.Status, http.StatusText(step.Exchange.Status))
	}
	return ""
}
