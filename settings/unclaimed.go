package settings

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/django"
)

// Unclaimed reports what the file, its bases and the environment say that no
// app takes, in the order of a report. It is for after every Decode and Offer.
//
//   - settings.E002: no app has such a setting, or a table no such entry
//   - settings.E004: a setting below a [table] header, which makes it an entry
//     of the table
//   - settings.E005: a setting's name in the wrong case
//   - settings.E006: a setting of an app that is not installed
//   - settings.E007: a well-known wrong name of a setting
//   - settings.E008: a variable that overrides no setting
func (f *File) Unclaimed() checks.Messages { return f.open().unclaimed() }

func (f *file) unclaimed() checks.Messages {
	s := newSurvey(f)
	for _, src := range f.sources {
		s.read(src)
	}
	s.readVariables()
	return s.report()
}

// A survey is one search for what is unclaimed.
type survey struct {
	f      *file
	claims claims
	folded map[string]string // all settings by their names in lower case
	names  suggester
	secret []checks.Path // what was probably meant for a secret
	found  []stray
}

// A stray is a message, and the source that holds what nobody takes; nil when
// that is the environment.
type stray struct {
	message checks.Message
	source  *source
	// slip is the same for all that one slip has led to, such as a missing app;
	// empty for a slip of its own.
	slip string
}

func newSurvey(f *file) *survey {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := &survey{f: f, folded: map[string]string{}}
	s.claims = claims{installed: maps.Clone(f.claims.installed), linked: maps.Clone(f.claims.linked), wrong: maps.Clone(f.claims.wrong)}
	s.claims.installed[extends] = claim{app: "settings", name: extends} // it is every file's own
	s.names.names = s.claims.all()
	for _, name := range slices.Backward(s.names.names) {
		s.folded[strings.ToLower(name)] = name
	}
	return s
}

func (s *survey) read(src *source) {
	for _, name := range slices.Sorted(maps.Keys(src.values)) {
		if name == extends {
			continue
		}
		c, ok := s.claims.installed[name]
		if !ok {
			s.unknown(src, name)
		}
		strays{s, src}.look(src.values[name], c.typ, &trail{key: name})
	}
}

// unknown reports a setting that no installed app has.
func (s *survey) unknown(src *source, name string) {
	path := checks.Path("").Key(name)
	meant, how := s.meant(name)
	s.concealLike(meant.typ, path)
	m := checks.Errorf(idUnknown, "no installed app has a setting %s, so it does nothing", shorten(path)).
		WithHint("take it out, or add its app to INSTALLED_APPS")
	switch how {
	case byName:
		m = checks.Errorf(idNotInstalled, "%s is a setting of %s, which is not installed, so it does nothing", path, meant.app).
			WithHint("add %q to INSTALLED_APPS", meant.app)
	case byFold:
		m = checks.Errorf(idWrongCase, "no app has a setting %s: upper and lower case differ, so it does nothing", path).
			WithHint("write %s", meant.name)
	case byWrongName:
		m = checks.Errorf(idWrongName, "no app has a setting %s: it is called %s, so this one does nothing", path, meant.name).
			WithHint("write %s", meant.name)
	case byDjango:
		m = m.WithHint("%s", django.Setting(name))
	case bySpelling:
		m = m.WithHint("did you mean %s?", meant.name)
	}
	if how == byFold || how == byWrongName || how == bySpelling {
		m.Meant = checks.Path("").Key(meant.name)
	}
	slip := ""
	if _, isTable := src.values[name].(map[string]any); how == byName {
		slip = "without app " + meant.app
	} else if isTable {
		slip = below(src, path)
	}
	s.add(src, slip, m.On(path))
}

// A likeness says by what a name was found to be meant for a setting.
type likeness int

const (
	byNothing likeness = iota
	byName             // of an app that is not installed
	byFold             // but for its case
	byWrongName
	byDjango // for nothing: it is one of Django's that Settled does not have
	bySpelling
)

// meant is the setting that a name nobody takes was probably meant for, and how
// that is known.
func (s *survey) meant(name string) (claim, likeness) {
	if c, ok := s.claims.linked[name]; ok {
		return c, byName
	}
	if c, ok := s.claims.find(s.folded[strings.ToLower(name)]); ok {
		return c, byFold
	}
	if c, ok := s.claims.find(s.claims.wrong[foldName(name)]); ok {
		return c, byWrongName
	}
	if django.Setting(name) != "" {
		return claim{}, byDjango
	}
	if c, ok := s.claims.find(s.names.near(name)); ok {
		return c, bySpelling
	}
	return claim{}, byNothing
}

// concealLike hides a value that was probably meant for a setting of a type.
func (s *survey) concealLike(t reflect.Type, path checks.Path) {
	if t != nil && holdsSecret(t) {
		s.secret = append(s.secret, path)
	}
}

// add reports a name.
func (s *survey) add(src *source, slip string, m checks.Message) {
	s.found = append(s.found, stray{m, src, slip})
}

// below is the slip of a header that should not be there: the settings below it
// are entries of a table then.
func below(src *source, table checks.Path) string { return "below " + src.name + " " + string(table) }

// report places what was found, which is dear before all secrets are known. Of
// what comes from one slip, all follows from the first.
func (s *survey) report() checks.Messages {
	s.f.conceal(s.secret)
	for i, found := range s.found {
		if found.source != nil {
			s.found[i].message.At = s.f.locateNameIn(found.source, found.message.Setting)
		}
	}
	slices.SortStableFunc(s.found, func(a, b stray) int { return checks.Compare(a.message, b.message) })
	var ms checks.Messages
	first := map[string]checks.Message{}
	for _, found := range s.found {
		m := found.message
		if cause, ok := first[found.slip]; ok {
			m = m.From(cause.ID, cause.Setting)
		} else if found.slip != "" {
			first[found.slip] = m
		}
		ms = append(ms, m)
	}
	return ms
}

// readVariables looks at the environment. What Decode has taken is claimed.
func (s *survey) readVariables() {
	for _, variable := range slices.Sorted(maps.Keys(s.f.env)) {
		name, ok := strings.CutPrefix(variable, envPrefix)
		if _, claimed := s.claims.installed[name]; ok && (!claimed || name == extends) && variable != envFile {
			s.variable(variable, name)
		}
	}
}

func (s *survey) variable(variable, name string) {
	path := checks.Path("").Key(name)
	m := checks.Errorf(idVariable, "%s overrides nothing: no installed app has a setting %s",
		shorten(checks.Path("").Key(variable)), shorten(path)).WithHint("unset it")
	meant, how := s.meant(name)
	switch how {
	case byName:
		m = m.WithHint("add %q to INSTALLED_APPS", meant.app)
	case byFold, byWrongName, bySpelling:
		m = m.WithHint("did you mean %s%s?", envPrefix, meant.name)
	}
	if name == extends || meant.name == extends {
		m.Text, m.Hint = variable+" overrides nothing: which files to read is said in files alone", "set EXTENDS in the file"
	}
	m.At = checks.Range{File: variable}
	if meant.name != "" && how != byName {
		m.Meant = checks.Path("").Key(meant.name)
	}
	s.add(nil, "", m.On(path).Of(checks.Unbuildable))
}
