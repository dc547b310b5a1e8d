package explain_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/apps/corsheaders/explain"
	"github.com/settled-go/settled/settledtest"
)

// opener is a gate that lets one path in.
type opener struct{}

func (opener) Settings() any                  { return nil }
func (opener) AllowCORS(r *http.Request) bool { return r.URL.Path == "/open" }

const link = "corsheaders.middleware.CorsMiddleware"

func explainer(t *testing.T, settings string) *explain.Explainer {
	t.Helper()
	site := settledtest.Start(t, settledtest.Apps{"corsheaders": corsheaders.NewApp, "opener": func() settled.App { return opener{} }},
		"DEBUG = true\nINSTALLED_APPS = [\"corsheaders\", \"opener\"]\nMIDDLEWARE = [\""+link+"\"]\n"+settings)
	return explain.New(site.Project(), link, []string{"opener"})
}

// A report says all that the command says, and what the browsers say.
func TestReport(t *testing.T) {
	e := explainer(t, "CORS_ALLOWED_ORIGINS = [\"https://a.example\"]\n")
	r, err := e.Explain(t.Context(), explain.Question{Origin: "https://a.example/x", Host: "https://api.example", Path: "/a?token=s3cret", Headers: []string{"X-Token: s3cret"}})
	if err != nil {
		t.Fatal(err)
	}
	if r.Allowed || r.Verdict != "the header x-token is not in Access-Control-Allow-Headers" || r.By != "CORS_ALLOW_HEADERS, which is at its default" || len(r.Remedies) != 1 {
		t.Errorf("got %+v", r)
	}
	var said []string
	for _, c := range r.Console {
		said = append(said, c.Browser+": "+c.Text)
	}
	want := `Chrome: Access to fetch at 'https://api.example/a?token=********************' from origin 'https://a.example' has been blocked by CORS policy: Request header field x-token is not allowed by Access-Control-Allow-Headers in preflight response.
Firefox: Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example/a?token=********************. (Reason: header 'x-token' is not allowed according to header 'Access-Control-Allow-Headers' from CORS preflight response). Status code: 200.
Safari: Request header field x-token is not allowed by Access-Control-Allow-Headers.
Fetch API cannot load https://api.example/a?token=******************** due to access control checks.`
	if got := strings.Join(said, "\n"); got != want {
		t.Errorf("the consoles say\n%s\nwant\n%s", got, want)
	}
	for _, step := range r.Steps {
		if text := strings.Join(append(step.Asked, step.Answered...), "\n"); strings.Contains(text, "s3cret") {
			t.Errorf("a secret is in %s", text)
		}
	}
}

// The gates of a site that runs are asked, and said to have decided.
func TestGates(t *testing.T) {
	e := explainer(t, "")
	for path, want := range map[string]bool{"/open": true, "/closed": false} {
		r, err := e.Explain(t.Context(), explain.Question{Origin: "https://a.example", Host: "localhost:8000", Path: path})
		if err != nil {
			t.Fatal(err)
		}
		var by string
		for _, step := range r.Steps {
			if step.Kind == "access" {
				by = step.By
			}
		}
		if want && r.By != by {
			t.Errorf("%s is let in by %s, want %s", path, r.By, by)
		}
		if r.Allowed != want || strings.HasPrefix(by, "'opener'") != want || len(r.Caveats) != 1 || !strings.Contains(r.Caveats[0], "'opener' decided") {
			t.Errorf("%s: allowed %v, by %s; %q", path, r.Allowed, by, r.Caveats)
		}
	}
}

func TestInputError(t *testing.T) {
	e := explainer(t, "")
	for field, q := range map[string]explain.Question{
		"origin": {Origin: "a.example", Path: "/"}, "path": {Origin: "null", Path: "x"}, "host": {Origin: "null", Path: "/", Host: "a b"}, "url": {Origin: "null", URL: "x"},
	} {
		_, err := e.Explain(t.Context(), q)
		var wrong *explain.InputError
		if !errors.As(err, &wrong) || wrong.Field != field || strings.Contains(wrong.Why, "argument") {
			t.Errorf("%s: %v", field, err)
		}
	}
}
