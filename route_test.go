package settled_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/settledtest"
)

// routed is an app with these routes, each answering with its name.
type routed struct {
	bare
	routes []settled.Route
}

func (a routed) Routes() []settled.Route { return a.routes }

// routedApps are apps by name, each with routes written "name: PATTERN".
func routedApps(apps map[string][]string) settledtest.Apps {
	made := settledtest.Apps{}
	for app, lines := range apps {
		made[app] = func() settled.App {
			var a routed
			for _, line := range lines {
				name, pattern, _ := strings.Cut(line, ": ")
				a.routes = append(a.routes, settled.Route{Pattern: pattern, Name: name,
					Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, name) })})
			}
			return a
		}
	}
	return made
}

// The list of routes is in the order of the settings, with where each route was
// written.
func TestProjectRoutes(t *testing.T) {
	apps := routedApps(map[string][]string{"polls": {"index: GET /{$}", "detail: POST  \t/{id}/"}, "blog": {": /blog/"}, "quiet": nil})
	apps["shop"] = newShop
	p, ms := settledtest.Setup(t, apps, `
		DEBUG = true
		INSTALLED_APPS = ["quiet", "shop", "polls", "blog"]
		[URLS]
		"/z/" = "polls"
		"/a/{team}/" = "polls"
		"/" = "blog"`)
	if len(ms) > 0 {
		t.Fatal(ms)
	}
	var got []string
	for _, r := range p.Routes() {
		if r.App == "shop" {
			if r.Place == "" || !strings.Contains(filepath.Base(r.Place), "site_test.go:") {
				t.Errorf("the place of %s is %q", r.Pattern, r.Place)
			}
			continue
		}
		got = append(got, fmt.Sprintf("%s|%s|%s:%s|%s|%s", r.Method, r.Pattern, r.App, r.Name, r.Mount, r.Place))
	}
	want := []string{
		"GET|/z/{$}|polls:index|/z/|",
		"POST|/z/{id}/|polls:detail|/z/|",
		"GET|/a/{team}/{$}|polls:index|/a/{team}/|",
		"POST|/a/{team}/{id}/|polls:detail|/a/{team}/|",
		"|/blog/|blog:|/|",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
