package settled

import (
	"context"
	"errors"
	"strings"
)

// Reverse returns the path of a route, Django's reverse: name is "app:name", and
// the arguments are what stands for the wildcards of its pattern, in their order,
// the mount's first; or one Kwargs. A value is written as fmt does and escaped so
// that it stays one part of the path; one for "{rest...}" keeps its slashes.
//
//	settled.Reverse(r.Context(), "polls:detail", 5) // "/polls/5/"
//
// As a function of html/template, it is Django's url tag:
//
//	template.New("").Funcs(template.FuncMap{"url": settled.Reverse})
//	<a href="{{url .Request.Context "polls:detail" 5}}">
//
// Of an app that URLS mounts at several paths, it is the one that the request
// came under, else the first. The wildcards of the mount that the request came
// under need no arguments: an app knows those of its own routes only. Of several
// routes with one name, the last counts that takes these arguments, as in
// Django. Whether another route of the site is more specific for that path is
// not looked at.
//
// ctx is the context of a request that a site answers, or made from that. The
// error is a *NoReverseMatch when there is no such route.
func Reverse(ctx context.Context, name string, args ...any) (string, error) {
	s, ok := siteFrom(ctx)
	if !ok {
		return "", errors.New("settled.Reverse needs the context of a request; outside of one, call Reverse of the settled.Site")
	}
	targets := s.targets[name]
	if len(targets) == 0 || !targets[0].placed {
		return s.reverse(targets, nil, name, args)
	}
	at, _ := ctx.Value(mountKey{}).(*mounted)
	return s.reverse(targets, at, name, args)
}

// Reverse is like the function of that name, outside of a request.
func (s *Site) Reverse(name string, args ...any) (string, error) {
	return s.reverse(s.targets[name], nil, name, args)
}

// Kwargs are arguments for Reverse by the names of the wildcards.
type Kwargs = map[string]any

// reverse must not keep args: so a call costs two allocations, a value's and the
// path's.
func (s *Site) reverse(targets []target, at *mounted, name string, args []any) (string, error) {
	var space [128]byte
	if at != nil {
		for i := range targets {
			if t := &targets[i]; at.isAbove(t) {
				if path, ok := t.inner.with(append(space[:0], at.prefix...), args); ok {
					return string(path), nil
				}
			}
		}
	}
	for i := range targets {
		if path, ok := targets[i].all.with(space[:0], args); ok {
			return string(path), nil
		}
	}
	return "", s.noReverseMatch(targets, at, name, args)
}

// target is a named route, for Reverse.
type target struct {
	app, mount string
	pattern    string // as served
	all, inner form   // with the mount, and without it
	// placed says that where the request came in decides which of the targets
	// of a name it is, or which path it has.
	placed bool
}

// targetsOf are the routes that can be reversed, by "app:name". Of each name
// those of the first mount come first, and of one mount the last.
func targetsOf(routes []appRoute) map[string][]target {
	targets := map[string][]target{}
	for i, start := 0, 0; i < len(routes); i++ {
		if i+1 < len(routes) && routes[i+1].app == routes[i].app && routes[i+1].mount == routes[i].mount {
			continue
		}
		for j := i; j >= start; j-- {
			r := routes[j]
			if r.Name == "" {
				continue
			}
			_, path := splitPattern(r.Pattern)
			prefix := strings.TrimSuffix(r.mount, "/")
			name := r.app + ":" + r.Name
			targets[name] = append(targets[name], target{app: r.app, mount: r.mount, pattern: r.Pattern,
				all: parseForm(path), inner: parseForm(path[len(prefix):]), placed: r.placed})
		}
		start = i + 1
	}
	return targets
}
