package browser_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/browser"
)

const page = "https://app.example.com"

// answers is a server that answers a preflight and the request itself with a
// status and header lines.
type answers struct {
	preflight, actual string
}

func (a answers) send(req *http.Request) (*http.Response, error) {
	text := a.actual
	if req.Method == http.MethodOptions && req.Header.Get("Access-Control-Request-Method") != "" {
		text = a.preflight
	}
	if text == "" {
		return nil, errors.New("connection refused")
	}
	lines := strings.Split(text, "\n")
	w := httptest.NewRecorder()
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ": ")
		w.Header().Add(name, value)
	}
	status := map[string]int{"200": 200, "204": 204, "301": 301, "403": 403, "307": 307, "500": 500}[lines[0]]
	w.WriteHeader(status)
	return w.Result(), nil
}

const (
	lets     = "200\nAccess-Control-Allow-Origin: " + page
	letsWith = lets + "\nAccess-Control-Allow-Credentials: true"
	star     = "200\nAccess-Control-Allow-Origin: *"
)

// Each verdict of the Fetch standard, by the step that it falls in.
func TestDo(t *testing.T) {
	url := "https://api.example.org/x"
	get := browser.Request{URL: url}
	put := browser.Request{URL: url, Method: "put"}
	withCookies := browser.Request{URL: url, Credentials: true}
	putWithCookies := browser.Request{URL: url, Method: "PUT", Credentials: true}
	header := func(name, value string) browser.Request {
		return browser.Request{URL: url, Headers: []browser.Header{{Name: name, Value: value}}}
	}
	tests := []struct {
		name    string
		request browser.Request
		answers answers
		want    browser.Reason // "" is allowed
		at      browser.Kind
	}{
		{"simple", get, answers{actual: lets}, "", ""},
		{"simple, star", get, answers{actual: star}, "", ""},
		{"simple, 500", get, answers{actual: strings.Replace(lets, "200", "500", 1)}, "", ""},
		{"credentials", withCookies, answers{actual: letsWith}, "", ""},
		{"preflighted", put, answers{letsWith + "\nAccess-Control-Allow-Methods: GET, PUT", lets}, "", ""},
		{"preflighted, 204", put, answers{strings.Replace(lets, "200", "204", 1) + "\nAccess-Control-Allow-Methods: PUT", lets}, "", ""},
		{"star for methods", put, answers{lets + "\nAccess-Control-Allow-Methods: *", lets}, "", ""},
		{"forced preflight needs no method", browser.Request{URL: url, Preflight: true}, answers{lets, lets}, "", ""},
		{"header", header("X-A", "1"), answers{lets + "\nAccess-Control-Allow-Headers: x-b,X-a", lets}, "", ""},
		{"header, two lines", header("X-A", "1"), answers{lets + "\nAccess-Control-Allow-Headers: x-b\nAccess-Control-Allow-Headers: x-a", lets}, "", ""},
		{"star for headers", header("X-A", "1"), answers{lets + "\nAccess-Control-Allow-Headers: *", lets}, "", ""},
		{"forbidden header is dropped", header("Cookie", "a=b"), answers{actual: lets}, "", ""},
		{"sec- is dropped", header("Sec-X", "a"), answers{actual: lets}, "", ""},
		{"method override is dropped", header("X-HTTP-Method", "GET, trace"), answers{actual: lets}, "", ""},

		{"no header", get, answers{actual: "200"}, browser.MissingAllowOrigin, browser.Access},
		{"star with credentials", withCookies, answers{actual: star}, browser.WildcardOriginNotAllowed, browser.Access},
		{"two lines", get, answers{actual: lets + "\nAccess-Control-Allow-Origin: " + page}, browser.MultipleAllowOriginValues, browser.Access},
		{"star twice", get, answers{actual: star + "\nAccess-Control-Allow-Origin: *"}, browser.MultipleAllowOriginValues, browser.Access},
		{"joined by a comma", get, answers{actual: lets + ", *"}, browser.MultipleAllowOriginValues, browser.Access},
		{"no origin", get, answers{actual: "200\nAccess-Control-Allow-Origin: app.example.com"}, browser.InvalidAllowOriginValue, browser.Access},
		{"slash", get, answers{actual: lets + "/"}, browser.AllowOriginMismatch, browser.Access},
		{"capital letters", get, answers{actual: strings.Replace(lets, "app", "App", 1)}, browser.AllowOriginMismatch, browser.Access},
		{"null for somebody", get, answers{actual: "200\nAccess-Control-Allow-Origin: null"}, browser.AllowOriginMismatch, browser.Access},
		{"credentials not allowed", withCookies, answers{actual: lets}, browser.InvalidAllowCredentials, browser.Access},
		{"credentials True", withCookies, answers{actual: strings.Replace(letsWith, "true", "True", 1)}, browser.InvalidAllowCredentials, browser.Access},
		{"credentials twice", withCookies, answers{actual: letsWith + "\nAccess-Control-Allow-Credentials: true"}, browser.InvalidAllowCredentials, browser.Access},

		{"preflight without header", put, answers{"200", lets}, "PreflightMissingAllowOriginHeader", browser.Access},
		{"preflight without header, 403", put, answers{"403", lets}, "PreflightMissingAllowOriginHeader", browser.Access},
		{"preflight, star with credentials", putWithCookies, answers{star, lets}, "PreflightWildcardOriginNotAllowed", browser.Access},
		{"preflight 403", put, answers{strings.Replace(lets, "200", "403", 1), lets}, browser.PreflightInvalidStatus, browser.Status},
		{"preflight redirects", put, answers{strings.Replace(lets, "200", "301", 1), lets}, browser.PreflightDisallowedRedirect, browser.Status},
		{"preflight unanswered", put, answers{"", lets}, browser.NoAnswer, browser.Status},
		{"methods are no list", put, answers{lets + "\nAccess-Control-Allow-Methods: PUT; GET", lets}, browser.InvalidAllowMethods, browser.Methods},
		{"method missing", put, answers{lets + "\nAccess-Control-Allow-Methods: GET", lets}, browser.MethodDisallowed, browser.Methods},
		{"method in lower case", browser.Request{URL: url, Method: "patch"}, answers{lets + "\nAccess-Control-Allow-Methods: PATCH", lets}, browser.MethodDisallowed, browser.Methods},
		{"star for methods with credentials", putWithCookies, answers{letsWith + "\nAccess-Control-Allow-Methods: *", lets}, browser.MethodDisallowed, browser.Methods},
		{"headers are no list", header("X-A", "1"), answers{lets + "\nAccess-Control-Allow-Headers: x a", lets}, browser.InvalidAllowHeaders, browser.Headers},
		{"header missing", header("X-A", "1"), answers{lets, lets}, browser.HeaderDisallowed, browser.Headers},
		{"star is not authorization", header("Authorization", "1"), answers{lets + "\nAccess-Control-Allow-Headers: *", lets}, browser.HeaderDisallowed, browser.Headers},
		{"star for headers with credentials", browser.Request{URL: url, Credentials: true, Headers: []browser.Header{{Name: "x-a"}}},
			answers{letsWith + "\nAccess-Control-Allow-Headers: *", lets}, browser.HeaderDisallowed, browser.Headers},
		{"actual unanswered", get, answers{}, browser.NoAnswer, browser.Access},
		{"only the preflight has headers", put, answers{lets + "\nAccess-Control-Allow-Methods: PUT", "200"}, browser.MissingAllowOrigin, browser.Access},

		{"TRACE", browser.Request{URL: url, Method: "trace"}, answers{}, browser.BadRequest, browser.Script},
		{"no method", browser.Request{URL: url, Method: "A B"}, answers{}, browser.BadRequest, browser.Script},
		{"no header name", header("x a", ""), answers{}, browser.BadRequest, browser.Script},
		{"line break", header("x-a", "1\n2"), answers{}, browser.BadRequest, browser.Script},
		{"no URL", browser.Request{URL: "/x"}, answers{}, browser.BadRequest, browser.Script},
		{"a user's name in the URL", browser.Request{URL: "https://me:s3cret@api.example.org/"}, answers{actual: lets}, browser.BadRequest, browser.Script},
		{"ftp", browser.Request{URL: "ftp://example.org/"}, answers{}, browser.CorsDisabledScheme, browser.Script},
		{"mixed content", browser.Request{URL: "http://api.example.org/"}, answers{actual: lets}, browser.MixedContent, browser.Network},
		{"loopback is not mixed", browser.Request{URL: "http://localhost:8000/"}, answers{actual: lets}, "", ""},
		{"own origin", browser.Request{URL: page + ":443/x", Method: "DELETE"}, answers{}, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.request.Origin = page
			o := browser.Do(t.Context(), test.request, test.answers.send)
			if o.Reason != test.want || o.Allowed != (test.want == "") {
				t.Fatalf("allowed %v, reason %q, want %q", o.Allowed, o.Reason, test.want)
			}
			if step := o.Blocking(); step != nil && (step.Kind != test.at || step.Rule == "" || step.Text == "") {
				t.Errorf("blocked in the step %+v, want %s", step, test.at)
			}
		})
	}
}

// The request that a browser sends first, as it sends it.
func TestPreflightRequest(t *testing.T) {
	long := strings.Repeat("a", 129)
	tests := []struct {
		name    string
		headers []browser.Header
		want    string // Access-Control-Request-Headers; "-" is no preflight
	}{
		{"none", nil, "-"},
		{"sorted, in lower case, each once", []browser.Header{{"X-B", ""}, {"x-a", ""}, {"x-b", ""}, {"Authorization", ""}}, "authorization,x-a,x-b"},
		{"accept", []browser.Header{{"Accept", "text/*"}}, "-"},
		{"accept with a bracket", []browser.Header{{"Accept", "text/(a)"}}, "accept"},
		{"long accept", []browser.Header{{"Accept", long}}, "accept"},
		{"128 bytes", []browser.Header{{"Accept", long[:128]}}, "-"},
		{"language", []browser.Header{{"Accept-Language", "de, en;q=0.5"}, {"Content-Language", "*"}}, "-"},
		{"no language", []browser.Header{{"Accept-Language", "de_AT"}, {"Content-Language", "é"}}, "accept-language,content-language"},
		{"form", []browser.Header{{"Content-Type", "TEXT/Plain ; charset=utf-8"}}, "-"},
		{"upload", []browser.Header{{"Content-Type", "multipart/form-data;boundary=x"}}, "-"},
		{"JSON", []browser.Header{{"Content-Type", "application/json"}}, "content-type"},
		{"no type", []browser.Header{{"Content-Type", "text"}}, "content-type"},
		{"quoted parameter", []browser.Header{{"Content-Type", `text/plain;a="b"`}}, "content-type"},
		{"range", []browser.Header{{"Range", "bytes=0-99"}}, "-"},
		{"open range", []browser.Header{{"Range", "bytes=9-"}}, "-"},
		{"end of a range", []browser.Header{{"Range", "bytes=-99"}}, "range"},
		{"two ranges", []browser.Header{{"Range", "bytes=0-1,3-4"}}, "range"},
		{"backward range", []browser.Header{{"Range", "bytes=10-9"}}, "range"},
		{"range with blanks", []browser.Header{{"Range", "bytes= 1-2"}}, "range"},
		{"1024 bytes", repeat(8), "-"},
		{"1025 bytes", append(repeat(8), browser.Header{Name: "Accept", Value: "a"}), "accept"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := "-"
			browser.Do(t.Context(), browser.Request{Origin: page, URL: "https://api.example.org/", Headers: test.headers},
				func(req *http.Request) (*http.Response, error) {
					if req.Method == http.MethodOptions {
						got = strings.Join(req.Header["Access-Control-Request-Headers"], " and ")
						if m := req.Header.Get("Access-Control-Request-Method"); m != "GET" {
							t.Errorf("asks for the method %q", m)
						}
						if o := req.Header.Get("Origin"); o != page {
							t.Errorf("asks for the origin %q", o)
						}
						for _, h := range test.headers {
							if name := http.CanonicalHeaderKey(h.Name); name != "Accept" && req.Header[name] != nil {
								t.Errorf("the preflight has the header %s", name)
							}
						}
					}
					return answers{actual: "200"}.send(req)
				})
			if got != test.want {
				t.Errorf("asks for the headers %q, want %q", got, test.want)
			}
		})
	}
}

// repeat is n headers of 128 bytes.
func repeat(n int) (headers []browser.Header) {
	for range n {
		headers = append(headers, browser.Header{Name: "Accept", Value: strings.Repeat("a", 128)})
	}
	return headers
}
