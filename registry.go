package settled

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/settled-go/settled/settings"
)

// A Registry maps names of apps to their constructors. The zero Registry is
// ready to use and holds the core app alone. It is safe for concurrent use.
type Registry struct {
	// Now is the clock by which entries of SILENCED_SYSTEM_CHECKS expire;
	// time.Now when it is nil.
	Now func() time.Time

	mu   sync.RWMutex
	apps map[string]registration
}

type registration struct {
	name    string
	new     func() App
	builtin bool
	place   string
}

// defaultRegistry is the only state that belongs to the process.
var defaultRegistry Registry

// Register makes an app known to the default registry under the name that
// INSTALLED_APPS uses; call it in init. It panics if the name is taken, naming
// both places, and if a method of the app has a hook's name but not its type,
// since such a hook would never run.
func Register(name string, new func() App) { defaultRegistry.add(name, new, false, caller(1)) }

// RegisterBuiltin is Register for an app that is installed wherever it is
// linked in, and never listed.
func RegisterBuiltin(name string, new func() App) { defaultRegistry.add(name, new, true, caller(1)) }

// Register is like the function of that name.
func (r *Registry) Register(name string, new func() App) { r.add(name, new, false, caller(1)) }

// RegisterBuiltin is like the function of that name.
func (r *Registry) RegisterBuiltin(name string, new func() App) { r.add(name, new, true, caller(1)) }

func (r *Registry) today() settings.Date {
	if r.Now != nil {
		return settings.DateOf(r.Now())
	}
	return settings.DateOf(time.Now())
}

// Names are the apps that can be listed in INSTALLED_APPS, sorted.
func (r *Registry) Names() []string {
	var names []string
	for _, reg := range r.registrations() {
		if !reg.builtin {
			names = append(names, reg.name)
		}
	}
	return names
}

func (r *Registry) add(name string, new func() App, builtin bool, place string) {
	if name == "" || new == nil {
		panic(fmt.Sprintf("settled: Register at %s needs a name and a constructor", place))
	}
	if name == coreName {
		panic(fmt.Sprintf("settled: app %q registered at %s: the name is the core app's", name, place))
	}
	if err := checkHooks(new()); err != nil {
		panic(fmt.Sprintf("settled: app %q registered at %s: %v", name, place, err))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if other, taken := r.apps[name]; taken {
		panic(fmt.Sprintf("settled: app %q registered at %s is already registered at %s", name, place, other.place))
	}
	if r.apps == nil {
		r.apps = make(map[string]registration)
	}
	r.apps[name] = registration{name, new, builtin, place}
}

// registrations are the core app, the builtin ones and the others, each kind
// sorted by name.
func (r *Registry) registrations() []registration {
	r.mu.RLock()
	defer r.mu.RUnlock()
	all := []registration{{name: coreName, new: newCore, builtin: true}}
	names := slices.Sorted(maps.Keys(r.apps))
	for _, builtin := range []bool{true, false} {
		for _, name := range names {
			if r.apps[name].builtin == builtin {
				all = append(all, r.apps[name])
			}
		}
	}
	return all
}

// hooks are the optional interfaces of an App, by the name of their method.
var hooks = map[string]reflect.Type{
	"Middleware": reflect.TypeFor[MiddlewareProvider](),
	"Checks":     reflect.TypeFor[Checker](),
	"Routes":     reflect.TypeFor[Router](),
	"Ready":      reflect.TypeFor[Readier](),
	"Commands":   reflect.TypeFor[Commander](),
	"Docs":       reflect.TypeFor[Documenter](),
	"Tools":      reflect.TypeFor[Developer](),
}

// checkHooks makes a mistyped hook loud: without it the method would compile
// and never run.
func checkHooks(app App) error {
	if app == nil {
		return fmt.Errorf("the constructor returned nil")
	}
	t := reflect.TypeOf(app)
	for _, name := range slices.Sorted(maps.Keys(hooks)) {
		method, has := t.MethodByName(name)
		if has && !t.Implements(hooks[name]) {
			want, _ := hooks[name].MethodByName(name)
			return fmt.Errorf("method %s is %v, want %v", name, withoutReceiver(method.Type), want.Type)
		}
	}
	return nil
}

func withoutReceiver(t reflect.Type) reflect.Type {
	in := make([]reflect.Type, 0, t.NumIn())
	for i := 1; i < t.NumIn(); i++ {
		in = append(in, t.In(i))
	}
	out := make([]reflect.Type, 0, t.NumOut())
	for i := range t.NumOut() {
		out = append(out, t.Out(i))
	}
	return reflect.FuncOf(in, out, t.IsVariadic())
}
