package chaintest

import (
	"io"
	"log"
	"net/http"
	"testing"

	"github.com/settled-go/settled"
)

var discardLog = log.New(io.Discard, "", 0)

// A capability is something that a handler can count on, whatever stands around it.
type capability struct {
	name string
	// only is 1 or 2 for what one version of HTTP has; 0 for both.
	only int
	try  func(t *testing.T, x *trial, site *settled.Site)
}

var capabilities = []capability{
	{"Flush", 0, tryFlush},
	{"FlushError", 0, tryFlushError},
	{"Flush of compressed data", 0, tryFlushCompressed},
	{"Hijack", 1, tryHijack},
	{"Hijack is not supported", 2, tryNoHijack},
	{"Upgrade", 1, tryUpgrade},
	{"ReadFrom", 0, tryReadFrom},
	{"read deadline", 0, tryReadDeadline},
	{"write deadline", 0, tryWriteDeadline},
	{"full duplex", 0, tryFullDuplex},
	{"103 Early Hints", 0, tryEarlyHints},
	{"100 Continue", 0, tryContinue},
	{"trailers", 0, tryTrailers},
	{"trailers by prefix", 0, tryPrefixedTrailers},
	{"Push", 0, tryPush},
	{"CloseNotify", 0, tryCloseNotify},
	{"HEAD", 0, tryHead},
	{"no body", 0, tryNoBody},
	{"large body", 0, tryLargeBody},
	{"slow reader", 0, trySlowReader},
	{"client that goes away", 0, tryGone},
	{"panic before the first byte", 0, tryPanicBefore},
	{"panic after the first byte", 0, tryPanicAfterByte},
	{"panic after Flush", 0, tryPanicAfterFlush},
	{"ErrAbortHandler", 0, tryAbort},
	{"ErrAbortHandler after Flush", 0, tryAbortAfterFlush},
	{"WriteHeader twice", 0, tryTwice},
	{"late writes", 0, tryLate},
	{"concurrent requests", 0, tryConcurrent},
}

func TestChains(t *testing.T) {
	for _, c := range chains(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			site := startSite(t, c.list)
			for _, version := range []int{1, 2} {
				for _, what := range capabilities {
					if what.only != 0 && what.only != version {
						continue
					}
					t.Run(map[int]string{1: "HTTP1", 2: "HTTP2"}[version]+"/"+what.name, func(t *testing.T) {
						what.try(t, &trial{http2: version == 2}, site)
					})
				}
			}
		})
	}
}

// text begins an answer.
func text(w http.ResponseWriter) { w.Header().Set("Content-Type", "text/plain; charset=utf-8") }
