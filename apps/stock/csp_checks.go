package stock

import (
	"maps"
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/nearest"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/middleware/csp"
)

// A directive is one of a policy in the settings.
type directive struct {
	setting, name string // SECURE_CSP, script-src
	kind          directiveKind
	value         any
	entries       []entry
}

// An entry is a string of a directive. It may hold several sources between blanks.
type entry struct {
	text string
	on   checks.Path
}

// on is where the directive is written.
func (d directive) on() checks.Path { return checks.Path(d.setting).Key(d.name) }

// label is how texts call it: SECURE_CSP.script-src.
func (d directive) label() string { return d.setting + "." + printable.Line(d.name) }

func directivesOf(setting string, policy csp.Policy) (all []directive) {
	for _, name := range slices.Sorted(maps.Keys(policy)) {
		sources, _, err := csp.Sources(policy[name])
		if err != nil {
			continue
		}
		d := directive{setting: setting, name: name, kind: directives[strings.ToLower(name)], value: policy[name]}
		_, isText := policy[name].(string)
		for i, source := range sources {
			on := d.on()
			if !isText {
				on = on.Index(i)
			}
			d.entries = append(d.entries, entry{source, on})
		}
		all = append(all, d)
	}
	return all
}

// sources are those of all entries.
func (d directive) sources() (all []string) {
	for _, e := range d.entries {
		all = append(all, strings.Fields(e.text)...)
	}
	return all
}

func (d directive) has(source string) bool {
	return slices.ContainsFunc(d.sources(), func(s string) bool { return strings.EqualFold(s, source) })
}

// cspChecks are about what browsers ignore or understand otherwise.
func cspChecks(a *app[cspSettings]) []settled.Check {
	reads, tags := []string{cspEnforced, cspReportOnly}, []string{"security"}
	all := []settled.Check{
		{IDs: []string{"security.E026"}, Tags: tags, Settings: reads, Class: checks.Unbuildable},
		{IDs: []string{"security.W130"}, Tags: tags, Settings: append(reads, "MIDDLEWARE"),
			Run: func(p *settled.Project) checks.Messages { return checkPolicyUnused(p, a.settings.Settings) }},
	}
	for _, c := range []struct {
		id      string
		fixable bool
		find    func(directive) checks.Messages
	}{
		{"security.W122", false, findUnknownDirective},
		{"security.W123", true, findWords},
		{"security.W124", false, findInlineBesideNonce},
		{"security.W125", false, findNoneBeside},
		{"security.E126", false, findBreaks},
		{"security.W127", false, findAmount},
		{"security.W128", false, findIdleNonce},
		{"security.W129", false, findFixedNonce},
	} {
		all = append(all, settled.Check{IDs: []string{c.id}, Tags: tags, Settings: reads, Fixable: c.fixable,
			Run: func(*settled.Project) (ms checks.Messages) {
				for _, d := range directivesOf(cspEnforced, a.settings.CSP) {
					ms = append(ms, c.find(d)...)
				}
				for _, d := range directivesOf(cspReportOnly, a.settings.ReportOnly) {
					ms = append(ms, c.find(d)...)
				}
				return ms
			}})
	}
	return all
}

func checkPolicyUnused(p *settled.Project, s csp.Settings) (ms checks.Messages) {
	for _, policy := range []struct {
		setting checks.Path
		is      csp.Policy
	}{{cspEnforced, s.CSP}, {cspReportOnly, s.ReportOnly}} {
		if len(policy.is) > 0 && !isListed(p, cspName) {
			ms = append(ms, checks.Warningf("security.W130", "%s is set, but no response will carry it: '%s' is not in MIDDLEWARE", policy.setting, cspName).
				On(policy.setting).See("MIDDLEWARE", "it is missing here").WithHint("add %q to MIDDLEWARE", cspName))
		}
	}
	return ms
}

func findUnknownDirective(d directive) checks.Messages {
	if d.kind != 0 || strings.ContainsFunc(d.name, breaks) || strings.Contains(d.name, " ") {
		return nil // in which case there is an E126
	}
	m := checks.Warningf("security.W122", "%s in %s is no directive that browsers know: they ignore it", printable.Line(d.name), d.setting).On(d.on())
	name := strings.ReplaceAll(strings.ToLower(d.name), "_", "-")
	if near := nearest.Name(name, slices.Sorted(maps.Keys(directives))); near != "" {
		return checks.Messages{m.WithHint("did you mean %s?", near)}
	}
	return checks.Messages{m.WithHint("see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy for those there are")}
}

func findAmount(d directive) checks.Messages {
	list, isList := d.value.([]any)
	m := checks.Warningf("security.W127", "").On(d.on())
	switch {
	case d.kind.takesSources() && isList && len(list) == 0:
		m.Text = d.label() + " has no source, so the directive is not sent, and forbids nothing"
		m = m.WithHint("write [\"'none'\"] to forbid all, or take it out")
	case d.kind.takesSources() && d.value != false && len(d.sources()) == 0:
		m.Text = d.label() + " has no source, which browsers take for 'none': nothing is allowed"
		m = m.WithHint("write [\"'none'\"] if that is meant")
	case d.kind == alone && d.value != false && len(d.sources()) > 0:
		m.Text = d.label() + " takes no value: browsers ignore what is written there"
		m = m.WithHint("write %s = true", d.name)
	default:
		return nil
	}
	return checks.Messages{m}
}
