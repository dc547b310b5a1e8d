package chaintest

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"strings"
	"testing"

	"github.com/settled-go/settled"
)

// flushes sends a line, and the second one when the client has the first.
func flushes(flush func(w http.ResponseWriter) error, goOn chan struct{}) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprintln(w, "data: first")
		if err := flush(w); err != nil {
			fmt.Fprintln(w, err)
			return
		}
		select {
		case <-goOn:
		case <-r.Context().Done():
		}
		fmt.Fprintln(w, "data: second")
	}
}

func byFlusher(w http.ResponseWriter) error {
	w.(http.Flusher).Flush()
	return nil
}

func byController(w http.ResponseWriter) error { return http.NewResponseController(w).Flush() }

func wantLines(t *testing.T, body io.Reader, goOn chan struct{}) {
	t.Helper()
	in := bufio.NewReader(body)
	for _, want := range []string{"data: first\n", "data: second\n"} {
		line, err := in.ReadString('\n')
		if err != nil || line != want {
			t.Fatalf("got %q, %v; want %q", line, err, want)
		}
		if strings.Contains(want, "first") {
			close(goOn)
		}
	}
}

func tryFlush(t *testing.T, x *trial, site *settled.Site) {
	goOn := make(chan struct{})
	x.start(t, site, flushes(byFlusher, goOn))
	wantLines(t, x.do(t, "GET", nil).Body, goOn)
}

func tryFlushError(t *testing.T, x *trial, site *settled.Site) {
	goOn := make(chan struct{})
	x.start(t, site, flushes(byController, goOn))
	wantLines(t, x.do(t, "GET", nil).Body, goOn)
}

func tryFlushCompressed(t *testing.T, x *trial, site *settled.Site) {
	goOn := make(chan struct{})
	x.start(t, site, flushes(byController, goOn))
	resp := x.do(t, "GET", nil, "Accept-Encoding", "gzip")
	body := io.Reader(resp.Body)
	if resp.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		body = z
	}
	wantLines(t, body, goOn)
}

func tryEarlyHints(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Link", "</style.css>; rel=preload")
		w.WriteHeader(http.StatusEarlyHints)
		w.Header().Del("Link")
		text(w)
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, "made")
	})
	var hints []string
	r, err := http.NewRequest("GET", x.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := x.c.Do(r.WithContext(httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{
		Got1xxResponse: func(code int, header textproto.MIMEHeader) error {
			hints = append(hints, fmt.Sprint(code, " ", header.Get("Link")))
			return nil
		}})))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if len(hints) != 1 || hints[0] != "103 </style.css>; rel=preload" || resp.StatusCode != 201 || string(body) != "made" || err != nil {
		t.Errorf("got %q, then %d %q, %v", hints, resp.StatusCode, body, err)
	}
}

func tryContinue(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		text(w)
		io.Copy(w, r.Body)
	})
	continued := false
	r, err := http.NewRequest("POST", x.url, strings.NewReader("a body"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Expect", "100-continue")
	x.c.Transport.(*http.Transport).ExpectContinueTimeout = x.c.Timeout
	resp, err := x.c.Do(r.WithContext(httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{Got100Continue: func() { continued = true }})))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); !continued || string(body) != "a body" || err != nil {
		t.Errorf("continued: %t, got %q, %v", continued, body, err)
	}
}

func tryTrailers(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, _ *http.Request) {
		text(w)
		w.Header().Set("Trailer", "X-Sum")
		io.WriteString(w, "a body")
		w.Header().Set("X-Sum", "7")
	})
	wantTrailer(t, x)
}

func tryPrefixedTrailers(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, _ *http.Request) {
		text(w)
		io.WriteString(w, "a body")
		http.NewResponseController(w).Flush()
		w.Header().Set(http.TrailerPrefix+"X-Sum", "7")
	})
	wantTrailer(t, x)
}

func wantTrailer(t *testing.T, x *trial) {
	t.Helper()
	resp, body, err := x.fetch()
	if err != nil || body != "a body" || resp.Trailer.Get("X-Sum") != "7" {
		t.Errorf("got %q with trailers %v, %v", body, resp.Trailer, err)
	}
}
