package proxy

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/proxy/upstream"
)

// fault says why there is no response, for people. The addresses stand where strangers
// don't see them.
func (rt *route) fault(err error) settled.GatewayFault {
	f := settled.GatewayFault{Status: http.StatusBadGateway, Route: rt.settings.Path, Err: err}
	var failed *upstream.Error
	if !errors.As(err, &failed) {
		f.Why = rt.say("gave an answer that can't be passed on")
		return f
	}
	f.Status, f.Server, f.Err = failed.Status(), failed.Server, cmp.Or(failed.Err, err)
	what, advice := reason(failed)
	f.Why = rt.say(what)
	if hint := upstream.Hint(err); hint != "" {
		advice = sentence(hint)
	}
	f.Advice = []string{advice, "The servers of this route are in PROXY_ROUTES: " + strings.Join(rt.settings.servers(), ", ") + "."}
	return f
}

func (rt *route) say(what string) string {
	return fmt.Sprintf("The server behind the route %s %s.", rt.settings.Path, what)
}

// loop is about a request that this site has sent itself.
func (rt *route) loop() settled.GatewayFault {
	return settled.GatewayFault{
		Status: http.StatusLoopDetected, Route: rt.settings.Path, Server: strings.Join(rt.settings.servers(), ", "),
		Why:    fmt.Sprintf("The route %s leads back to this site: the request has passed through it before.", rt.settings.Path),
		Advice: []string{"Give the route the address of the server behind: what is asked now is this site, or sends requests back to it."},
	}
}

// reason is what went wrong, as the rest of a sentence, and what to do.
func reason(e *upstream.Error) (what, advice string) {
	var dns *net.DNSError
	switch {
	case e.At == upstream.NoneHealthy:
		return "is not well, and no other one is there", "See why the servers fail their health checks: the log has a line for each change."
	case e.Timeout && (e.At == upstream.Response || e.At == upstream.Canceled):
		return "took too long to answer", "See what it is doing, or give it more time: timeouts = { response = \"5m\" } in its table."
	case e.Timeout:
		return "did not accept a connection in time", "See whether it is there and not cut off by a firewall."
	case errors.As(e.Err, &dns):
		return "has a name that is not known", "Correct its address in PROXY_ROUTES, or see why the name can't be looked up."
	case e.At == upstream.Connect:
		return "does not accept connections", "Start it, or correct its address in PROXY_ROUTES."
	case e.At == upstream.Handshake:
		return "could not agree on TLS", "Correct its address in PROXY_ROUTES, or the tls of its table."
	case errors.Is(e.Err, io.EOF), errors.Is(e.Err, io.ErrUnexpectedEOF):
		return "closed the connection without an answer", "Its own log says why. A server that expects TLS does so, too: then write https://."
	}
	return "gave no answer that can be passed on", "The error says what went wrong; the server's own log may say why."
}

// sentence is a hint that begins with a capital and ends in a full stop.
func sentence(hint string) string {
	end := "."
	if strings.HasSuffix(hint, "?") {
		end = ""
	}
	return strings.ToUpper(hint[:1]) + hint[1:] + end
}
