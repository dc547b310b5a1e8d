package quickstart_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/internal/chromiumtest"
)

// The requests of the tests: a path and what fetch takes beside it.
var (
	list       = [2]string{"/notes", `{}`}
	missing    = [2]string{"/no-such-page", `{}`}
	crashes    = [2]string{"/crash", `{}`}
	notAllowed = [2]string{"/notes", `{method: "PATCH"}`}
	create     = [2]string{"/notes", `{method: "POST", headers: {"Content-Type": "application/json"}, body: '{"text": "a"}'}`}
	put        = [2]string{"/notes/1", `{method: "PUT", headers: {"Content-Type": "application/json", "X-Client": "test"}, body: '{"text": "b"}'}`}
	putSecret  = [2]string{"/notes/1", `{method: "PUT", headers: {"Content-Type": "application/json", "X-Secret": "1"}, body: '{"text": "b"}'}`}
	remove     = [2]string{"/notes/1", `{method: "DELETE"}`}
	visits     = [2]string{"/visits", `{}`}
	visitsWith = [2]string{"/visits", `{credentials: "include"}`}
	stats      = [2]string{"/stats", `{headers: {Authorization: "Bearer quickstart"}}`}
	wrongToken = [2]string{"/stats", `{headers: {Authorization: "Bearer guess"}}`}
)

// The settings of the tests: what differs from settings.toml, with the page's
// origin for %q.
const (
	listed             = `CORS_ALLOWED_ORIGINS = [%q]` + "\n" + `INSTALLED_APPS = ["corsheaders", "notes", "crash"]`
	withoutCredentials = `CORS_ALLOWED_ORIGINS = [%q]` + "\n" + `CORS_ALLOW_CREDENTIALS = false`
	nothingExposed     = `CORS_ALLOWED_ORIGINS = [%q]` + "\n" + `CORS_EXPOSE_HEADERS = []`
	unlisted           = `CORS_ALLOWED_ORIGINS = ["http://localhost:1"] # and not %q`
	matched            = `CORS_ALLOWED_ORIGINS = [] # but %q by` + "\n" + `CORS_ALLOWED_ORIGIN_REGEXES = ['^http://localhost:\d+$']`
	all                = `CORS_ALLOW_ALL_ORIGINS = true # not only %q` + "\n" + `CORS_ALLOW_CREDENTIALS = false`
)

// What a browser lets a page of another origin read.
func TestReadable(t *testing.T) {
	tests := []struct {
		name     string
		settings string
		request  [2]string
		status   int
		body     string   // part of it
		reached  []string // the API, in order
	}{
		{"simple request", listed, list, 200, `"text":"Read settings.toml"`, []string{"GET /notes"}},
		{"preflighted POST", listed, create, 201, `"text":"a"`, []string{"OPTIONS /notes", "POST /notes"}},
		{"preflighted PUT with a custom header", listed, put, 200, `"client":"test"`, []string{"OPTIONS /notes/1", "PUT /notes/1"}},
		{"preflighted DELETE", listed, remove, 204, "", []string{"OPTIONS /notes/1", "DELETE /notes/1"}},
		{"credentials", listed, visitsWith, 200, `"visits":1`, []string{"GET /visits"}},
		{"bearer token", listed, stats, 200, `"notes":1`, []string{"OPTIONS /stats", "GET /stats"}},
		{"401", listed, wrongToken, 401, `"error":`, []string{"OPTIONS /stats", "GET /stats"}},
		{"404", listed, missing, 404, "Page not found", []string{"GET /no-such-page"}},
		{"405", listed, notAllowed, 405, "", []string{"OPTIONS /notes", "PATCH /notes"}},
		{"500", listed, crashes, 500, "as the test wants", []string{"GET /crash"}},
		{"listed, credentials off", withoutCredentials, list, 200, "Read settings.toml", []string{"GET /notes"}},
		{"bearer token, credentials off", withoutCredentials, stats, 200, `"notes":1`, []string{"OPTIONS /stats", "GET /stats"}},
		{"regex, credentials", matched, visitsWith, 200, `"visits":1`, []string{"GET /visits"}},
		{"all origins", all, list, 200, "Read settings.toml", []string{"GET /notes"}},
		{"all origins, preflight", all, put, 200, `"client":"test"`, []string{"OPTIONS /notes/1", "PUT /notes/1"}},
		{"all origins, bearer token", all, stats, 200, `"notes":1`, []string{"OPTIONS /stats", "GET /stats"}},
	}
	page := servePage(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			api := startAPI(t, fmt.Sprintf(test.settings, page))
			got := chromiumtest.Open(t, page).Fetch(api.origin+test.request[0], test.request[1])
			if got.Status != test.status || !strings.Contains(got.Body, test.body) {
				t.Errorf("the script gets %+v, want %d and %q", got, test.status, test.body)
			}
			if diff := cmp.Diff(test.reached, api.requests()); diff != "" {
				t.Errorf("requests that reached the API (-want +got):\n%s", diff)
			}
		})
	}
}

// What a browser keeps from a page of another origin, and what it says about
// it to people in the console.
func TestBlocked(t *testing.T) {
	tests := []struct {
		name     string
		settings string
		request  [2]string
		reason   network.CorsError
		console  string
		reached  []string // the API: a simple request does, and is not readable
	}{
		{"unlisted origin", unlisted, list, network.CorsErrorMissingAllowOriginHeader,
			"No 'Access-Control-Allow-Origin' header is present", []string{"GET /notes"}},
		{"unlisted origin, preflight", unlisted, put, network.CorsErrorPreflightMissingAllowOriginHeader,
			"Response to preflight request doesn't pass access control check", []string{"OPTIONS /notes/1"}},
		{"unlisted origin, DELETE", unlisted, remove, network.CorsErrorPreflightMissingAllowOriginHeader,
			"No 'Access-Control-Allow-Origin' header is present", []string{"OPTIONS /notes/1"}},
		{"unlisted origin, credentials", unlisted, visitsWith, network.CorsErrorMissingAllowOriginHeader,
			"No 'Access-Control-Allow-Origin' header is present", []string{"GET /visits"}},
		{"unlisted origin, bearer token", unlisted, stats, network.CorsErrorPreflightMissingAllowOriginHeader,
			"No 'Access-Control-Allow-Origin' header is present", []string{"OPTIONS /stats"}},
		{"unlisted header", listed, putSecret, network.CorsErrorHeaderDisallowedByPreflightResponse,
			"Request header field x-secret is not allowed by Access-Control-Allow-Headers", []string{"OPTIONS /notes/1"}},
		{"listed, credentials off", withoutCredentials, visitsWith, network.CorsErrorInvalidAllowCredentials,
			"'Access-Control-Allow-Credentials' header in the response is ''", []string{"GET /visits"}},
		{"all origins, credentials", all, visitsWith, network.CorsErrorWildcardOriginNotAllowed,
			"must not be the wildcard '*' when the request's credentials mode is 'include'", []string{"GET /visits"}},
	}
	page := servePage(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			api := startAPI(t, fmt.Sprintf(test.settings, page))
			tab := chromiumtest.Open(t, page)
			got := tab.Fetch(api.origin+test.request[0], test.request[1])
			if got.Error != "TypeError: Failed to fetch" {
				t.Fatalf("the script gets %+v, want an error", got)
			}
			if reason := chromiumtest.Next(tab, tab.Blocked); reason != test.reason {
				t.Errorf("blocked for the reason %s, want %s", reason, test.reason)
			}
			console := chromiumtest.Next(tab, tab.Console)
			if !strings.Contains(console, "from origin '"+page+"' has been blocked by CORS policy") || !strings.Contains(console, test.console) {
				t.Errorf("the console says %q, want %q", console, test.console)
			}
			if diff := cmp.Diff(test.reached, api.requests()); diff != "" {
				t.Errorf("requests that reached the API (-want +got):\n%s", diff)
			}
		})
	}
}

// A cookie crosses origins for a script that asks for credentials, and stays out
// of reach for one that does not.
func TestCookie(t *testing.T) {
	page := servePage(t)
	api := startAPI(t, fmt.Sprintf(listed, page))
	tab := chromiumtest.Open(t, page+"/visits") // where document.cookie would show the cookie: ports do not matter to it
	for i, step := range []struct {
		request [2]string
		want    string
	}{
		{visits, `{"visits":1}`}, // sets no cookie
		{visits, `{"visits":1}`},
		{visitsWith, `{"visits":1}`}, // sets it
		{visitsWith, `{"visits":2}`}, // sends it
		{visits, `{"visits":1}`},     // leaves it
		{visitsWith, `{"visits":3}`},
	} {
		got := tab.Fetch(api.origin+step.request[0], step.request[1])
		if strings.TrimSpace(got.Body) != step.want {
			t.Errorf("visit %d: the script gets %+v, want %s", i, got, step.want)
		}
	}
	if cookie := chromiumtest.Run(tab, chromedp.Evaluate[string]("document.cookie")); cookie != "" {
		t.Errorf("document.cookie is %q, want none: the cookie is HttpOnly", cookie)
	}
}

// A script reads the headers that are exposed, and no others but the few that
// the Fetch standard always lets it read.
func TestExposedHeaders(t *testing.T) {
	page := servePage(t)
	for _, test := range []struct {
		name     string
		settings string
		want     map[string]string
	}{
		{"exposed", listed, map[string]string{"content-type": "application/json", "x-total-count": "1"}},
		{"not exposed", nothingExposed, map[string]string{"content-type": "application/json"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			api := startAPI(t, fmt.Sprintf(test.settings, page))
			got := chromiumtest.Open(t, page).Fetch(api.origin+list[0], list[1])
			delete(got.Headers, "content-length") // always readable, and not the point
			if diff := cmp.Diff(test.want, got.Headers); diff != "" {
				t.Errorf("headers that the script reads (-want +got):\n%s", diff)
			}
		})
	}
}
