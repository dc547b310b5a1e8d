package proxy

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"

	"github.com/settled-go/settled/internal/wrapped"
)

// A response is the ResponseWriter that the response of the server behind goes
// through. What layers have set on the way in stays until then: httputil.ReverseProxy
// would add to it, and take it away with each informational response.
type response struct {
	wrapped.Writer
	request *http.Request // as it came in
	header  http.Header   // of the server behind, until the response begins
	begun   bool
	upgrade http.Header // those of a 101 response
	body    watchedBody
}

type responseKey struct{}

// Header is what the server behind has set, and after that, for trailers, the
// response's own.
func (w *response) Header() http.Header {
	if w.begun {
		return w.ResponseWriter.Header()
	}
	if w.header == nil {
		w.header = http.Header{}
	}
	return w.header
}

func (w *response) WriteHeader(status int) {
	if status < 200 && status != http.StatusSwitchingProtocols {
		w.inform(status)
		return
	}
	w.begin()
	w.ResponseWriter.WriteHeader(status)
}

// begin gives the response its headers.
func (w *response) begin() {
	if w.begun {
		return
	}
	w.begun = true
	merge(w.ResponseWriter.Header(), w.header)
}

// inform passes an informational response on. Its headers are not those of the
// response proper.
func (w *response) inform(status int) {
	own := w.ResponseWriter.Header()
	before := own.Clone()
	merge(own, w.header)
	w.ResponseWriter.WriteHeader(status)
	for name := range w.header {
		if was, set := before[name]; set {
			own[name] = was
		} else {
			delete(own, name)
		}
	}
}

// merge puts the headers of the server behind into those that layers have set: it has
// the last word, but for what belongs to both.
func merge(own, from http.Header) {
	for name, values := range from {
		switch name {
		case "Set-Cookie":
			own[name] = append(own[name], values...)
		case "Vary":
			own[name] = mergeVary(own[name], values)
		default:
			own[name] = values
		}
	}
}

// mergeVary is a list in which each name stands once.
func mergeVary(own, more []string) []string {
	if len(own) == 0 && len(more) == 1 {
		return more
	}
	var names []string
	seen := map[string]bool{}
	for _, line := range append(own[:len(own):len(own)], more...) {
		for name := range strings.SplitSeq(line, ",") {
			name = strings.TrimSpace(name)
			if folded := strings.ToLower(name); name != "" && !seen[folded] {
				seen[folded] = true
				names = append(names, name)
			}
		}
	}
	return []string{strings.Join(names, ", ")}
}

func (w *response) Write(p []byte) (int, error) {
	w.begin()
	return w.ResponseWriter.Write(p)
}

// Flush is http.Flusher.
func (w *response) Flush() { _ = w.FlushError() }

// FlushError is what http.ResponseController calls.
func (w *response) FlushError() error {
	w.begin()
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Hijack is for upgrades: the headers of the 101 response are in the map before, so
// that layers see them.
func (w *response) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.header = w.upgrade
	own := w.ResponseWriter.Header()
	before := own.Clone()
	merge(own, w.upgrade)
	conn, rw, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err != nil {
		clear(own)
		merge(own, before)
		w.header = nil
		return nil, nil, err
	}
	w.begun = true
	clear(w.upgrade) // or they would be there twice
	return conn, rw, nil
}

// discard forgets what the server behind has set: another response comes instead.
func (w *response) discard() {
	if !w.begun {
		w.header = nil
	}
}

// A watchedBody remembers why the body of a request could not be read: then it is not
// the server behind that failed.
//
// It also passes trailers on, which are known when it ends: httputil.ReverseProxy makes a
// copy of them before that.
type watchedBody struct {
	io.ReadCloser
	from, to http.Header // trailers
	mu       sync.Mutex
	err      error
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) && b.to != nil {
		for name := range b.to { // no others than were announced
			b.to[name] = b.from[name]
		}
	}
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, http.ErrBodyReadAfterClose) {
		b.mu.Lock()
		b.err = err
		b.mu.Unlock()
	}
	return n, err
}

func (b *watchedBody) failure() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}
