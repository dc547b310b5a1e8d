package corsheaders

import (
	"cmp"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// regexChecks are about what the regexes let in, as package witness proves it.
func (a *App) regexChecks() []settled.Check {
	rows := []settled.Check{
		{IDs: []string{"corsheaders.E102", "corsheaders.W102"}, Settings: []string{regexes, allOrigins, credentials}, Run: a.perRegex(a.checkStrangers)},
		{IDs: []string{"corsheaders.E105", "corsheaders.W105"}, Settings: []string{regexes, allOrigins, credentials}, Run: a.perRegex(a.checkTenants)},
		{IDs: []string{"corsheaders.E132"}, Settings: []string{regexes, allOrigins, credentials}, Fixable: true, Run: a.perRegex(a.checkAnchors)},
		{IDs: []string{"corsheaders.W133"}, Settings: []string{regexes, allOrigins, credentials}, Fixable: true, Run: a.perRegex(a.checkDots)},
		{IDs: []string{"corsheaders.W134"}, Settings: []string{regexes, allOrigins, credentials}, Deploy: true, Run: a.perRegex(a.checkBothSchemes)},
		{IDs: []string{"corsheaders.E135"}, Settings: []string{urlsRegex}, Run: a.checkURLs},
		{IDs: []string{"corsheaders.E136"}, Settings: []string{regexes, allOrigins, credentials}, Run: a.perRegex(checkUnsent)},
		{IDs: []string{"corsheaders.I136"}, Settings: []string{regexes, allOrigins}, Run: a.perRegex(checkSize)},
	}
	for i := range rows {
		rows[i].Tags = tags
	}
	return rows
}

// perRegex runs a check on each regex.
func (a *App) perRegex(check func(verdict) checks.Messages) func(*settled.Project) checks.Messages {
	return func(*settled.Project) (ms checks.Messages) {
		for _, v := range a.verdicts() {
			ms = append(ms, check(v)...)
		}
		return ms
	}
}

// pageCan says what follows for whoever visits a page that is let in.
func (a *App) pageCan() string {
	if a.settings.AllowCredentials {
		return "a page there could read the answers made for a logged-in user"
	}
	return "a page there could read the answers"
}

// graver is an error with credentials, and a warning without.
func (a *App) graver(id, format string, args ...any) checks.Message {
	if a.settings.AllowCredentials {
		return checks.Errorf("corsheaders.E"+id, format, args...)
	}
	return checks.Warningf("corsheaders.W"+id, format, args...)
}

func (a *App) checkStrangers(v verdict) checks.Messages {
	if v.Stranger == "" && !v.everyone {
		return nil
	}
	regex, stranger := quote(v.pattern), quote(v.Stranger)
	m := a.graver("102", "Regex %s in %s lets in %s, which nobody who wrote it can have meant: %s", regex, regexes, stranger, a.pageCan()).
		WithHint("let it spell out the end of the host behind a dot or ://, as in '^https://([a-z0-9-]+\\.)*example\\.com$'")
	if len(v.Tails) > 0 {
		m = m.WithHint("let nothing but a dot or :// stand before %s, and nothing but a port behind it", quote(v.Tails[0]))
	}
	if v.everyone { // for whatever reason, and none of the others is reported
		m = a.graver("102", "Regex %s in %s lets in every origin, %s for one: %s", regex, regexes, quote(cmp.Or(v.Stranger, probes[0])), a.pageCan()).
			WithHint("spell out the hosts that are meant; if every website is, say so with %s = true", allOrigins)
		if strings.HasPrefix(v.pattern, "|") || strings.HasSuffix(v.pattern, "|") {
			m = m.WithHint("take out the |: nothing stands beside it, and that matches everything")
		}
	}
	return checks.Messages{m.On(v.on)}
}

func (a *App) checkTenants(v verdict) checks.Messages {
	if v.Tenant == "" || v.everyone {
		return nil
	}
	return checks.Messages{a.graver("105",
		"Regex %s in %s lets in %s, and anybody can have such a name below %s: %s",
		quote(v.pattern), regexes, quote(v.Tenant), quote(v.Suffix), a.pageCan()).
		On(v.on).WithHint("spell out the whole name before %s, or list the origins in %s", quote("."+v.Suffix), origins)}
}

func (a *App) checkAnchors(v verdict) checks.Messages {
	if v.Unanchored == "" || v.everyone {
		return nil
	}
	why := "does not end with $"
	start, end := v.OpenSide()
	if end > 0 {
		why = "has a side of its alternation that does not end with $"
	}
	fixed := v.anchored()
	return checks.Messages{checks.Errorf("corsheaders.E132",
		"Regex %s in %s %s, so that it lets in %s too: %s", quote(v.pattern), regexes, why, quote(v.Unanchored), a.pageCan()).
		On(v.on).In(start, end).WithHint("write %s", quote(fixed)).
		Fix(checks.Edit{Do: checks.Replace, Setting: v.on, Text: fixed})}
}

func (a *App) checkDots(v verdict) checks.Messages {
	if v.Dotless == "" || v.everyone {
		return nil
	}
	at, fixed := v.Dots()[0], v.Escaped()
	return checks.Messages{checks.Warningf("corsheaders.W133",
		"A dot in regex %s in %s is not escaped and stands for any character, so that it lets in %s too: %s",
		quote(v.pattern), regexes, quote(v.Dotless), a.pageCan()).
		On(v.on).In(at, at+1).WithHint("write %s", quote(fixed)).
		Fix(checks.Edit{Do: checks.Replace, Setting: v.on, Text: fixed})}
}

func (a *App) checkBothSchemes(v verdict) checks.Messages {
	if v.Plain == "" || v.everyone || !a.settings.AllowCredentials {
		return nil
	}
	start, end := v.Scheme()
	return checks.Messages{checks.Warningf("corsheaders.W134",
		"Regex %s in %s lets in %s as well as %s, with credentials and not encrypted: "+inBetween,
		quote(v.pattern), regexes, quote(v.Plain), quote(strings.Replace(v.Plain, "http", "https", 1))).
		On(v.on).In(start, end).WithHint("begin it with ^https:// and nothing optional")}
}

func checkSize(v verdict) checks.Messages {
	if !v.TooLarge {
		return nil
	}
	return checks.Messages{checks.Infof("corsheaders.I136",
		"Regex %s in %s is too large to decide whether it lets in origins that nobody means", quote(v.pattern), regexes).
		On(v.on).WithHint("repeat less in it, or split it into several regexes")}
}
