// Package settledtest helps to test apps of Settled: a project from the text of
// a settings file, and a conformance test for app authors.
package settledtest

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// Apps are constructors by the names under which they are registered.
type Apps map[string]func() settled.App

// builtin stands before the names of builtin apps.
const builtin = "builtin:"

// WithBuiltin are the apps and further ones that are builtin: installed without
// being listed, such as stock.Apps().
func (apps Apps) WithBuiltin(more map[string]func() settled.App) Apps {
	all := maps.Clone(apps)
	for name, new := range more {
		all[builtin+name] = new
	}
	return all
}

// registry holds the apps and no other, so that tests run in parallel and see
// nothing of each other.
func (apps Apps) registry() *settled.Registry {
	var r settled.Registry
	for name, new := range apps {
		if name, is := strings.CutPrefix(name, builtin); is {
			r.RegisterBuiltin(name, new)
			continue
		}
		r.Register(name, new)
	}
	return &r
}

// Setup sets up a project from the text of a settings file, without an
// environment. Its name in messages is test.toml, and relative paths in it start
// at the working directory. The messages are those of Setup; a text that can't
// be read ends the test.
func Setup(t testing.TB, apps Apps, toml string) (*settled.Project, checks.Messages) {
	t.Helper()
	f, err := settings.Parse("test.toml", []byte(toml), settings.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return apps.registry().Setup(f)
}

// Check returns the ids of all that is wrong with a project, in the order of a
// report.
func Check(t testing.TB, apps Apps, toml string) []string {
	t.Helper()
	p, _ := Setup(t, apps, toml)
	var ids []string
	for _, m := range p.Check(settled.Selection{}) {
		ids = append(ids, m.ID)
	}
	return ids
}

// Start starts a project from the text of a settings file and closes it when
// the test ends. A project with errors ends the test.
func Start(t testing.TB, apps Apps, toml string) *settled.Site {
	t.Helper()
	p, _ := Setup(t, apps, toml)
	sound(t, p.Check(settled.Selection{}))
	return start(t, p)
}

// start starts a project and closes it when the test ends.
func start(t testing.TB, p *settled.Project) *settled.Site {
	t.Helper()
	site, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(explained(err))
	}
	t.Cleanup(func() {
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	})
	return site
}

// explained is an error with all that a report has to say of it.
func explained(err error) string {
	var failure *checks.Failure
	if errors.As(err, &failure) {
		return report(failure.Messages)
	}
	return err.Error()
}

func report(ms checks.Messages) string {
	var b strings.Builder
	_ = checks.Printer{}.Print(&b, checks.Report{Messages: ms})
	return b.String()
}

// quote is a TOML basic string.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
