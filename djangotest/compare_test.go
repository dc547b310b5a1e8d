package djangotest

import (
	"bufio"
	"bytes"
	stdgzip "compress/gzip"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// A response is what came back, read once.
type response struct {
	raw    []byte
	status int
	header http.Header
	body   string
	broken string // why it can't be read, "" for a response that can
}

// send asks one side.
func send(t *testing.T, addr string, r request) response {
	t.Helper()
	conn, err := net.DialTimeout("tcp", addr, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(conn, r.raw()); err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(conn)
	if err != nil && len(raw) == 0 {
		t.Fatal(err)
	}
	got := response{raw: raw}
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(raw)), &http.Request{Method: r.method})
	if err != nil {
		got.broken = err.Error()
		return got
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		got.broken = err.Error()
	}
	got.status, got.header, got.body = resp.StatusCode, resp.Header, string(body)
	return got
}

// plain is the body, decompressed.
func (r response) plain() string {
	if r.header.Get("Content-Encoding") != "gzip" || r.body == "" {
		return r.body
	}
	z, err := stdgzip.NewReader(strings.NewReader(r.body))
	if err != nil {
		return "no gzip: " + err.Error()
	}
	body, err := io.ReadAll(z)
	if err != nil {
		return "broken gzip: " + err.Error()
	}
	return string(body)
}

// An exchange is one request and what both sides say.
type exchange struct {
	site            site
	request         request
	django, settled response
}

// A difference is one thing that the two sides do not say alike.
type difference struct {
	what            string // "status", "body", or the name of a header
	django, settled string // "" for a header that is not there
}

// ignored are headers about the connection, and Date, which no side of an app sets.
var ignored = []string{"Date", "Connection", "Transfer-Encoding"}

// compare finds what differs. Cookies are compared by what they mean.
func (e exchange) compare() (all []difference) {
	django, ours := e.django, e.settled
	add := func(what, a, b string) {
		if a != b {
			all = append(all, difference{what, a, b})
		}
	}
	add("readable", django.broken, ours.broken)
	add("status", fmt.Sprint(django.status), fmt.Sprint(ours.status))
	names := slices.Concat(slices.Collect(maps.Keys(django.header)), slices.Collect(maps.Keys(ours.header)))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if !slices.Contains(ignored, name) {
			add(name, joined(name, django.header), joined(name, ours.header))
		}
	}
	add("body", masked(django.plain()), masked(ours.plain()))
	return all
}

// joined is all values of a header, "(empty)" for one that is there and empty.
func joined(name string, h http.Header) string {
	values := slices.Clone(h[name])
	switch {
	case len(values) == 0:
		return ""
	case name == "Set-Cookie":
		for i, v := range values {
			values[i] = maskedCookie(v)
		}
	}
	if all := strings.Join(values, ", "); all != "" {
		return all
	}
	return "(empty)"
}
