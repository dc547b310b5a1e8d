package explain_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled/apps/corsheaders/explain"
)

var hole = regexp.MustCompile(`\{[a-z]+\}`)

// parts are what stands in the holes of the texts.
var parts = map[string]string{
	"{url}": "https://api.example.com/x", "{page}": "https://app.example.com/", "{origin}": "https://app.example.com", "{method}": "REPORT",
	"{header}": "x-token", "{status}": "405", "{value}": "loopback", "{space}": "local", "{kind}": "RESET",
}

// Each text that is known is recognised as itself, also as a console wraps and
// quotes it.
func TestEachText(t *testing.T) {
	for _, saying := range explain.Sayings() {
		text := hole.ReplaceAllStringFunc(saying.Template, func(name string) string { return parts[name] })
		for _, pasted := range []string{
			text,
			"page.js:7 " + strings.ReplaceAll(text, " ", "\n  ") + "\n\tat load (page.js:7)",
			strings.NewReplacer("'", "’", `"`, "”").Replace(text),
			strings.ReplaceAll(text, "'", "`"),
		} {
			heard, ok := explain.Hear(pasted)
			if !ok || heard.Browser != saying.Browser {
				t.Errorf("%s %s: %q is heard as %s %s", saying.Browser, saying.ID, pasted, heard.Browser, heard.ID)
				continue
			}
			special := saying.ID == "connection-lost" || heard.ID == saying.ID
			if !special || heard.Template != saying.Template {
				t.Errorf("%s %s: %q is heard as %s", saying.Browser, saying.ID, pasted, heard.ID)
			}
			for _, name := range hole.FindAllString(saying.Template, -1) {
				if got := heard.Parts[strings.Trim(name, "{}")]; got != parts[name] {
					t.Errorf("%s: %s is %q, want %q", saying.ID, name, got, parts[name])
				}
			}
		}
		if saying.Reason == "" && (saying.Means == "" || saying.Do == "") {
			t.Errorf("%s says neither what it means nor what to do", saying.ID)
		}
		if means, suspected := explain.Meaning(saying.Reason); saying.Reason != "" && (means == "" || len(suspected) == 0) {
			t.Errorf("%s has the reason %s, which has no meaning or nobody to suspect", saying.ID, saying.Reason)
		}
	}
}

// corsErrors is Network.CorsError of the DevTools protocol: the closed list.
const corsErrors = `DisallowedByMode InvalidResponse WildcardOriginNotAllowed MissingAllowOriginHeader MultipleAllowOriginValues
	InvalidAllowOriginValue AllowOriginMismatch InvalidAllowCredentials CorsDisabledScheme PreflightInvalidStatus PreflightDisallowedRedirect
	PreflightWildcardOriginNotAllowed PreflightMissingAllowOriginHeader PreflightMultipleAllowOriginValues PreflightInvalidAllowOriginValue
	PreflightAllowOriginMismatch PreflightInvalidAllowCredentials PreflightMissingAllowExternal PreflightInvalidAllowExternal
	InvalidAllowMethodsPreflightResponse InvalidAllowHeadersPreflightResponse MethodDisallowedByPreflightResponse
	HeaderDisallowedByPreflightResponse RedirectContainsCredentials InsecureLocalNetwork InvalidLocalNetworkAccess
	NoCorsRedirectModeNotFollow LocalNetworkAccessPermissionDenied`

func TestAllCORSErrors(t *testing.T) {
	for id := range strings.FieldsSeq(corsErrors) {
		if !slices.ContainsFunc(explain.Sayings(), func(s explain.Saying) bool { return s.Browser == "Chrome" && s.ID == id }) {
			t.Errorf("%s has no text", id)
		}
	}
}

// What people paste, and what is taken out of it.
func TestHear(t *testing.T) {
	tests := []struct {
		pasted string
		id     string
		parts  string // name=value, sorted as given
	}{
		{"Access to XMLHttpRequest at 'http://localhost:8000/api/login' from origin 'http://localhost:51293' \nhas been blocked by CORS policy: Response to preflight request doesn't pass access control check: \nNo 'Access-Control-Allow-Origin' header is present on the requested resource.",
			"PreflightMissingAllowOriginHeader", "url=http://localhost:8000/api/login origin=http://localhost:51293"},
		{"Access to fetch at 'https://api.example.com/login/' (redirected from 'https://api.example.com/login') from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource. If an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.",
			"MissingAllowOriginHeader", "url=https://api.example.com/login redirected=https://api.example.com/login/ origin=https://app.example.com"},
		{"Access to fetch at 'http://localhost:8000/' from origin 'null' has been blocked by CORS policy: The 'Access-Control-Allow-Origin' header has a value 'http://localhost:3000' that is not equal to the supplied origin. Have the server send the header with a valid value",
			"AllowOriginMismatch", "origin=null value=http://localhost:3000"},
		{"Access to fetch at 'https://yourapi.example/x' from origin 'https://a.example' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: It does not have HTTP ok status.\na.js:1 POST https://yourapi.example/x net::ERR_FAILED",
			"PreflightInvalidStatus", "method=POST url=https://yourapi.example/x"},
		{"Access to XMLHttpRequest at 'http://a.example/' from origin 'http://b.example' has been blocked by CORS policy: The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'. The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.",
			"InvalidAllowCredentials", "origin=http://b.example"},
		{"Access to fetch at 'http://localhost:8000/drafts' from origin 'https://example.com' has been blocked by CORS policy: Permission was denied for this request to access the `unknown` address space.",
			"LocalNetworkAccessPermissionDenied", "space=unknown origin=https://example.com"},
		{"Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/x. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 502.",
			"CORSMissingAllowOrigin", "url=https://api.example.com/x status=502"},
		{"Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ‘https://api.example.com/x’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).",
			"CORSNotSupportingCredentials", "url=https://api.example.com/x"},
		{"Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/. (Reason: header ‘x-token’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).",
			"CORSMissingAllowHeaderFromPreflight", "header=x-token url=https://api.example.com/"},
		{"Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://localhost:8000/. (Reason: CORS request did not succeed). Status code: (null).",
			"CORSDidNotSucceed", "url=http://localhost:8000/"},
		{"[Error] Origin http://localhost:3000 is not allowed by Access-Control-Allow-Origin. Status code: 413\n[Error] XMLHttpRequest cannot load http://localhost:8081/upload due to access control checks.",
			"origin-not-allowed", "origin=http://localhost:3000 url=http://localhost:8081/upload status=413"},
		{"[Error] Preflight response is not successful. Status code: 403\n[Error] Fetch API cannot load http://192.168.1.189:11434/api/generate due to access control checks.",
			"preflight-not-successful", "status=403 url=http://192.168.1.189:11434/api/generate"},
		{"Fetch API cannot load https://www.example.com/api/session due to access control checks.", "access-control-checks", "url=https://www.example.com/api/session"},
		{"Mixed Content: The page at 'https://app.example.com/' was loaded over HTTPS, but requested an insecure XMLHttpRequest endpoint 'http://api.example.com/x'. This request has been blocked; the content must be served over HTTPS.",
			"mixed-content", "page=https://app.example.com/ url=http://api.example.com/x"},
		{"GET http://localhost:8000/ads net::ERR_BLOCKED_BY_CLIENT", "blocked-by-client", "method=GET url=http://localhost:8000/ads"},
		{"Uncaught (in promise) TypeError: Failed to fetch", "failed-to-fetch", ""},
	}
	for _, test := range tests {
		heard, ok := explain.Hear(test.pasted)
		if !ok || heard.ID != test.id {
			t.Errorf("%q is heard as %q, want %s", test.pasted, heard.ID, test.id)
		}
		for part := range strings.FieldsSeq(test.parts) {
			name, want, _ := strings.Cut(part, "=")
			if heard.Parts[name] != want {
				t.Errorf("%s: %s is %q, want %q", test.id, name, heard.Parts[name], want)
			}
		}
	}
	for _, other := range []string{"", "hello", "TypeError: undefined is not a function", "401 Unauthorized", "Access-Control-Allow-Origin"} {
		if heard, ok := explain.Hear(other); ok {
			t.Errorf("%q is heard as %s", other, heard.ID)
		}
	}
}
