package lab

import (
	"net/http"
	"strings"
	"time"

	"github.com/settled-go/settled/internal/wrapped"
)

// Statuses that no response has.
const (
	noAnswer  = 0  // the handler broke it off
	takenOver = -1 // the handler took the connection
)

// watch notes the cross-origin requests to next, and what the browser makes of
// the answers. Others pass untouched.
func (l *Lab) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isForeign(r) {
			next.ServeHTTP(w, r)
			return
		}
		seen := sightingOf(r) // handlers may change the request
		o := &observer{Writer: wrapped.Writer{ResponseWriter: w}, tell: func(status int, h http.Header) {
			l.recent.add(l.judge(seen, status, h))
		}}
		defer o.begin(noAnswer) // if it panics before anything has gone out
		next.ServeHTTP(o, r)
		o.end()
	})
}

// isForeign says whether a request comes from a page of another origin, or asks
// for one that would.
func isForeign(r *http.Request) bool {
	origins, found := r.Header["Origin"]
	if !found {
		return isPreflight(r)
	}
	if r.Header.Get("Sec-Fetch-Site") == "same-origin" {
		return false
	}
	return len(origins) != 1 || !strings.EqualFold(origins[0], address(r))
}

func isPreflight(r *http.Request) bool {
	_, found := r.Header["Access-Control-Request-Method"]
	return found && r.Method == http.MethodOptions
}

// address is the origin of the site, as the client calls it.
func address(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// A sighting is what is needed of a request to judge the answer. It holds no
// value of a header but that of Origin and the names that a preflight asks for.
type sighting struct {
	at           time.Time
	origin       string
	address      string // with the path, and without the query
	method, path string
	mode         string // Sec-Fetch-Mode
	cookies      bool
	preflight    bool
	askedMethod  string
	askedHeaders string
	header       http.Header // until it is judged
}

// maxOrigin is how many bytes of an Origin are looked at: corsheaders looks at no
// more.
const maxOrigin = 8 << 10

func sightingOf(r *http.Request) sighting {
	origin := strings.Join(r.Header["Origin"], ", ")
	origin = origin[:min(len(origin), maxOrigin)]
	s := sighting{
		at:     time.Now(),
		origin: origin, address: address(r) + r.URL.EscapedPath(),
		method: r.Method, path: r.URL.EscapedPath(), mode: r.Header.Get("Sec-Fetch-Mode"),
		cookies: len(r.Header["Cookie"]) > 0, preflight: isPreflight(r),
		header: r.Header.Clone(),
	}
	if s.preflight {
		s.askedMethod = r.Header.Get("Access-Control-Request-Method")
		s.askedHeaders = strings.Join(r.Header["Access-Control-Request-Headers"], ",")
	}
	return s
}
