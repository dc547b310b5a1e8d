package browser_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/browser"
)

// header makes one of "Name: value" lines.
func headerOf(lines ...string) http.Header {
	h := http.Header{}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		h.Add(name, value)
	}
	return h
}

func TestJudgeAnswer(t *testing.T) {
	const page = "https://a.example"
	for _, tt := range []struct {
		credentials bool
		header      http.Header
		reason      browser.Reason // "" when it can be read
	}{
		{false, headerOf("Access-Control-Allow-Origin: *"), ""},
		{true, headerOf("Access-Control-Allow-Origin: *"), browser.WildcardOriginNotAllowed},
		{true, headerOf("Access-Control-Allow-Origin: " + page), browser.InvalidAllowCredentials},
		{true, headerOf("Access-Control-Allow-Origin: "+page, "Access-Control-Allow-Credentials: true"), ""},
		{false, headerOf("Access-Control-Allow-Origin: https://b.example"), browser.AllowOriginMismatch},
		{false, headerOf("Access-Control-Allow-Origin: "+page, "Access-Control-Allow-Origin: "+page), browser.MultipleAllowOriginValues},
		{false, nil, browser.MissingAllowOrigin},
	} {
		o := browser.JudgeAnswer(browser.Request{Origin: page, Credentials: tt.credentials}, 200, tt.header)
		if o.Reason != tt.reason || o.Allowed != (tt.reason == "") {
			t.Errorf("%v %v: allowed %v, %s; want %q", tt.credentials, tt.header, o.Allowed, o.Reason, tt.reason)
		}
	}
}

func TestJudgePreflight(t *testing.T) {
	const page = "https://a.example"
	full := []string{"Access-Control-Allow-Origin: " + page, "Access-Control-Allow-Methods: PUT", "Access-Control-Allow-Headers: X-A"}
	for _, tt := range []struct {
		method string
		names  []string
		status int
		header http.Header
		reason browser.Reason
	}{
		{"PUT", []string{"x-a"}, 200, headerOf(full...), ""},
		{"PUT", nil, 204, headerOf(full...), ""},
		{"POST", nil, 200, headerOf(full...), ""},
		{"DELETE", nil, 200, headerOf(full...), browser.MethodDisallowed},
		{"PUT", []string{"x-a", "accept"}, 200, headerOf(full...), browser.HeaderDisallowed},
		{"PUT", nil, 404, headerOf(full...), browser.PreflightInvalidStatus},
		{"PUT", nil, 302, headerOf(full...), browser.PreflightDisallowedRedirect},
		{"PUT", nil, 200, nil, "Preflight" + browser.MissingAllowOrigin},
	} {
		o := browser.JudgePreflight(browser.Request{Origin: page, Method: tt.method}, tt.names, tt.status, tt.header)
		if o.Reason != tt.reason || o.Allowed != (tt.reason == "") {
			t.Errorf("%s %s %d: allowed %v, %s; want %q", tt.method, tt.names, tt.status, o.Allowed, o.Reason, tt.reason)
		}
	}
}

func TestAskedFirst(t *testing.T) {
	usual := []string{
		"Accept: */*", "Accept-Encoding: gzip", "Accept-Language: de", "Connection: keep-alive", "Cookie: a=b", "Host: x", "Origin: https://a.example",
		"Referer: https://a.example/", "Sec-Fetch-Mode: cors", `Sec-Ch-Ua: "x"`, "User-Agent: x", "Cache-Control: no-cache", "Pragma: no-cache",
		"If-None-Match: x", "X-Forwarded-For: 192.0.2.1", "Priority: u=1",
	}
	for _, tt := range []struct {
		method string
		more   []string
		asked  bool
		names  []string
	}{
		{"GET", nil, false, nil},
		{"POST", []string{"Content-Type: text/plain", "Content-Length: 3"}, false, nil},
		{"POST", []string{"Content-Type: application/json"}, true, []string{"content-type"}},
		{"GET", []string{"X-Token: x", "Authorization: y"}, true, []string{"authorization", "x-token"}},
		{"PUT", nil, true, nil},
	} {
		asked, names := browser.AskedFirst(tt.method, headerOf(slices.Concat(usual, tt.more)...))
		if asked != tt.asked || !slices.Equal(names, tt.names) {
			t.Errorf("%s %s: %v %s, want %v %s", tt.method, tt.more, asked, names, tt.asked, tt.names)
		}
	}
}
