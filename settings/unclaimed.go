package settings

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
)

// Unclaimed reports what the file, its bases and the environment say that no
// app takes, in the order of a report. It is for after every Decode and Offer.
//
//   - settings.E002: no app has such a setting, or a table no such entry
//   - settings.E004: a setting below a [table] header, which makes it an entry
//     of the table
//   - settings.E005: a setting's name in the wrong case
//   - settings.E006: a setting of an app that is not installed
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
}

func newSurvey(f *file) *survey {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := &survey{f: f, folded: map[string]string{}}
	s.claims = claims{installed: maps.Clone(f.claims.installed), linked: maps.Clone(f.claims.linked)}
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
	other, wrongCase := s.claims.find(s.folded[strings.ToLower(name)])
	if !wrongCase {
		other, _ = s.claims.find(s.names.near(name))
	}
	s.concealLike(other.typ, path)
	m := checks.Errorf(idUnknown, "no installed app has a setting %s, so it does nothing", shorten(path)).On(path)
	if c, linked := s.claims.linked[name]; linked {
		m = checks.Errorf(idNotInstalled, "%s is a setting of %s, which is not installed, so it does nothing", path, c.app).On(path).
			WithHint("add %q to INSTALLED_APPS", c.app)
	} else if wrongCase {
		m = checks.Errorf(idWrongCase, "no app has a setting %s: upper and lower case differ, so it does nothing", path).On(path).
			WithHint("write %s", other.name)
	} else if other.name != "" {
		m = m.WithHint("did you mean %s?", other.name)
	} else {
		m = m.WithHint("take it out, or add its app to INSTALLED_APPS")
	}
	s.add(src, m)
}

// concealLike hides a value that was probably meant for a setting of a type.
func (s *survey) concealLike(t reflect.Type, path checks.Path) {
	if t != nil && holdsSecret(t) {
		s.secret = append(s.secret, path)
	}
}

// add reports a name.
func (s *survey) add(src *source, m checks.Message) { s.found = append(s.found, stray{m, src}) }

// report places what was found, which is dear before all secrets are known.
func (s *survey) report() checks.Messages {
	s.f.conceal(s.secret)
	var ms checks.Messages
	for _, found := range s.found {
		m := found.message
		if found.source != nil {
			m.At = s.f.locateNameIn(found.source, m.Setting)
		}
		ms = append(ms, m)
	}
	ms.Sort()
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
	other, near := s.claims.find(s.names.near(name))
	if c, linked := s.claims.linked[name]; linked {
		m = m.WithHint("add %q to INSTALLED_APPS", c.app)
	} else if near {
		m = m.WithHint("did you mean %s%s?", envPrefix, other.name)
	}
	if name == extends || near && other.name == extends {
		m.Text, m.Hint = variable+" overrides nothing: which files to read is said in files alone", "set EXTENDS in the file"
	}
	m.At = checks.Range{File: variable}
	s.add(nil, m.On(path).Of(checks.Unbuildable))
}
