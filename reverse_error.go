package settled

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/settled-go/settled/internal/nearest"
	"github.com/settled-go/settled/internal/printable"
)

// A NoReverseMatch is the error of Reverse when no route has that name and takes
// these arguments, as in Django.
type NoReverseMatch struct {
	Name string // that was asked for
	why  string
}

func (e *NoReverseMatch) Error() string { return fmt.Sprintf("Reverse for %q %s", e.Name, e.why) }

func (s *Site) noReverseMatch(targets []target, at *mounted, name string, args []any) error {
	e := &NoReverseMatch{Name: name}
	if len(targets) == 0 {
		e.why = "not found: " + s.unknownName(name)
		return e
	}
	e.why = describeArgs(args) + " not found: "
	if slices.ContainsFunc(args, func(a any) bool { _, ok := a.(Kwargs); return ok && len(args) > 1 }) {
		e.why += "values and Kwargs can't be mixed"
		return e
	}
	if len(targets) == 1 {
		e.why += "1 pattern tried: "
	} else {
		e.why += fmt.Sprintf("%d patterns tried: ", len(targets))
	}
	for i := range targets {
		if i > 0 {
			e.why += "; "
		}
		e.why += fmt.Sprintf("%q %s", targets[i].pattern, targets[i].refusal(at, args))
	}
	return e
}

// unknownName says why there is no route of that name, and which was meant.
func (s *Site) unknownName(name string) string {
	names := slices.Sorted(maps.Keys(s.targets))
	app, route, qualified := strings.Cut(name, ":")
	if !qualified {
		i := slices.IndexFunc(names, func(n string) bool { return strings.HasSuffix(n, ":"+name) })
		if i >= 0 {
			return fmt.Sprintf("a name begins with the app's; did you mean %q?", names[i])
		}
		return "a name begins with the app's, as in \"polls:detail\"; manage showurls lists them"
	}
	var apps, own []string
	for _, n := range names {
		its, route, _ := strings.Cut(n, ":")
		apps = append(apps, its)
		if its == app {
			own = append(own, route)
		}
	}
	switch near := nearest.Name(app, apps); {
	case len(own) == 0 && near != "":
		return fmt.Sprintf("%q is no installed app with named routes; did you mean %q?", app, near)
	case len(own) == 0:
		return fmt.Sprintf("%q is no installed app with named routes; manage showurls lists them", app)
	}
	if near := nearest.Name(route, own); near != "" {
		return fmt.Sprintf("app %q has no route of that name; did you mean %q?", app, app+":"+near)
	}
	return fmt.Sprintf("app %q has no route of that name, but %s", app, quoted(own))
}

// refusal says why a target does not take these arguments.
func (t *target) refusal(at *mounted, args []any) string {
	f := &t.all
	if at != nil && at.isAbove(t) {
		f = &t.inner
	}
	values := args
	kwargs, named := kwargsOf(args)
	if named {
		values, _ = f.order(kwargs)
	}
	if len(values) != len(f.gaps) || named && len(kwargs) != len(f.gaps) {
		return f.takes(named)
	}
	for i, g := range f.gaps {
		if _, ok := g.append(nil, values[i]); !ok && g.rest {
			return fmt.Sprintf("can't have %s for {%s...}: no part between its slashes may be empty, \".\" or \"..\"", describeArg(values[i]), g.name)
		} else if !ok {
			return fmt.Sprintf("can't have %s for {%s}: it would be no part of the path", describeArg(values[i]), g.name)
		}
	}
	return "takes them" // which no caller asks
}

// takes says which arguments fill the form.
func (f *form) takes(named bool) string {
	switch {
	case len(f.gaps) == 0:
		return "takes none"
	case named:
		names := make([]string, len(f.gaps))
		for i, g := range f.gaps {
			names[i] = g.name
		}
		return "takes " + quoted(names)
	}
	return fmt.Sprintf("takes %d", len(f.gaps))
}

func quoted(names []string) string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = strconv.Quote(name)
	}
	return strings.Join(all, ", ")
}

// describeArgs are the arguments in one line.
func describeArgs(args []any) string {
	if len(args) == 0 {
		return "with no arguments"
	}
	texts := make([]string, len(args))
	for i, arg := range args {
		texts[i] = describeArg(arg)
	}
	return "with arguments (" + strings.Join(texts, ", ") + ")"
}

func describeArg(arg any) string {
	switch v := arg.(type) {
	case string:
		return strconv.Quote(v)
	case []byte:
		return strconv.Quote(string(v))
	case Kwargs:
		var pairs []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			pairs = append(pairs, name+"="+describeArg(v[name]))
		}
		return strings.Join(pairs, ", ")
	}
	return printable.Line(fmt.Sprint(arg))
}
