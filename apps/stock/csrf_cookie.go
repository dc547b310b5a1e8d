package stock

import (
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/middleware/csrf"
	"github.com/settled-go/settled/settings"
)

// inQuotes is a text from the settings in single quotes, on one line and without
// secrets.
func inQuotes(text string) string { return "'" + printable.Line(settings.HideText(text)) + "'" }

// badCookie is about a part of a cookie that none can have.
func badCookie(format string, args ...any) checks.Messages {
	return checks.Messages{checks.Errorf("csrf.E106", format, args...).Of(checks.Unbuildable)}
}

// findCookieName is the rule for the name, and for what browsers ask of a cookie whose
// name has one of two prefixes
// (https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-cookie-name-prefixes).
func findCookieName(all, value any) (ms checks.Messages) {
	s, name := all.(csrfSettings), value.(string)
	if !csrf.IsToken(name) {
		return badCookie("%s in {name} is not the name of a cookie", inQuotes(name))
	}
	lower := strings.ToLower(name)
	host := strings.HasPrefix(lower, "__host-")
	lacks := func(what, setting, hint string) {
		m := checks.Errorf("csrf.E107", "The name %s in {name} asks for a cookie %s: browsers refuse this one, and so every form is refused",
			inQuotes(name), what).WithHint("%s", hint)
		ms = append(ms, m.See(checks.Path(setting), "this does not fit the name"))
	}
	if (host || strings.HasPrefix(lower, "__secure-")) && !s.CookieSecure {
		lacks("that is Secure", "CSRF_COOKIE_SECURE", "set {name:CSRF_COOKIE_SECURE} = true, or take another name")
	}
	if host && s.CookieDomain != "" {
		lacks("without a Domain", "CSRF_COOKIE_DOMAIN", "take {name:CSRF_COOKIE_DOMAIN} out, or begin the name with __Secure-")
	}
	if host && s.CookiePath != "/" {
		lacks("whose Path is /", "CSRF_COOKIE_PATH", "set {name:CSRF_COOKIE_PATH} = \"/\", or begin the name with __Secure-")
	}
	return ms
}

// findCookieDomain is the rule for the domain; whether it is the site's is a check.
func findCookieDomain(_, value any) checks.Messages {
	domain := value.(string)
	if strings.Trim(strings.ToLower(strings.TrimPrefix(domain, ".")), "abcdefghijklmnopqrstuvwxyz0123456789-._") == "" {
		return nil
	}
	ms := badCookie("%s in {name} is not a domain: browsers would drop the cookie", inQuotes(domain))
	ms[0].Hint = "write the domain alone, without scheme, port and path: \".example.com\""
	return ms
}

func findCookiePath(_, value any) checks.Messages {
	path := value.(string)
	if path == "" || strings.HasPrefix(path, "/") && csrf.IsAttribute(path) {
		return nil
	}
	ms := badCookie("%s in {name} is not the path of a cookie: it begins with a slash and has no semicolon", inQuotes(path))
	ms[0].Hint = "write \"/\", unless only a part of the site has forms"
	return ms
}

// findSameSite is the rule for the attribute SameSite. In Django a value that it can't
// have fails when the first cookie is set.
func findSameSite(all, value any) checks.Messages {
	s, sameSite := all.(csrfSettings), value.(string)
	if !csrf.IsSameSite(sameSite) {
		return checks.Messages{checks.Errorf("csrf.E105", `{name} must be "Lax", "None", or "Strict", and is %s`, inQuotes(sameSite)).
			WithHint("write \"Lax\", unless pages of other sites send requests with cookies").Of(checks.Unbuildable)}
	}
	if strings.EqualFold(sameSite, "None") && !s.CookieSecure {
		return checks.Messages{checks.Errorf("security.E103",
			"{name} is %q while {name:CSRF_COOKIE_SECURE} is false: browsers refuse a cookie with SameSite=None that is not Secure, and so every form is refused", sameSite).
			See("CSRF_COOKIE_SECURE", "this is false").
			WithHint("set {name:CSRF_COOKIE_SECURE} = true, or {name} = \"Lax\" if no page of another site sends requests with cookies")}
	}
	return nil
}

func findHeaderName(_, value any) checks.Messages {
	name := value.(string)
	if csrf.IsHeaderName(name) {
		return nil
	}
	m := checks.Errorf("csrf.E108", "%s in {name} is not the name of a header as Django writes it: no request would ever have it", inQuotes(name)).
		Of(checks.Unbuildable)
	if csrf.IsToken(name) {
		return checks.Messages{m.WithHint("write %q", "HTTP_"+strings.ToUpper(strings.ReplaceAll(name, "-", "_")))}
	}
	return checks.Messages{m.WithHint("write HTTP_, and the name in upper case with underscores: \"HTTP_X_CSRFTOKEN\"")}
}

func findSessions(_, value any) checks.Messages {
	if !value.(bool) {
		return nil
	}
	return checks.Messages{checks.Errorf("csrf.E104", "{name} is true, and Settled has no sessions yet: there is nowhere to keep the token").
		WithHint("take it out: the token is kept in a cookie; sessions are planned").Of(checks.Unbuildable)}
}

// findFailureView has Django's words for a view that is not there, which is true of
// all but Django's own.
func findFailureView(_, value any) checks.Messages {
	view := value.(string)
	if view == csrf.Defaults().FailureView {
		return nil
	}
	return checks.Messages{checks.Errorf("security.E102", "The CSRF failure view %s could not be imported.", inQuotes(view)).
		WithHint("take {name} out: Settled answers with Django's page, and as problem details where a client asks for JSON; for another page, write a middleware that replaces it")}
}
