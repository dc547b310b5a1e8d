package settled_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settledtest"
)

// The message about two routes shows the settings that bring them to where they
// are, whatever those are.
func TestPlacesOfRoutesThatOverlap(t *testing.T) {
	nothing := func(http.ResponseWriter, *http.Request) {}
	apps := settledtest.Apps{
		"things": func() settled.App { return routed{routes: []settled.Route{settled.Path("/things/{id}", nothing, "")}} },
		"latest": func() settled.App {
			return routed{routes: []settled.Route{settled.Path("/{kind}/latest", nothing, "")}}
		},
		"both": func() settled.App {
			return routed{routes: []settled.Route{settled.Path("/both", nothing, ""), settled.Path("/both", nothing, "")}}
		},
	}
	for _, tt := range []struct{ name, toml, at, note, hint string }{
		{"neither in URLS", `INSTALLED_APPS = ["things", "latest"]`, "INSTALLED_APPS[1]", "INSTALLED_APPS[0]", "elsewhere with URLS"},
		{"one in URLS", "INSTALLED_APPS = [\"things\", \"latest\"]\n[URLS]\n\"/\" = \"things\"", "INSTALLED_APPS[1]", `URLS."/"`, "elsewhere with URLS"},
		{"the other in URLS", "INSTALLED_APPS = [\"things\", \"latest\"]\n[URLS]\n\"/{x}/\" = \"latest\"\n\"/a/\" = \"things\"",
			`URLS."/{x}/"`, `URLS."/a/"`, "elsewhere with URLS"},
		{"both the same app", "INSTALLED_APPS = [\"things\"]\n[URLS]\n\"/{x}/\" = \"things\"\n\"/{y}/\" = \"things\"",
			`URLS."/{y}/"`, `URLS."/{x}/"`, "one of the two paths"},
		{"both its own routes", `INSTALLED_APPS = ["both"]`, "INSTALLED_APPS[0]", "", "one of the two patterns"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := settledtest.Setup(t, apps, "DEBUG = true\n"+tt.toml)
			ms := p.Check(settled.Selection{})
			if len(ms) == 0 || ms[0].ID != "urls.E101" || ms[0].Class != checks.Unbuildable {
				t.Fatal(ms)
			}
			note := ""
			for _, r := range ms[0].Related {
				note += string(r.Setting)
			}
			if string(ms[0].Setting) != tt.at || note != tt.note || !strings.Contains(ms[0].Hint, tt.hint) ||
				strings.Count(ms[0].Text, "(route_check_test.go:") != 2 {
				t.Errorf("at %s, note at %q: %v", ms[0].Setting, note, ms[0])
			}
		})
	}
}
