package settings

import (
	"cmp"
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/go-playground/validator/v10"
	"github.com/settled-go/settled/checks"
)

// Validate reports what breaks the rules of a settings struct, or of the
// struct that v points to: the standard tags of validator/v10 and, when it is
// Ruled, its own. Messages come in struct order, those of a list in its order,
// and the same on every run. Nil has no messages; what is neither a struct nor
// a pointer to one panics, as does a tag that doesn't exist.
//
// A standard tag that fails is an error of class checks.Unbuildable. Its id is
// that of the field's tag check:"tag=ID", else the id of a wrong type, else
// settings.E003. Validate is safe for concurrent use.
func Validate(v any) checks.Messages { return validateNamed(v, nil) }

// validateNamed is Validate with the names that the user wrote: nameOf gives a
// setting's alias when the file has only that, and otherwise the name itself,
// also for one that it doesn't know.
func validateNamed(v any, nameOf func(name string) string) checks.Messages {
	value, ok := structOf(v)
	if !ok {
		return nil
	}
	if nameOf == nil {
		nameOf = func(name string) string { return name }
	}
	r := &run{value: value, nameOf: nameOf, rules: rulesOf(value)}
	if len(r.rules) > 0 {
		r.settings = value.Interface()
	}
	r.plan = planOf(value.Type(), r.rules)
	r.askValidator()
	r.askRules()
	return r.messages()
}

func rulesOf(value reflect.Value) []Rule {
	if ruled, ok := value.Addr().Interface().(Ruled); ok {
		return ruled.Rules()
	}
	return nil
}

// A run is one validation of one struct.
type run struct {
	plan     *plan
	value    reflect.Value
	settings any // value, for rules
	rules    []Rule
	nameOf   func(string) string
	found    []finding
}

// A finding is a message and its place in the result.
type finding struct {
	order   []step
	message checks.Message
}

type runKey struct{} // of the *run in a context

// askValidator runs validator's own tags.
func (r *run) askValidator() {
	err := r.plan.validator.Struct(r.value.Addr().Interface())
	var failures validator.ValidationErrors
	errors.As(err, &failures)
	for _, failure := range failures {
		path := strings.TrimPrefix(failure.Namespace(), r.value.Type().Name()+".")
		r.found = append(r.found, r.failure(failure, locate(r.value, path)))
	}
}

// failure is the message for a standard tag that failed.
func (r *run) failure(f validator.FieldError, at place) finding {
	id := cmp.Or(at.field.ids[f.Tag()], at.field.ids[""], "settings.E003")
	path := r.written(at.path)
	m := checks.Errorf(id, "%s %s", path, r.sentence(f, at)).Of(checks.Unbuildable).On(path).
		WithHint("%s", ruleHint(f.Tag()))
	return finding{order: at.order, message: m}
}

// askRules runs the struct's own rules, field by field.
func (r *run) askRules() {
	if len(r.plan.ruled) == 0 {
		return
	}
	ctx := context.WithValue(context.Background(), runKey{}, r)
	for _, f := range r.plan.ruled {
		value, tags := r.value.FieldByIndex(f.index), f.tags
		if isNil(value) {
			// validator runs nothing on a nil any, and can't dive into nil.
			value, tags = reflect.ValueOf((*any)(nil)), f.whole
		}
		// What it returns is about the fields of a table, which askValidator
		// has reported.
		_ = r.plan.validator.VarWithKeyCtx(ctx, f.name, value.Interface(), tags)
	}
}

func isNil(v reflect.Value) bool {
	return (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil()
}

// ask asks one rule about one field or element.
func (r *run) ask(tag string, fl validator.FieldLevel) {
	i := slices.IndexFunc(r.rules, func(rule Rule) bool { return rule.Tag == tag })
	var value any
	if !isNil(fl.Field()) {
		value = fl.Field().Interface()
	}
	found := r.rules[i].Find(r.settings, value)
	if len(found) == 0 {
		return
	}
	at := locate(r.value, fl.FieldName())
	for _, m := range found {
		r.found = append(r.found, r.complete(m, at))
	}
}

// complete makes a rule's message one about the whole struct.
func (r *run) complete(m checks.Message, at place) finding {
	name := at.field.name
	whole := at.join(m.Setting, r.value.Type())
	m.Setting = r.written(whole.path)
	m.Text = fillNames(m.Text, name, r.nameOf)
	m.Hint = fillNames(m.Hint, name, r.nameOf)
	if m.Because.Setting != "" {
		m.Because.Setting = r.written(at.join(m.Because.Setting, r.value.Type()).path)
	}
	m.Related = slices.Clone(m.Related) // the rule may keep it
	for i, related := range m.Related {
		m.Related[i].Setting = r.written(at.join(related.Setting, r.value.Type()).path)
		m.Related[i].Text = fillNames(related.Text, name, r.nameOf)
	}
	m.Fixes = slices.Clone(m.Fixes)
	for i, e := range m.Fixes {
		m.Fixes[i].Setting = r.written(at.join(e.Setting, r.value.Type()).path)
	}
	return finding{order: whole.order, message: m}
}

// written is a path with the setting's name as the user wrote it.
func (r *run) written(path checks.Path) checks.Path {
	name := path.Name()
	if wrote := r.nameOf(name); wrote != name {
		return checks.Path(wrote) + path[len(name):]
	}
	return path
}

func (r *run) messages() checks.Messages {
	slices.SortStableFunc(r.found, func(a, b finding) int {
		return slices.CompareFunc(a.order, b.order, step.compare)
	})
	var all checks.Messages
	for _, f := range r.found {
		all = append(all, f.message)
	}
	return all
}
