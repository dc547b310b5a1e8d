package corsheaders_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// The regex that is offered for a wildcard, or why there is none.
func TestStars(t *testing.T) {
	const all, strangers = "set CORS_ALLOW_ALL_ORIGINS", "list the origins that are meant: a regex"
	for _, tt := range []struct{ origin, regex, in, out string }{
		{"https://*.example.com", `^https://([a-z0-9-]+\.)+example\.com$`, "https://a.b.example.com", "https://example.com"},
		{"HTTPS://*.Example.com:8443", `^https://([a-z0-9-]+\.)+example\.com:8443$`, "https://a.example.com:8443", "https://a.example.com"},
		{"https://*example.com", `^https://([a-z0-9-]+\.)*example\.com$`, "https://example.com", "https://evilexample.com"},
		{"https://app-*.example.com", `^https://app-[a-z0-9-]+\.example\.com$`, "https://app-1.example.com", "https://app-1.evil.example.com"},
		{"https://*.eu.*.example.com", `^https://[a-z0-9-]+\.eu\.[a-z0-9-]+\.example\.com$`, "https://a.eu.b.example.com", "https://a.example.com"},
		{"http://localhost:*", `^http://localhost(:\d+)?$`, "http://localhost:3000", "http://localhost.evil.example:80"},
		{"http://127.0.0.1:*", `^http://127\.0\.0\.1(:\d+)?$`, "http://127.0.0.1:8000", "http://127.0.0.2"},
		{"https://*.myapp.vercel.app", `^https://([a-z0-9-]+\.)+myapp\.vercel\.app$`, "https://a.myapp.vercel.app", "https://evil.vercel.app"},
		{"https://*.vercel.app", strangers, "", ""},
		{"https://myapp-*.vercel.app", strangers, "", ""},
		{"https://*.com", strangers, "", ""},
		{"https://example.*", strangers, "", ""},
		{"https://192.168.1.*", strangers, "", ""},
		{"https://*.192.168.1.7", strangers, "", ""},
		{"https://*.example.com:99999", strangers, "", ""},
		{"chrome-extension://*x", strangers, "", ""},
		{"https://*", all, "", ""},
	} {
		ms := settings.Validate(listing(tt.origin)).Select(func(m checks.Message) bool { return m.ID == "corsheaders.E117" })
		if len(ms) != 1 || !strings.Contains(ms[0].Hint, tt.regex) {
			t.Errorf("%s: %v, hint %q, want %s", tt.origin, ms, ms[0].Hint, tt.regex)
			continue
		}
		if tt.in == "" {
			continue
		}
		s := corsheaders.Defaults()
		s.AllowCredentials, s.AllowedOriginRegexes = true, []string{tt.regex}
		if !admits(t, s, tt.in) || admits(t, s, tt.out) {
			t.Errorf("%s: %s lets in %s: %v, %s: %v", tt.origin, tt.regex, tt.in, admits(t, s, tt.in), tt.out, admits(t, s, tt.out))
		}
		if found := access(t, "CORS_ALLOWED_ORIGIN_REGEXES = ['"+tt.regex+"']"+with, false); len(found) > 0 {
			t.Errorf("%s: %s is offered, and %q", tt.origin, tt.regex, found)
		}
	}
}

// admits says whether a page of the origin may read an answer.
func admits(t *testing.T, s corsheaders.Settings, origin string) bool {
	t.Helper()
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Origin", origin)
	w := httptest.NewRecorder()
	wrap(t, s, func(http.ResponseWriter, *http.Request) {}).ServeHTTP(w, r)
	return w.Header().Get("Access-Control-Allow-Origin") != ""
}
