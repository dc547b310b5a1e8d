package proxy

import (
	"context"
	"errors"
	"log"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/proxy/upstream"
	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/middleware"
)

// A route passes the requests below one path on. It is safe for concurrent use.
type route struct {
	settings Route
	pool     *upstream.Pool
	name     string // of this site in Via
	depth    int    // parts of the route's path
	believed string // see forward
	back     *redirects
	proxy    *httputil.ReverseProxy
}

func newRoute(s Route, p *upstream.Pool, name string) *route {
	rt := &route{settings: s, pool: p, name: name, depth: countParts(s.Path), back: newRedirects(s)}
	rt.proxy = &httputil.ReverseProxy{
		Rewrite:        rt.rewrite,
		Transport:      p,
		ModifyResponse: rt.modify,
		ErrorHandler:   rt.fail,
		ErrorLog:       log.New(brokenOff{s.Path}, "", 0),
		BufferPool:     buffers,
	}
	return rt
}

// methods are those that are passed on, for who uses one that is not: CONNECT asks for
// a tunnel, and TRACE would show a page the headers that this site adds.
const methods = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"

func (rt *route) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodConnect || r.Method == http.MethodTrace:
		pages.NotAllowed(w, methods)
		return
	case climbs(rawPath(r.URL)):
		settled.BadRequest(w, r, "The path has a part \"..\", which may lead out of what the route is for.")
		return
	case isLoop(r, rt.name):
		settled.GatewayFailed(w, r, rt.loop())
		return
	}
	response := &response{request: r}
	response.ResponseWriter = w
	r = middleware.Note(r, responseKey{}, response)
	if r.Body != nil && r.Body != http.NoBody {
		if r.ContentLength < 0 {
			// A body without an end in sight may be half of a conversation: net/http
			// would read on before it lets a response begin.
			_ = http.NewResponseController(w).EnableFullDuplex()
		}
		response.body.ReadCloser = r.Body
		r = shallow(r, &response.body)
	}
	rt.proxy.ServeHTTP(response, r)
}

// shallow is r with another body.
func shallow(r *http.Request, body *watchedBody) *http.Request {
	copied := *r
	copied.Body = body
	return &copied
}

// rewrite makes the request that the server behind gets.
func (rt *route) rewrite(pr *httputil.ProxyRequest) {
	in, out := pr.In, pr.Out
	out.URL.RawQuery = in.URL.RawQuery // what it means is not for this server to say
	if in.URL.RawPath != "" || rt.settings.Rewrite != "" {
		rt.setPath(out, rawPath(in.URL))
	}
	switch rt.settings.Host {
	case "", hostClient:
		out.Host = in.Host
	case hostUpstream:
		out.Host = ""
	default:
		out.Host = rt.settings.Host
	}
	rt.passTrailers(in, out)
	keepRealUpgrade(out.Header)
	forward(in, out, rt.believed)
	keepID(in, out)
	out.Header["Via"] = append(out.Header["Via"], via(in, rt.name))
	rt.setHeaders(out.Header)
}

// keepRealUpgrade takes out an offer to go on in another version of HTTP, or in TLS:
// through such a connection a client could ask the server behind for anything.
func keepRealUpgrade(h http.Header) {
	offer := h.Get("Upgrade")
	if offer == "" || strings.EqualFold(offer, "websocket") {
		return
	}
	for protocol := range strings.SplitSeq(strings.ToLower(offer), ",") {
		protocol, _, _ = strings.Cut(strings.TrimSpace(protocol), "/")
		if protocol == "h2c" || protocol == "http" || protocol == "tls" {
			h.Del("Upgrade")
			h.Del("Connection")
			return
		}
	}
}

func isLoop(r *http.Request, name string) bool {
	for _, line := range r.Header["Via"] {
		if strings.Contains(line, name) {
			return true
		}
	}
	return false
}

// modify changes the response of the server behind.
func (rt *route) modify(res *http.Response) error {
	rt.back.mapBack(res)
	for name, value := range rt.settings.ResponseHeaders {
		if value == "" {
			res.Header.Del(name)
			continue
		}
		res.Header.Set(name, value)
	}
	if res.StatusCode == http.StatusSwitchingProtocols {
		if w, ok := res.Request.Context().Value(responseKey{}).(*response); ok {
			w.upgrade = res.Header
		}
	}
	return nil
}

// brokenOff logs what httputil.ReverseProxy says of responses that break off.
type brokenOff struct{ route string }

func (b brokenOff) Write(line []byte) (int, error) {
	text := strings.TrimPrefix(strings.TrimSpace(string(line)), "httputil: ReverseProxy ")
	slog.Warn("A proxied response broke off", "route", b.route, "error", printable.Line(text))
	return len(line), nil
}

// buffers are what bodies are copied through.
var buffers httputil.BufferPool = bufferPool{}

type bufferPool struct{}

const bufferSize = 32 << 10

var pooled = sync.Pool{New: func() any { return new([bufferSize]byte) }}

func (bufferPool) Get() []byte { return pooled.Get().(*[bufferSize]byte)[:] }

func (bufferPool) Put(b []byte) {
	if len(b) == bufferSize {
		pooled.Put((*[bufferSize]byte)(b))
	}
}

// fail answers when there is no response to pass on.
func (rt *route) fail(w http.ResponseWriter, _ *http.Request, err error) {
	response := w.(*response)
	response.discard()
	r := response.request
	bodyErr := response.body.failure()
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(r.Context().Err(), context.Canceled):
		w.WriteHeader(statusClientGone) // for the log; nobody reads it
	case errors.As(bodyErr, &tooLarge):
		pages.ShortTooLarge.ServeHTTP(w, r)
	case bodyErr != nil:
		settled.BadRequest(w, r, "The body of the request could not be read.")
	default:
		f := rt.fault(err)
		var failed *upstream.Error
		if errors.As(err, &failed) && failed.At == upstream.NoneHealthy {
			w.Header().Set("Retry-After", strconv.Itoa(max(1, int(failed.RetryAfter/time.Second))))
		}
		settled.GatewayFailed(w, r, f)
	}
}

// statusClientGone is nginx's status for a request whose client did not wait.
const statusClientGone = 499
