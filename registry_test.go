package settled_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// bare is an app that does nothing.
type bare struct{}

func (bare) Settings() any { return nil }

// The hooks of these apps have the right names and the wrong types.
type (
	wrongChecks struct{ bare }
	wrongReady  struct{ bare }
)

func (wrongChecks) Checks() []checks.Message    { return nil }
func (wrongReady) Ready(*settled.Project) error { return nil }
func newBare() settled.App                      { return bare{} }
func panicOf(f func()) (value any)              { defer func() { value = recover() }(); f(); return nil }

func TestRegisterPanics(t *testing.T) {
	for _, tt := range []struct {
		name     string
		register func(r *settled.Registry)
		want     []string
	}{
		{"duplicate", func(r *settled.Registry) { r.Register("a", newBare); r.Register("a", newBare) },
			[]string{`app "a" registered at`, "registry_test.go:", "is already registered at"}},
		{"builtin duplicate", func(r *settled.Registry) { r.RegisterBuiltin("a", newBare); r.Register("a", newBare) },
			[]string{`app "a"`, "already"}},
		{"no name", func(r *settled.Registry) { r.Register("", newBare) }, []string{"needs a name", "registry_test.go:"}},
		{"no constructor", func(r *settled.Registry) { r.Register("a", nil) }, []string{"a constructor", "registry_test.go:"}},
		{"nil app", func(r *settled.Registry) { r.Register("a", func() settled.App { return nil }) }, []string{"returned nil"}},
		{"the core app's name", func(r *settled.Registry) { r.Register("settled", newBare) }, []string{"core"}},
		{"mistyped Checks", func(r *settled.Registry) { r.Register("a", func() settled.App { return wrongChecks{} }) },
			[]string{"method Checks is func() []checks.Message, want func() []settled.Check"}},
		{"mistyped Ready", func(r *settled.Registry) { r.Register("a", func() settled.App { return wrongReady{} }) },
			[]string{"method Ready is func(*settled.Project) error, want func(context.Context, *settled.Project) error"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, _ := panicOf(func() { tt.register(&settled.Registry{}) }).(string)
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("panic %q, want %q in it", text, want)
				}
			}
			if tt.name == "duplicate" && strings.Count(text, "registry_test.go:") != 2 {
				t.Errorf("panic %q does not name both places", text)
			}
		})
	}
}

func TestRegistryNames(t *testing.T) {
	var r settled.Registry
	r.Register("b", newBare)
	r.RegisterBuiltin("z", newBare)
	r.Register("a", newBare)
	if diff := cmp.Diff([]string{"a", "b"}, r.Names()); diff != "" {
		t.Error(diff)
	}
}
