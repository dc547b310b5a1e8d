package settledtest

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

// App is the conformance test for an app: call it from a test of the app's
// package. It proves that
//
//   - the app can be registered, so its hooks have the right types;
//   - its settings are written as they have to be, and its defaults keep their
//     own rules;
//   - two apps share no memory;
//   - its middleware has names, and its ids are of the form app.X001, unique, and
//     have tags;
//   - if it explains itself, each setting has a doc comment, each id has a page
//     with a title and a text, and each page an id;
//   - with its settings at their defaults it can be installed, checked, started
//     and closed, twice at the same time.
func App(t *testing.T, name string, new func() settled.App) {
	t.Run("settings", func(t *testing.T) { settingsConform(t, new) })
	t.Run("no shared memory", func(t *testing.T) { sharesNothing(t, new) })
	t.Run("checks", func(t *testing.T) { checksConform(t, new()) })
	t.Run("docs", func(t *testing.T) { docsConform(t, new()) })
	t.Run("middleware", func(t *testing.T) { linksConform(t, new()) })
	t.Run("life", func(t *testing.T) { lives(t, name, new) })
}

func settingsConform(t *testing.T, new func() settled.App) {
	s := new().Settings()
	if s == nil {
		return
	}
	if reflect.TypeOf(s).Kind() != reflect.Pointer || reflect.TypeOf(s).Elem().Kind() != reflect.Struct {
		t.Fatalf("Settings returns a %T, want a pointer to a struct", s)
	}
	if err := settings.CheckStruct(s); err != nil {
		t.Error(err)
	}
	for _, m := range settings.Validate(s) {
		t.Errorf("the defaults break a rule: %v", m)
	}
}

// sharesNothing fills one app's settings with marks and looks for them in
// another's.
func sharesNothing(t *testing.T, new func() settled.App) {
	a, b := new(), new()
	if va := reflect.ValueOf(a); va.Kind() == reflect.Pointer && va.Pointer() == reflect.ValueOf(b).Pointer() && va.Elem().Type().Size() > 0 {
		t.Error("the constructor returns the same app twice")
	}
	sa, sb := a.Settings(), b.Settings()
	if sa == nil {
		return
	}
	before := fmt.Sprintf("%#v", settings.Fields(sb))
	scribble(reflect.ValueOf(sa).Elem())
	if fmt.Sprintf("%#v", settings.Fields(sb)) != before {
		t.Error("a change of one app's settings shows in another's: build the defaults afresh")
	}
}

// scribble changes what slices and maps refer to.
func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				scribble(v.Field(i))
			}
		}
	case reflect.Slice:
		full := v.Slice(0, v.Cap())
		for i := range full.Len() {
			full.Index(i).SetZero()
		}
	case reflect.Map:
		v.Clear()
	}
}

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_]*\.[CEWID][0-9]{3}$`)

func checksConform(t *testing.T, app settled.App) {
	c, ok := app.(settled.Checker)
	if !ok {
		return
	}
	seen := map[string]bool{}
	for _, row := range c.Checks() {
		if len(row.IDs) == 0 || len(row.Tags) == 0 {
			t.Errorf("a check has no ids or no tags: %v %v", row.IDs, row.Tags)
		}
		for _, id := range row.IDs {
			if !idForm.MatchString(id) {
				t.Errorf("id %q is not of the form app.E001", id)
			}
			if seen[id] {
				t.Errorf("id %s stands twice", id)
			}
			seen[id] = true
		}
	}
	if s := app.Settings(); s != nil {
		for _, field := range settings.Fields(s) {
			for _, id := range field.IDs {
				if !seen[id] && !strings.HasPrefix(id, "settings.") {
					t.Errorf("%s can report %s, which none of Checks lists", field.Name, id)
				}
			}
		}
	}
}

func linksConform(t *testing.T, app settled.App) {
	mp, ok := app.(settled.MiddlewareProvider)
	if !ok {
		return
	}
	var names []string
	for _, link := range mp.Middleware() {
		if link.Name == "" || link.New == nil {
			t.Errorf("a link has no name or no New: %q", link.Name)
		}
		if slices.Contains(names, link.Name) {
			t.Errorf("two links are called %s", link.Name)
		}
		names = append(names, link.Name)
	}
}

// lives installs the app with all its middleware, CORS first.
func lives(t *testing.T, name string, new func() settled.App) {
	apps := Apps{name: new}
	toml := "DEBUG = true\nINSTALLED_APPS = [" + quote(name) + "]\nMIDDLEWARE = [" + links(new()) + "]\n"
	p, _ := Setup(t, apps, toml)
	for _, m := range p.Check(settled.Selection{Deploy: true}) {
		if m.Level >= checks.Error {
			t.Errorf("installed with its defaults: %v", m)
		}
	}
	Start(t, apps, toml)
	Start(t, apps, toml)
}

func links(app settled.App) string {
	mp, ok := app.(settled.MiddlewareProvider)
	if !ok {
		return ""
	}
	all := mp.Middleware()
	slices.SortStableFunc(all, corsFirst)
	var names []string
	for _, l := range all {
		names = append(names, quote(l.Name))
	}
	return strings.Join(names, ", ")
}

func corsFirst(a, b middleware.Link) int {
	rank := func(l middleware.Link) int {
		if l.Traits.Is.Has(middleware.CORS) {
			return 0
		}
		return 1
	}
	return rank(a) - rank(b)
}
