package chaintest

import (
	"io"
	"net/http"
	"testing"

	"github.com/settled-go/settled"
)

// wantBroken: a response that did not come to its end must not look as if it had.
func wantBroken(t *testing.T, x *trial) {
	t.Helper()
	if resp, body, err := x.fetch(); err == nil {
		t.Errorf("got a whole response: %v %q", resp, body)
	}
}

func tryPanicBefore(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		w.Header().Set("Content-Length", "7")
		w.Header().Set("ETag", `"x"`)
		panic("of the handler")
	})
	resp, body, err := x.fetch()
	if err != nil || resp.StatusCode != 500 || body == "" || resp.Header.Get("Etag") == `"x"` || resp.Header.Get("Content-Type") == "image/png" {
		t.Errorf("got %v %q, %v; want a page about an error", resp, body, err)
	}
}

// tryPanicAfterByte: the answer may have been held back, and then it is a page about an
// error. It is never the beginning of what the handler meant.
func tryPanicAfterByte(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		text(w)
		io.WriteString(w, "the beginning")
		panic("of the handler")
	})
	if resp, body, err := x.fetch(); err == nil && (resp.StatusCode != 500 || body == "the beginning") {
		t.Errorf("got %v %q", resp, body)
	}
}

func tryPanicAfterFlush(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		text(w)
		io.WriteString(w, "the beginning")
		http.NewResponseController(w).Flush()
		panic("of the handler")
	})
	wantBroken(t, x)
}

func tryAbort(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		text(w)
		io.WriteString(w, "the beginning")
		panic(http.ErrAbortHandler)
	})
	wantBroken(t, x)
}

func tryAbortAfterFlush(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "the beginning")
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})
	wantBroken(t, x)
}
