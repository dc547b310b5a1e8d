package lab_test

import (
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/chromiumtest"
)

const listed = `CORS_ALLOWED_ORIGIN_REGEXES = ['^http://127\.0\.0\.1:\d+$']
`

// What the laboratory predicts is what a real browser does when its button is
// pressed.
func TestAgreement(t *testing.T) {
	if testing.Short() {
		t.Skip("presses the button in a browser many times")
	}
	all := []string{"127.0.0.1", "localhost"}
	plain := []try{
		{method: "GET", path: "/api/x"}, {method: "PUT", path: "/api/x"}, {method: "patch", path: "/api/x"}, {method: "REPORT", path: "/api/x"},
		{method: "GET", path: "/api/x", headers: "X-Token: 1"}, {method: "POST", path: "/other?a=b", headers: "Content-Type: application/json"},
		{method: "GET", path: "/api/x", credentials: "include"},
	}
	readable, count := 0, 0
	for _, tt := range []struct {
		name, settings string
		from           []string
		tries          []try
	}{
		{"all", "CORS_ALLOW_ALL_ORIGINS = true\n", []string{"localhost", "null"}, plain[2:]},
		{"listed", listed, all, plain},
		{"credentials", listed + "CORS_ALLOW_CREDENTIALS = true\n", all, []try{
			{method: "GET", path: "/", credentials: "include"}, {method: "DELETE", path: "/", credentials: "include"},
			{method: "GET", path: "/", credentials: "omit"}, {method: "POST", path: "/", credentials: "include", headers: "Authorization: x\nX-Requested-With: y"},
		}},
		{"limited", "CORS_ALLOWED_ORIGIN_REGEXES = ['^http://(127\\.0\\.0\\.1|localhost):\\d+$']\nCORS_ALLOW_METHODS = [\"GET\", \"PUT\"]\nCORS_ALLOW_HEADERS = [\"x-token\"]\nCORS_EXPOSE_HEADERS = [\"x-a\"]\n", all, []try{
			{method: "PUT", path: "/", headers: "x-TOKEN: 1"}, {method: "DELETE", path: "/"}, {method: "GET", path: "/", headers: "Authorization: 1"},
			{method: "GET", path: "/", headers: "Accept: text/html"}, {method: "POST", path: "/"}, {method: "TRACE", path: "/"},
		}},
		{"paths", listed + "CORS_URLS_REGEX = '^/api/'\n", all, []try{
			{method: "GET", path: "/api/x"}, {method: "GET", path: "/other"}, {method: "PUT", path: "/other"}, {method: "HEAD", path: "/api/%2e%2e/y"},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, lab := serve(t, handler(t, tt.settings))
			tab := chromiumtest.Open(t, lab)
			for _, from := range tt.from {
				for _, v := range tt.tries {
					v.from = from
					state, text := press(tab, v)
					if state != "agree" {
						t.Errorf("%+v: %s\n%s", v, state, text)
					}
					count++
					if strings.Contains(text, "The browser: readable.") {
						readable++
					}
				}
			}
		})
	}
	if t.Logf("%d of %d could be read", readable, count); count < 40 || readable < count/4 || readable > count*3/4 {
		t.Errorf("%d combinations, of which %d could be read: want at least 40, and enough of each kind", count, readable)
	}
}
