package lab_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/security"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/settled-go/settled/internal/chromiumtest"
	"github.com/settled-go/settled/manage/workbench"
)

// said is what the console has said so far.
func said(tab *chromiumtest.Tab) (all []string) {
	for {
		select {
		case text := <-tab.Console:
			all = append(all, text)
		default:
			return all
		}
	}
}

// What the page predicts for the console is what the console says, and nothing
// else is said there: no policy is broken.
func TestConsole(t *testing.T) {
	if testing.Short() {
		t.Skip("presses the button in a browser")
	}
	_, lab := serve(t, handler(t, listed))
	tab := chromiumtest.Open(t, lab)
	for _, tt := range []struct {
		try  try
		want string // in the text, which is empty when nothing is blocked
	}{
		{try{from: "127.0.0.1", method: "GET", path: "/"}, ""},
		{try{from: "127.0.0.1", method: "PUT", path: "/a?token=x", headers: "Authorization: x"}, ""},
		{try{from: "127.0.0.1", method: "GET", path: "/a?b", credentials: "include"}, "Access-Control-Allow-Credentials"},
		{try{from: "127.0.0.1", method: "REPORT", path: "/"}, "Method REPORT is not allowed"},
		{try{from: "127.0.0.1", method: "GET", path: "/", headers: "X-A: 1"}, "Request header field x-a is not allowed"},
	} {
		state, text := press(tab, tt.try)
		if state != "agree" {
			t.Errorf("%+v: %s", tt.try, state)
		}
		if tt.want == "" {
			if got := said(tab); got != nil {
				t.Errorf("%+v: the console says %q", tt.try, got)
			}
			continue
		}
		got := chromiumtest.Next(tab, tab.Console)
		for strings.Contains(got, "Failed to load resource") {
			got = chromiumtest.Next(tab, tab.Console)
		}
		predicted := chromiumtest.Run(tab, chromedp.Evaluate[string](`document.querySelector("#outcome pre").textContent`))
		if !strings.HasPrefix(got, predicted) || !strings.Contains(predicted, tt.want) || !strings.Contains(text, predicted) {
			t.Errorf("%+v: predicted is %q, and the console says %q", tt.try, predicted, got)
		}
		for _, text := range said(tab) {
			if !strings.Contains(text, "Failed to load resource") {
				t.Errorf("%+v: the console also says %q", tt.try, text)
			}
		}
	}
}

// All can be done with the keyboard, each field has a label, and on a telephone
// nothing sticks out.
func TestByKeyboard(t *testing.T) {
	if testing.Short() {
		t.Skip("uses a browser")
	}
	site, lab := serve(t, handler(t, ""))
	tab := chromiumtest.Open(t, lab)
	tab.Do(chromedp.EmulateViewport(390, 844))
	unlabelled := chromiumtest.Run(tab, chromedp.Evaluate[[]string](`[...document.querySelectorAll("main :is(input, select, textarea, button)")].filter(
		(e) => e.matches("button") ? !e.textContent.trim() : e.labels.length !== 1).map((e) => e.outerHTML)`))
	if len(unlabelled) > 0 {
		t.Errorf("without a label: %q", unlabelled)
	}
	tab.Do(chromedp.Focus(chromedp.ID("origin")))
	var path []string
	for range 9 {
		path = append(path, chromiumtest.Run(tab, chromedp.Evaluate[string]("document.activeElement.id || document.activeElement.value || document.activeElement.textContent")))
		tab.Do(chromedp.KeyEvent(kb.Tab))
	}
	want := []string{"origin", "path", "method", "credentials", "headers", "Predict", "127.0.0.1", "try"}
	if !slices.Equal(path[:len(want)], want) {
		t.Errorf("Tab goes along %q, want %q", path, want)
	}
	tab.Do(
		chromedp.Focus(chromedp.ID("origin")), chromedp.KeyEvent("https://"+strings.Repeat("long.", 40)+"example.com"),
		chromedp.Focus(chromedp.ID("method")), chromedp.KeyEvent(kb.End+"X"), chromedp.KeyEvent(kb.Enter),
	)
	await(tab, `document.getElementById("prediction") && [prediction.dataset.verdict]`)
	if at := chromiumtest.Run(tab, chromedp.Evaluate[string]("document.activeElement.id")); at != "answer" {
		t.Errorf("the answer has not the focus: %q has", at)
	}
	ask(handlerAt(site), "GET", "/"+strings.Repeat("long", 40), "Origin", "https://"+strings.Repeat("long", 40))
	await(tab, `document.querySelector("#recent tbody tr") && ["listed by itself"]`)
	for _, open := range []bool{false, true} {
		if open {
			chromiumtest.Run(tab, chromedp.Evaluate[bool](`document.querySelectorAll("details").forEach((d) => d.open = true) === undefined`))
		}
		if wide := chromiumtest.Run(tab, chromedp.Evaluate[int]("document.documentElement.scrollWidth")); wide > 390 {
			t.Errorf("the page is %d pixels wide, open: %v", wide, open)
		}
	}
	tab.Do(chromedp.Navigate(lab + "?origin=x#answer"))
	if at := chromiumtest.Run(tab, chromedp.Evaluate[string]("document.activeElement.id")); at != "wrong" {
		t.Errorf("what is wrong has not the focus: %q has", at)
	}
	tab.Do(chromedp.Focus(chromedp.ID("try")), chromedp.KeyEvent(kb.Enter))
	if shown := await(tab, `["busy", undefined].includes(document.getElementById("outcome")?.dataset.state) ? null : [outcome.dataset.state]`); shown[0] != "agree" {
		t.Errorf("got %s", shown)
	}
	if got := said(tab); slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "Content Security Policy") }) {
		t.Errorf("the console says %q", got)
	}
}

// handlerAt passes requests on to a server.
func handlerAt(site string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.RequestURI = ""
		r.URL.Scheme, r.URL.Host = "http", strings.TrimPrefix(site, "http://")
		response, err := http.DefaultTransport.RoundTrip(r)
		if err == nil {
			_ = response.Body.Close()
		}
	})
}

// Without script the page predicts, and offers nothing that would need it.
func TestWithoutScript(t *testing.T) {
	if testing.Short() {
		t.Skip("uses a browser")
	}
	_, lab := serve(t, handler(t, "CORS_ALLOWED_ORIGINS = [\"https://app.example.com\"]\n"))
	tab := chromiumtest.Open(t, lab)
	if _, err := chromedp.Call(tab.Context, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	tab.Do(chromedp.Navigate(lab), chromedp.SendKeys(chromedp.ID("origin"), app+kb.Enter), chromedp.WaitVisible(chromedp.CSS(`#prediction[data-verdict="allowed"]`)))
	if shown := chromiumtest.Run(tab, chromedp.Evaluate[bool](`document.querySelector("[data-needs-script]").hidden`)); !shown {
		t.Error("the button is offered")
	}
}

// A site that speaks TLS is tried from the same pages: those of this machine are
// trusted without it.
func TestTLS(t *testing.T) {
	if testing.Short() {
		t.Skip("presses the button in a browser")
	}
	server := httptest.NewTLSServer(handler(t, listed))
	defer server.Close()
	tab := chromiumtest.Open(t, "about:blank")
	if _, err := chromedp.Call(tab.Context, security.SetIgnoreCertificateErrors, security.SetIgnoreCertificateErrorsParams{Ignore: true}); err != nil {
		t.Fatal(err)
	}
	tab.Do(chromedp.Navigate(server.URL + workbench.Path + "cors/"))
	for from, want := range map[string]string{"127.0.0.1": "The browser: readable.", "localhost": "The browser: blocked."} {
		if state, text := press(tab, try{from: from, method: "PUT", path: "/"}); state != "agree" || !strings.Contains(text, want) {
			t.Errorf("%s: %s\n%s", from, state, text)
		}
	}
}
