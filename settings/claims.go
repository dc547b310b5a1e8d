package settings

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/settled-go/settled/checks"
)

// Claims say which app a setting belongs to.
type claims struct {
	installed map[string]claim  // by name, old names too
	linked    map[string]claim  // of apps that are not installed
	wrong     map[string]string // well-known wrong names, folded: the right ones
	secrets   map[checks.Path]bool
}

// A claim is an app's right to a setting.
type claim struct {
	app   string
	typ   reflect.Type
	name  string // the new one
	alias string // the old one, when there is one
}

func newClaims() claims {
	return claims{installed: map[string]claim{}, linked: map[string]claim{}, wrong: map[string]string{}, secrets: map[checks.Path]bool{}}
}

// A contest is a setting that two apps have.
type contest struct {
	name          string
	first, second string
}

// claim gives an app its settings, but for those that another has already.
func (c claims) claim(app string, fields []field) []contest {
	var contests []contest
	for _, f := range fields {
		c.misname(f)
		for _, name := range names(f) {
			if first, ok := c.installed[name]; ok && first.app != app {
				contests = append(contests, contest{name, first.app, app})
				continue
			}
			c.installed[name] = claim{app, f.typ, f.name, f.alias}
		}
	}
	return contests
}

func (c claims) offer(app string, fields []field) {
	for _, f := range fields {
		c.misname(f)
		for _, name := range names(f) {
			if _, ok := c.linked[name]; !ok {
				c.linked[name] = claim{app, f.typ, f.name, f.alias}
			}
			if holdsSecret(f.typ) {
				c.secrets[checks.Path("").Key(name)] = true
			}
		}
	}
}

// misname takes down under which wrong names a setting is looked for. What is
// wrong for two settings is the first one's.
func (c claims) misname(f field) {
	for _, wrong := range f.wrong {
		if _, ok := c.wrong[foldName(wrong)]; !ok {
			c.wrong[foldName(wrong)] = f.name
		}
	}
}

// foldName is a name as other frameworks may write it too: allowedHosts,
// allowed-hosts and ALLOWED_HOSTS are one.
func foldName(name string) string {
	return strings.Map(func(c rune) rune {
		if c == '_' || c == '-' {
			return -1
		}
		return unicode.ToLower(c)
	}, name)
}

// names are the names that a field has in the file.
func names(f field) []string {
	if f.alias == "" {
		return []string{f.name}
	}
	return []string{f.name, f.alias}
}

// find is the claim to a setting, whether its app is installed or not.
func (c claims) find(name string) (cl claim, ok bool) {
	if cl, ok = c.installed[name]; !ok {
		cl, ok = c.linked[name]
	}
	return cl, ok
}

// all are the names of all settings that there are, sorted, those of installed
// apps first. What has been removed is none.
func (c claims) all() []string {
	all := slices.Concat(slices.Sorted(maps.Keys(c.installed)), slices.Sorted(maps.Keys(c.linked)))
	return slices.DeleteFunc(all, func(name string) bool {
		cl, _ := c.find(name)
		return cl.typ == removedType
	})
}

// Offer says which settings an app has that is linked and not installed, so
// that Unclaimed can say whose they are. dst is the app's settings struct or a
// pointer to it.
func (f *File) Offer(app string, dst any) { f.open().offer(app, dst) }

func (f *file) offer(app string, dst any) {
	value, ok := structOf(dst)
	if !ok {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.claims.offer(app, fieldsOf(value.Type()))
	clear(f.masks)
}
