package witness

import (
	"net/netip"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// names are the hosts that a pattern spells out.
type names struct {
	tails    []string // each stands for itself and all below
	exact    []string // hosts that are meant alone: IP addresses, intranet names
	suffixes []string // public suffixes below which the name is left open
	schemes  []string // but for http and https: those that are spelled, or all when that is left open
	// anyScheme says that something is left open before a ://.
	anyScheme bool
}

func (n names) hosts() []string { return slices.Concat(n.tails, n.exact) }

// names spells the pattern out. bounded is false when that takes too long.
func (s *sketch) names() (n names, bounded bool) {
	bare := map[int]bool{}
	meantDots(s.text, s.branches, bare)
	spellings, bounded := spellBranches(s.branches, bare)
	if !bounded {
		return names{}, false
	}
	for _, text := range spellings {
		n.add(text)
	}
	n.dropGlued(spellings)
	n.addSuffixes()
	for _, list := range []*[]string{&n.tails, &n.exact, &n.suffixes, &n.schemes} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return n, true
}

// add takes the host of one spelling.
func (n *names) add(text string) {
	host, rooted := hostOf(text)
	switch scheme, _, _ := strings.Cut(text, "://"); {
	case !rooted:
	case isScheme(scheme):
		n.schemes = append(n.schemes, scheme)
	case strings.Contains(scheme, hole):
		n.schemes = append(n.schemes, appSchemes...)
		n.anyScheme = true
	}
	if strings.HasPrefix(host, "[") {
		if strings.HasSuffix(host, "]") && !strings.Contains(host, hole) {
			n.exact = append(n.exact, host)
		}
		return
	}
	i := strings.LastIndex(host, hole)
	if i < 0 {
		n.addHost(host, rooted)
		return
	}
	n.addTail(host[i+1:])
	if i == len(host)-1 { // example\.com.+ names example.com too
		run := host[:i]
		run = run[strings.LastIndex(run, hole)+1:]
		if suffix, managed := suffixIn(run); managed && strings.Count(run, ".") > strings.Count(suffix, ".") || run == "localhost" {
			n.addTail(run)
		}
	}
}

// hostOf cuts the host out of a spelling of an origin; rooted says that its
// start is spelled too.
func hostOf(text string) (host string, rooted bool) {
	before, host, rooted := cutLast(text, "://")
	if !rooted {
		host = before
		host = host[strings.LastIndexByte(host, '/')+1:]
	}
	host, _, _ = strings.Cut(host, "/")
	if end := strings.IndexByte(host, ']'); strings.HasPrefix(host, "[") && end >= 0 {
		return host[:end+1], rooted
	}
	if name, port, found := cutLast(host, ":"); found && strings.Trim(port, "0123456789"+hole) == "" {
		host = name
	}
	return strings.TrimSuffix(host, "."), rooted
}

func cutLast(text, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(text, sep); i >= 0 {
		return text[:i], text[i+len(sep):], true
	}
	return text, "", false
}

// addHost adds a host that is spelled from its start to its end.
func (n *names) addHost(host string, rooted bool) {
	if addr, err := netip.ParseAddr(host); err == nil {
		n.exact = append(n.exact, addr.String())
		return
	}
	suffix, managed := suffixIn(host)
	switch {
	case host == "" || isNumber(host):
	case !isHostText(host): // \*\.example\.com names example.com
		rest, dotted := strings.CutPrefix(host[strings.LastIndexFunc(host, isNoHostText)+1:], ".")
		if suffix, managed := suffixIn(rest); dotted && managed && rest != suffix {
			n.addHost(rest, false)
		}
	case host == "localhost":
		n.tails = append(n.tails, host)
	case host == suffix:
		if rooted || !managed {
			n.exact = append(n.exact, host)
		}
	default:
		if name := registrable(host, suffix); name[0] != '-' {
			n.tails = append(n.tails, name)
		}
	}
}

// previews is the public suffix below which the names that end with --mine are
// mine: Netlify puts a name before them for each preview.
const previews = "netlify.app"

// addTail adds a tail that stands behind something left open.
func (n *names) addTail(run string) {
	tail, dotted := strings.CutPrefix(run, ".")
	if tail == "" || !isHostText(tail) || isNumber(tail) {
		return
	}
	suffix, managed := suffixIn(tail)
	switch {
	case tail == "localhost":
		n.tails = append(n.tails, tail)
	case tail == suffix && !managed:
		// Nobody sells names below .internal or .local, so the tail is one.
		if dotted {
			n.tails = append(n.tails, tail)
		}
	case tail == suffix:
		if dotted || strings.Contains(tail, ".") {
			n.suffixes = append(n.suffixes, tail)
		}
	default:
		name := registrable(tail, suffix)
		switch {
		case !strings.HasPrefix(name, "-"), suffix == previews && strings.HasPrefix(name, "--"):
			n.tails = append(n.tails, name)
		case strings.Contains(suffix, "."):
			n.suffixes = append(n.suffixes, suffix) // [a-z]+-mine\.vercel\.app
		}
	}
}

// suffixIn is the public suffix of a host; managed is false for a top-level
// domain that is not on the list. A host below which each label is a suffix, as
// *.run.app is one, counts as a suffix itself.
func suffixIn(host string) (suffix string, managed bool) {
	below := "-." + host // a label that no rule names
	if suffix, _ := publicsuffix.PublicSuffix(below); suffix == below {
		return host, true
	}
	suffix, icann := publicsuffix.PublicSuffix(host)
	return suffix, (icann || strings.Contains(suffix, ".")) && suffix != homeNetwork
}

// homeNetwork is below .arpa, and each home has its own (RFC 8375).
const homeNetwork = "home.arpa"

// isPublic says whether a named host can be reached from everywhere: names
// without a dot, or below no domain that exists, are those of a private
// network. Private addresses are left out where origins are searched for.
func isPublic(host string) bool {
	if strings.HasPrefix(host, "[") {
		return true
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	_, managed := suffixIn(host)
	return managed && strings.Contains(host, ".")
}

// registrable is the public suffix and the label before it.
func registrable(host, suffix string) string {
	before := strings.TrimSuffix(host[:len(host)-len(suffix)], ".")
	return before[strings.LastIndexByte(before, '.')+1:] + "." + suffix
}

// suffixOf is which of the suffixes an origin's host is below.
func suffixOf(origin string, suffixes []string) string {
	host, _ := hostOf(origin)
	best := ""
	for _, s := range suffixes {
		if host != s && isBelow(host, s) && len(s) > len(best) {
			best = s
		}
	}
	return best
}

// isBelow says whether a host is the tail, or below it.
func isBelow(host, tail string) bool {
	above, found := strings.CutSuffix(host, tail)
	return found && (above == "" || strings.HasSuffix(above, ".") || strings.HasPrefix(tail, "-"))
}

// isNumber says whether a host's last label is a number, so that it is an
// address or nothing.
func isNumber(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	return strings.Trim(last, "0123456789") == ""
}

// isHostText keeps out what no host in the browser's form has.
func isHostText(host string) bool {
	return !strings.ContainsFunc(host, isNoHostText) && !strings.Contains(host, "..") && host[0] != '.'
}

func isNoHostText(r rune) bool {
	return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789.-_", r)
}

// isScheme says whether text can be a scheme, other than those of websites.
func isScheme(text string) bool {
	return text != "" && text != "http" && text != "https" && 'a' <= text[0] && text[0] <= 'z' &&
		strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789+-.") == ""
}
