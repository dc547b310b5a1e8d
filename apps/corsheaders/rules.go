package corsheaders

import (
	"errors"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/internal/pyre"
	"github.com/settled-go/settled/settings"
)

// findControl reports the first control character of a text. One in a header
// or an origin can mean nothing but a slip of the pen.
func findControl(text string, on checks.Path) checks.Messages {
	start := strings.IndexFunc(text, isControl)
	if start < 0 {
		return nil
	}
	control := []rune(text[start:])[0]
	m := checks.Errorf("settings.E011",
		"%s in {name} holds the control character %U, which no origin, path or header holds", quote(text), control)
	m = m.On(on).In(start, start+len(string(control))).Of(checks.Refused)
	if control == '\b' {
		return checks.Messages{m.WithHint(`write regexes in single quotes, '...': in double quotes TOML reads \b as a backspace`)}
	}
	return checks.Messages{m.WithHint("take the character out")}
}

// isControl knows those that HTTP calls control characters (RFC 9110, section
// 5.5).
func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// findRegexes is the rule for a list of regexes.
func findRegexes(_, value any) (ms checks.Messages) {
	for i, pattern := range value.([]string) {
		ms = append(ms, findInRegex(pattern, element(i))...)
	}
	return ms
}

// findRegex is the rule for a regex.
func findRegex(_, value any) checks.Messages { return findInRegex(value.(string), "") }

// findInRegex reports a regex that can't be read as Python reads it.
func findInRegex(pattern string, on checks.Path) checks.Messages {
	if ms := findControl(pattern, on); ms != nil {
		return ms
	}
	_, err := pyre.Compile(pattern)
	var e *pyre.Error
	if !errors.As(err, &e) {
		return nil
	}
	return checks.Messages{
		checks.Errorf("corsheaders.E131", "Regex %s in {name} can't be used: %s", quote(pattern), e.Text).
			On(on).In(e.Start, e.End).WithHint("%s", e.Hint).Of(checks.Refused),
	}
}

// findCredentials is one of the two rules that Settled never bends: whoever
// lets every website in must not let it in with the user's cookies.
func findCredentials(all, value any) checks.Messages {
	s := all.(Settings)
	open := openRegexes(s.AllowedOriginRegexes)
	if !value.(bool) || !s.AllowAllOrigins && len(open) == 0 {
		return nil
	}
	why, what := "a regex in {name:CORS_ALLOWED_ORIGIN_REGEXES}", "the regex"
	if s.AllowAllOrigins {
		why, what = "{name:CORS_ALLOW_ALL_ORIGINS}", "{name:CORS_ALLOW_ALL_ORIGINS}"
	}
	m := checks.Errorf("corsheaders.E101",
		"{name} is true while %s lets in every origin: any website could read the answers made for a logged-in user", why).
		WithHint("take %s out and list the origins that are meant in {name:CORS_ALLOWED_ORIGINS}, or set {name} = false", what).
		Of(checks.Refused)
	if s.AllowAllOrigins {
		m = m.See("CORS_ALLOW_ALL_ORIGINS", "this lets in every origin")
	}
	for _, i := range open {
		m = m.See(checks.Path("CORS_ALLOWED_ORIGIN_REGEXES").Index(i), "this lets in every origin, %s for one", probes[0])
	}
	return checks.Messages{m}
}

// probes are origins that have nothing in common but their scheme. A regex
// that lets in all of them amounts to all origins.
var probes = [...]string{"https://qzfkxw.com", "https://a.xkzzq.org", "https://jvwq.b.hqzx.io"}

// openRegexes are the indexes of the regexes that amount to all origins.
func openRegexes(patterns []string) (open []int) {
	for i, pattern := range patterns {
		if re, err := pyre.Compile(pattern); err == nil && admitsAll(re) {
			open = append(open, i)
		}
	}
	return open
}

func admitsAll(re *pyre.Pattern) bool {
	for _, probe := range probes {
		if !re.Match(probe) {
			return false
		}
	}
	return true
}

// element is the path of an element, relative to its setting.
func element(i int) checks.Path { return checks.Path("").Index(i) }

// quote puts a text in single quotes, as django-cors-headers' messages do. What
// can't be printed is escaped, so that the text stays on one line; the rest is
// shown as it is written, but for secrets.
func quote(text string) string { return "'" + printable.Line(settings.HideText(text)) + "'" }
