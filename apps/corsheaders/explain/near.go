package explain

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
)

// A miss is a listed origin that is nearly the one that is asked for.
type miss struct {
	index int
	// how they differ, to be put behind "is 'x', ".
	how string
	// same says that the entry means the same page and is written wrongly: it
	// is to be replaced. Otherwise another is to be added.
	same bool
}

// nearMiss finds the listed origin that is closest; ok is false when none is.
func (s *site) nearMiss(origin string) (m miss, ok bool) {
	best := len(differences)
	for i, entry := range s.origins {
		for rank, d := range differences[:best] {
			if d.holds(entry, origin) {
				m, best, ok = miss{i, d.how, d.same}, rank, true
				break
			}
		}
	}
	return m, ok
}

// differences are in the order of how near they are.
var differences = []struct {
	how   string
	same  bool
	holds func(entry, origin string) bool
}{
	{"in capital letters, which browsers never send", true, func(entry, origin string) bool { return strings.EqualFold(entry, origin) }},
	{"with a slash at the end, which browsers never send", true, func(entry, origin string) bool { return strings.EqualFold(strings.TrimRight(entry, "/"), origin) }},
	{"which a browser never sends in that form", true, func(entry, origin string) bool {
		meant, err := browser.ParseOrigin(entry)
		return err == nil && meant == origin
	}},
	{"without its scheme", true, func(entry, origin string) bool {
		_, rest, _ := strings.Cut(origin, "://")
		return strings.EqualFold(strings.TrimRight(entry, "/"), rest)
	}},
	{"with another scheme", false, differsIn(func(u *url.URL) string { return u.Host })},
	{"with another port", false, differsIn(func(u *url.URL) string { return u.Scheme + "://" + u.Hostname() })},
	{"with another scheme and port", false, differsIn(func(u *url.URL) string { return u.Hostname() })},
	{"with another name for this machine", false, differsIn(func(u *url.URL) string {
		if browser.SpaceOf(u.Hostname()) != browser.Loopback {
			return u.String()
		}
		return u.Scheme + " " + u.Port()
	})},
	{"with or without www.", false, differsIn(func(u *url.URL) string { return u.Scheme + "://" + strings.TrimPrefix(u.Host, "www.") })},
	{"which differs in a letter or two", false, isSlip},
}

// isSlip says whether two texts are the same but for two letters in a row.
func isSlip(a, b string) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 2 && len(b) <= 2
}

// differsIn compares what is left of two origins.
func differsIn(rest func(*url.URL) string) func(entry, origin string) bool {
	return func(entry, origin string) bool {
		a, errA := url.Parse(strings.ToLower(strings.TrimRight(entry, "/")))
		b, errB := url.Parse(origin)
		return errA == nil && errB == nil && a.Host != "" && b.Host != "" && rest(a) == rest(b)
	}
}

// describe says what the near miss is.
func (s *site) describe(m miss) string {
	path := checks.Path("CORS_ALLOWED_ORIGINS").Index(m.index)
	return fmt.Sprintf("%s is %s, %s", s.place(path), quote(s.origins[m.index]), m.how)
}
