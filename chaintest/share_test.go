package chaintest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/settled-go/settled"
)

// tryLate: what a handler writes when it has returned, from a goroutine that it forgot,
// must not get into the answer to somebody else. It is tried without net/http, which
// fails the test by itself.
func tryLate(t *testing.T, x *trial, site *settled.Site) {
	var late http.ResponseWriter
	ask := func(h http.HandlerFunc) string {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/x/", nil)
		r = r.WithContext(context.WithValue(r.Context(), trialKey{}, &trial{h: h}))
		site.Handler().ServeHTTP(w, r)
		return w.Body.String()
	}
	ask(func(w http.ResponseWriter, r *http.Request) {
		text(w)
		io.WriteString(w, strings.Repeat("a", 300))
		late = w
	})
	got := ask(func(w http.ResponseWriter, r *http.Request) {
		text(w)
		io.WriteString(w, strings.Repeat("b", 300))
		func() {
			defer func() { recover() }() // net/http's writers may panic over it
			io.WriteString(late, "late")
			late.Header().Set("Content-Type", "late/late")
		}()
		io.WriteString(w, strings.Repeat("b", 300))
	})
	if got != strings.Repeat("b", 600) {
		t.Errorf("got %q", got)
	}
}

// tryConcurrent: each of many requests gets its own answer, with its own headers.
func tryConcurrent(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		text(w)
		own := r.Header.Get("X-Own")
		w.Header().Set("X-Own", own)
		w.Header().Set("Vary", "X-Own")
		for range 40 {
			io.WriteString(w, own+" ")
		}
	})
	var wg sync.WaitGroup
	for i := range 24 {
		wg.Go(func() {
			own := fmt.Sprintf("request-%d", i)
			resp, body, err := x.fetch("X-Own", own)
			if err != nil || body != strings.Repeat(own+" ", 40) || resp.Header.Get("X-Own") != own {
				t.Errorf("%s: got %v %q, %v", own, resp, body, err)
			}
		})
	}
	wg.Wait()
}
