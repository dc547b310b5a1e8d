package lab_test

import (
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/chromiumtest"
	"github.com/settled-go/settled/manage/workbench"
)

// tampering changes the site's answers as a proxy could, and leaves the workbench
// alone.
func tampering(site http.Handler, change func(http.Header)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, workbench.Path) {
			w = &changer{w, change}
		}
		site.ServeHTTP(w, r)
	})
}

type changer struct {
	http.ResponseWriter
	change func(http.Header)
}

func (c *changer) WriteHeader(status int) {
	c.change(c.Header())
	c.ResponseWriter.WriteHeader(status)
}

func (c *changer) Write(p []byte) (int, error) {
	c.change(c.Header())
	return c.ResponseWriter.Write(p)
}

// Where the browser does not do what is predicted, the page says so, and shows
// both.
func TestDisagreement(t *testing.T) {
	if testing.Short() {
		t.Skip("presses the button in a browser")
	}
	for _, tt := range []struct {
		name, settings string
		change         func(http.Header)
		headers, state string
		want           []string
	}{
		{"stripped", listed, func(h http.Header) { h.Del("Access-Control-Allow-Origin") }, "", "disagree",
			[]string{"Predicted: readable. The browser: blocked.", "report it", "TypeError: Failed to fetch"}},
		{"added", "", func(h http.Header) { h.Set("Access-Control-Allow-Origin", "*") }, "", "disagree",
			[]string{"Predicted: blocked. The browser: readable.", "report it", "An extension of the browser adds CORS headers"}},
		{"exposed", listed, func(h http.Header) { h.Set("Access-Control-Expose-Headers", "X-B") }, "", "disagree",
			[]string{"Predicted: readable. The browser: readable.", "that the settings do not expose: X-B"}},
		{"known", listed + "CORS_ALLOW_HEADERS = [\"*\"]\n", func(http.Header) {}, "Authorization: x", "known",
			[]string{"Known difference", "Predicted: blocked. This browser: readable.", "Chrome and Safari still let it pass"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, lab := serve(t, tampering(handler(t, tt.settings), tt.change))
			tab := chromiumtest.Open(t, lab)
			state, text := press(tab, try{from: "127.0.0.1", method: "GET", path: "/", headers: tt.headers})
			if state != tt.state || (state == "disagree") != strings.Contains(text, "Disagreement") {
				t.Errorf("the state is %s, want %s", state, tt.state)
			}
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("%q is missing in:\n%s", want, text)
				}
			}
		})
	}
}

var questionOf = regexp.MustCompile(`data-question="([^"]+)"`)

// Each kind of outcome, as the script of the page sends it.
func TestCompare(t *testing.T) {
	_, h := bench(t, "CORS_ALLOW_ALL_ORIGINS = true\nCORS_ALLOW_HEADERS = [\"*\"]\nCORS_EXPOSE_HEADERS = [\"x-a\"]\n")
	for _, tt := range []struct {
		name, headers, outcome, state, want string
	}{
		{"read", "", `"readable": true, "status": 200, "headers": ["content-type", "x-a"]`, "agree", "<dd>200</dd>"},
		{"read after a redirect", "", `"readable": true, "status": 404, "redirected": true`, "agree", "<dd>404, after a redirect</dd>"},
		{"a header too many", "", `"readable": true, "headers": ["x-b"]`, "disagree", "X-B"},
		{"blocked", "", `"readable": false, "error": "TypeError: <b>"`, "disagree", "TypeError: &lt;b&gt;"},
		{"known", "Authorization: x", `"readable": true`, "known", "Chrome and Safari still let it pass"},
		{"as the standard has it", "Authorization: x", `"readable": false`, "agree", "Predicted: blocked. The browser: blocked."},
		{"late", "", `"readable": false, "late": true`, "open", "no answer within 15 seconds"},
		{"another origin", "", `"readable": true, "origin": "http://evil.example"`, "open", "asked from http://evil.example"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			page := do(h, "POST", "/try", url.Values{"path": {"/"}, "headers": {tt.headers}}.Encode()).Body.String()
			question := html.UnescapeString(questionOf.FindStringSubmatch(page)[1])
			outcome := tt.outcome
			if !strings.Contains(outcome, "origin") {
				outcome += `, "origin": "` + originIn(t, question) + `"`
			}
			w := do(h, "POST", "/compare", `{"question": `+question+`, "outcome": {`+outcome+`}}`)
			if body := w.Body.String(); !strings.Contains(body, `data-state="`+tt.state+`"`) || !strings.Contains(body, tt.want) {
				t.Errorf("want %s and %q:\n%s", tt.state, tt.want, body)
			}
		})
	}
}

// An outcome that belongs to other settings is not compared with these.
func TestCompareOtherSettings(t *testing.T) {
	_, old := bench(t, "")
	page := do(old, "POST", "/try", "path=/").Body.String()
	question := html.UnescapeString(questionOf.FindStringSubmatch(page)[1])
	_, h := bench(t, "CORS_ALLOW_ALL_ORIGINS = true\n")
	body := do(h, "POST", "/compare", `{"question": `+question+`, "outcome": {"readable": false, "origin": "`+originIn(t, question)+`"}}`).Body.String()
	if !strings.Contains(body, `data-state="open"`) || !strings.Contains(body, "loaded anew") {
		t.Error(body)
	}
	for _, bad := range []string{"", "{", `{"question": {"form": {"origin": "nonsense"}}}`} {
		if w := do(h, "POST", "/compare", bad); w.Code != http.StatusBadRequest {
			t.Errorf("%q: %d", bad, w.Code)
		}
	}
}

func originIn(t *testing.T, question string) string {
	t.Helper()
	var asked struct{ Form struct{ Origin string } }
	if err := json.Unmarshal([]byte(question), &asked); err != nil {
		t.Fatal(err)
	}
	return asked.Form.Origin
}

// Each browser is told what its own console says.
func TestCompareConsole(t *testing.T) {
	_, h := bench(t, "")
	question := html.UnescapeString(questionOf.FindStringSubmatch(do(h, "POST", "/try", "path=/").Body.String())[1])
	body := `{"question": ` + question + `, "outcome": {"readable": false, "origin": "` + originIn(t, question) + `"}}`
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                "Cross-Origin Request Blocked",
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36": "Access to fetch at",
		"Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15":         "due to access control checks",
	} {
		shown := do(h, "POST", "/compare", body, "User-Agent", agent).Body.String()
		if strings.Count(shown, "<pre") != 1 || !strings.Contains(shown, want) {
			t.Errorf("%s: want %q in %s", agent, want, shown)
		}
	}
}
