package lab_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/internal/chromiumtest"
	"github.com/settled-go/settled/manage/workbench"
	"github.com/settled-go/settled/settledtest"
)

func TestMain(m *testing.M) { chromiumtest.Main(m) }

// echo is an app that answers every path.
type echo struct{}

func (echo) Settings() any { return nil }

func (echo) Routes() []settled.Route {
	return []settled.Route{settled.Path("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("X-A", "1")
		w.Header().Set("X-B", "2")
		fmt.Fprint(w, "hello")
	}, "echo")}
}

const base = `DEBUG = true
INSTALLED_APPS = ["corsheaders", "echo"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]
`

var apps = settledtest.Apps{"corsheaders": corsheaders.NewApp, "echo": func() settled.App { return echo{} }}

// handler is a site with the workbench, as manage runserver serves it.
func handler(t *testing.T, settings string) http.Handler {
	t.Helper()
	return workbench.Handler(settledtest.Start(t, apps, base+settings))
}

// toolOf is the laboratory that a site's app brings.
func toolOf(t *testing.T, site *settled.Site) http.Handler {
	t.Helper()
	app, ok := settled.Get[*corsheaders.App](site.Project())
	if !ok {
		t.Fatal("corsheaders is not installed")
	}
	return app.Tools(site)[0].Handler
}

// serve serves a handler, and returns its address and that of the laboratory.
func serve(t *testing.T, h http.Handler) (site, lab string) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL, server.URL + workbench.Path + "cors/"
}

// A try is what is filled in, and where the browser is to ask from.
type try struct {
	from, method, path, headers, credentials string
}

// press fills in the fields of the laboratory, presses the button and returns
// what the page makes of it: its state, and its text.
func press(tab *chromiumtest.Tab, v try) (state, text string) {
	tab.T.Helper()
	fields, err := json.Marshal(map[string]string{"method": v.method, "path": v.path, "headers": v.headers, "credentials": cmp.Or(v.credentials, "same-origin")})
	if err != nil {
		tab.T.Fatal(err)
	}
	chromiumtest.Run(tab, chromedp.Evaluate[bool](fmt.Sprintf(`(() => {
		for (const [id, value] of Object.entries(%s)) document.getElementById(id).value = value;
		document.getElementById("outcome")?.remove(); // that of the last time
		return true;
	})()`, fields)))
	tab.Do(
		chromedp.Click(chromedp.CSS(fmt.Sprintf(`input[name=from][value="%s"]`, v.from))),
		chromedp.Click(chromedp.ID("try")),
	)
	shown := await(tab, `["busy", undefined].includes(document.getElementById("outcome")?.dataset.state) ? null :
		[outcome.dataset.state, document.getElementById("answer").innerText]`)
	return shown[0], shown[1]
}

// await is the value of an expression when it has one. The page may be left in
// between, which ends the looking.
func await(tab *chromiumtest.Tab, expression string) []string {
	tab.T.Helper()
	for {
		value, err := chromedp.Run(tab.Context, chromedp.Poll[[]string](expression))
		switch {
		case err == nil:
			return value
		case tab.Context.Err() != nil:
			tab.T.Fatal(err)
		}
	}
}
