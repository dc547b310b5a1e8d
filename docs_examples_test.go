package settled_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
	"github.com/settled-go/settled/settledtest"
)

// example is a line of a page that is said to be wrong or right.
var example = regexp.MustCompile(`(?m)^([A-Z_]+) = (.*?) +# (wrong|right)`)

// grounds are what an example may stand on; one that is wrong is so on one of
// them, one that is right on all.
var grounds = []string{
	"DEBUG = true\nINSTALLED_APPS = [\"corsheaders\"]\nMIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\"]\nCORS_ALLOWED_ORIGINS = [\"https://qx.example\"]\n",
	"DEBUG = true\nINSTALLED_APPS = [\"corsheaders\"]\nMIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\"]\nCORS_ALLOWED_ORIGINS = [\"https://qx.example\"]\nCORS_ALLOW_CREDENTIALS = true\n",
}

// What a page says is wrong has its finding, and what it says is right has not.
func TestExamplesOfPages(t *testing.T) {
	p, _ := settledtest.Setup(t, exampleApps, "")
	tried := 0
	for _, page := range p.Pages() {
		for _, m := range example.FindAllStringSubmatch(page.Text, -1) {
			if strings.HasPrefix(page.ID, "middleware.") || page.ID == "settings.E004" {
				continue // made-up names; a matter of the line above
			}
			tried++
			if found := findsIn(t, m[1], m[2], page.ID); found != (m[3] == "wrong") {
				t.Errorf("%s: %s = %s is said to be %s, and the finding is there: %v", page.ID, m[1], m[2], m[3], found)
			}
		}
	}
	if tried < 40 {
		t.Errorf("only %d examples", tried)
	}
}

// findsIn says whether a setting brings a finding on one of the grounds.
func findsIn(t *testing.T, name, value, id string) bool {
	t.Helper()
	for _, ground := range grounds {
		line := regexp.MustCompile(`(?m)^` + name + ` = .*\n`)
		f, err := settings.Parse("page.toml", []byte(line.ReplaceAllString(ground, "")+name+" = "+value+"\n"), settings.Options{})
		if err != nil {
			return strings.Contains(err.Error(), id)
		}
		var r settled.Registry
		r.Register("corsheaders", exampleApps["corsheaders"])
		for name, new := range stock.Apps() {
			r.RegisterBuiltin(name, new)
		}
		project, _ := r.Setup(f)
		for _, deploy := range []bool{false, true} {
			ms := project.Check(settled.Selection{Deploy: deploy})
			if slices.ContainsFunc(ms, func(m checks.Message) bool { return m.ID == id }) {
				return true
			}
		}
	}
	return false
}
