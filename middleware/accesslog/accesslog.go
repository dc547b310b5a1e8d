// Package accesslog writes a line for each request: as JSON, or as Apache or Django
// do. It writes no cookies, no credentials and, unless told so, no queries.
package accesslog

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"sync"
	"time"

	"github.com/settled-go/settled/internal/exempt"
	"github.com/settled-go/settled/internal/forwarded"
	"github.com/settled-go/settled/internal/requestid"
	"github.com/settled-go/settled/middleware"
)

// Traits: it only looks on. In a site it finds the client itself, and reads the id when
// the request is over.
var Traits = middleware.Traits{Is: middleware.Logs, Sees: []string{
	"settled.middleware.real_ip.RealIPMiddleware",
	"settled.middleware.request_id.RequestIDMiddleware",
}}

// A Log is where requests are logged. It is safe for concurrent use.
type Log struct {
	settings Settings
	exempt   exempt.Paths
	write    func(l *Log, e *entry)
	json     *slog.Logger // for the format of that name
	file     *os.File     // that Close closes, nil for none

	mu   sync.Mutex
	out  io.Writer
	line []byte // being made
}

// New makes the middleware, for a log that nobody closes.
func New(s Settings) (middleware.Func, error) {
	l, err := Open(s)
	if err != nil {
		return nil, err
	}
	return l.Wrap, nil
}

// Open opens the file, or makes it, so that its owner and group may read it. Several
// logs, of several processes too, may add to one file.
func Open(s Settings) (*Log, error) {
	l := &Log{settings: s, out: s.Output, write: formats[s.AccessLogFormat]}
	if l.write == nil {
		return nil, fmt.Errorf("ACCESS_LOG_FORMAT: there is no format %q", s.AccessLogFormat)
	}
	if l.settings.ClientAddr == nil {
		l.settings.ClientAddr = forwarded.Peer
	}
	var err error
	if l.exempt, err = exempt.Compile("ACCESS_LOG_EXEMPT", s.AccessLogExempt); err != nil {
		return nil, err
	}
	switch {
	case l.out != nil:
	case s.AccessLogFile == "":
		l.out = os.Stderr
	default:
		if l.file, err = os.OpenFile(s.AccessLogFile, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640); err != nil {
			return nil, fmt.Errorf("ACCESS_LOG_FILE: %w", err)
		}
		l.out = l.file
	}
	l.json = slog.New(slog.NewJSONHandler(l.out, nil))
	return l, nil
}

// Close closes the file.
func (l *Log) Close() error {
	if l.file == nil {
		return nil
	}
	return l.file.Close()
}

// Wrap is the middleware.
func (l *Log) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if l.exempt.Has(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		e := entry{
			request: r, began: time.Now(), recorder: middleware.NewRecorder(w),
			method: r.Method, target: l.target(r), proto: r.Proto, client: l.settings.ClientAddr(r),
		}
		// What the handler did is logged when it panics, too, and the panic goes on.
		defer func() {
			e.took = time.Since(e.began)
			l.write(l, &e)
		}()
		next.ServeHTTP(e.recorder, r)
		e.returned = true
	})
}

// An entry is what is known of a request when it is over. The request itself may
// have been changed by then.
type entry struct {
	request               *http.Request
	recorder              *middleware.Recorder
	method, target, proto string
	client                netip.Addr
	began                 time.Time
	took                  time.Duration
	returned              bool
}

// outcome is the status and the size of the body that was sent, -1 when it is not
// known.
func (e *entry) outcome() (status int, size int64) {
	status = e.recorder.Status()
	switch {
	case status == 0 && e.recorder.Committed(), status == http.StatusSwitchingProtocols:
		return http.StatusSwitchingProtocols, -1 // hijacked
	case status == 0 && !e.returned:
		return http.StatusInternalServerError, -1
	case status == 0:
		return http.StatusOK, 0
	case e.method == http.MethodHead:
		return status, 0
	}
	return status, e.recorder.Bytes()
}

// id is of the request, which a layer further in may have named. In a site it can be
// seen from here.
func (e *entry) id() string { return requestid.From(e.request.Context()) }
