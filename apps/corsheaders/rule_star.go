package corsheaders

import (
	"regexp"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
)

// findStar reports a wildcard, which there is none of.
func findStar(origin string, on checks.Path, credentials bool) checks.Messages {
	at := strings.IndexByte(origin, '*')
	m := checks.Errorf("corsheaders.E117",
		"Origin %s in {name} has a *, which stands for nothing but itself: browsers send none, so that it never matches", quote(origin)).
		On(on).In(at, at+1)
	if isRegex(origin) {
		return checks.Messages{m.WithHint("%s", regexHint)}
	}
	a := browser.Split(origin)
	if regex, ok := starRegex(a); ok {
		return checks.Messages{m.WithHint("write {name:CORS_ALLOWED_ORIGIN_REGEXES} = [%s]", quote(regex))}
	}
	if a.Host() == "*" {
		return checks.Messages{m.WithHint("%s", everyoneHint(credentials))}
	}
	return checks.Messages{m.WithHint("list the origins that are meant: a regex for this would let in hosts that anyone can get")}
}

// everyoneHint is about a * that stands for all origins. With credentials, what
// its author means is refused.
func everyoneHint(credentials bool) string {
	if credentials {
		return "list the origins that are meant: with {name:CORS_ALLOW_CREDENTIALS} = true, all of them can't be let in"
	}
	return "set {name:CORS_ALLOW_ALL_ORIGINS} = true if every website may read the answers, else list the origins that are meant"
}

// regexHint is about a regex in the list of origins.
const regexHint = "write regexes in {name:CORS_ALLOWED_ORIGIN_REGEXES}: an entry here is one origin, compared as it is"

// isRegex says whether an origin is meant as a regex.
func isRegex(origin string) bool {
	return strings.HasPrefix(origin, "^") || strings.HasSuffix(origin, "$") || strings.Contains(origin, "//.*") ||
		strings.ContainsAny(strings.TrimRight(origin, `\`), `\(`)
}

// starRegex is the regex that does what the author of a wildcard means. There
// is none when that would let in more than the author's own hosts.
func starRegex(a browser.Address) (regex string, ok bool) {
	host, ok := starHost(strings.ToLower(a.Host()))
	if !ok || !a.IsWeb() {
		return "", false
	}
	port, bad := a.CanonicalPort()
	switch {
	case a.Port() == ":*":
		port = `(:\d+)?`
	case bad != "":
		return "", false
	}
	return "^" + a.Scheme() + "://" + host + port + "$", true
}

// starHost is the host's part of the regex. A * at the start stands for any
// number of labels, elsewhere for a part of one.
func starHost(host string) (regex string, ok bool) {
	if !strings.Contains(host, "*") {
		return regexp.QuoteMeta(host), isOwn(host) || browser.EndsInNumber(host)
	}
	tail, below := strings.CutPrefix(host, "*.")
	if !below {
		tail = strings.TrimPrefix(host, "*")
	}
	if !strings.Contains(tail, "*") && tail != host {
		labels := `([a-z0-9-]+\.)`
		if below {
			return labels + "+" + regexp.QuoteMeta(tail), isOwn(tail)
		}
		return labels + "*" + regexp.QuoteMeta(strings.TrimPrefix(tail, ".")), isOwn(strings.TrimPrefix(tail, "."))
	}
	own := host[strings.LastIndexByte(host, '*')+1:]
	_, own, found := strings.Cut(own, ".")
	return strings.ReplaceAll(regexp.QuoteMeta(host), `\*`, "[a-z0-9-]+"), found && isOwn(own)
}

// isOwn says whether a host, with all that is below it, belongs to one owner.
// Nothing is below an address.
func isOwn(host string) bool {
	if _, why := browser.BadLabel(host); why != "" {
		return false
	}
	if browser.EndsInNumber(host) {
		return false
	}
	_, err := publicsuffix.EffectiveTLDPlusOne(host)
	return err == nil || host == "localhost"
}
