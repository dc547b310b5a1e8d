package explain

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/hosts"
	"github.com/settled-go/settled/internal/shown"
)

// A question is the request that is to be explained.
type question struct {
	browser.Request
	// written is the origin as it was written, when a browser sends another.
	written string
	// address is how the address of the site came about.
	address string
}

// A Question is a request to be explained, as people write it.
type Question struct {
	Origin  string   // of the page, or the page's address
	Method  string   // empty is GET
	Path    string   // what is asked for, or its whole URL
	Host    string   // the site's address; empty: made of ALLOWED_HOSTS
	URL     string   // the whole address; Path and Host don't count then
	Headers []string // NAME or NAME: VALUE
	// Credentials is true for the credentials mode "include".
	Credentials bool
}

// An InputError says what is wrong with a Question.
type InputError struct {
	Field string // origin, path, host or url
	Why   string
}

func (e *InputError) Error() string { return e.Field + ": " + e.Why }

func wrong(field, format string, args ...any) error {
	return &InputError{field, fmt.Sprintf(format, args...)}
}

// ask makes a question that can be answered.
func (s *site) ask(o Question) (question, error) {
	q := question{Request: browser.Request{Method: cmp.Or(o.Method, http.MethodGet), Credentials: o.Credentials}}
	var err error
	if q.Origin, err = browser.ParseOrigin(o.Origin); err != nil {
		return q, wrong("origin", "%s is no origin: %v", quote(o.Origin), err)
	}
	if q.Origin != o.Origin {
		q.written = o.Origin
	}
	for _, header := range o.Headers {
		name, value, _ := strings.Cut(header, ":")
		q.Headers = append(q.Headers, browser.Header{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
	}
	target, how, err := s.target(o, q.Origin)
	if err != nil {
		return q, err
	}
	q.URL, q.address = browser.CanonicalURL(target), how
	return q, nil
}

// target is the address that is asked for, and how it came about.
func (s *site) target(o Question, origin string) (target, how string, err error) {
	if o.URL != "" {
		if !isAbsolute(o.URL) {
			return "", "", wrong("url", "%s is no http or https address", quote(o.URL))
		}
		return o.URL, "", nil
	}
	if isAbsolute(o.Path) {
		return o.Path, "", nil
	}
	if !strings.HasPrefix(o.Path, "/") {
		return "", "", wrong("path", "%s does not begin with a slash", quote(o.Path))
	}
	base, how := s.base(origin)
	if o.Host != "" {
		base, how = withScheme(o.Host), ""
	}
	if !isAbsolute(base) {
		return "", "", wrong("host", "%s is no host", quote(o.Host))
	}
	target = strings.TrimSuffix(base, "/") + o.Path
	if !isAbsolute(target) {
		return "", "", wrong("path", "%s is no path", quote(o.Path))
	}
	return target, how, nil
}

func isAbsolute(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

// withScheme adds the scheme that is most likely.
func withScheme(host string) string {
	if strings.Contains(host, "://") {
		return host
	}
	u, err := url.Parse(browser.CanonicalURL("http://" + host))
	if err == nil && browser.SpaceOf(u.Hostname()) != browser.Public {
		return "http://" + host
	}
	return "https://" + host
}

// runserverPort is where runserver serves unless told otherwise.
const runserverPort = "8000"

// base is where the site is taken to be, and why.
func (s *site) base(origin string) (base, how string) {
	core := s.project.Core()
	for i, host := range core.AllowedHosts {
		name := strings.TrimPrefix(host, ".")
		if name == "*" || name == "" {
			continue
		}
		how = "The address is made of ALLOWED_HOSTS" + s.at("ALLOWED_HOSTS", i) + "; --host names another."
		if browser.SpaceOf(name) == browser.Loopback {
			return "http://" + name + ":" + runserverPort, how
		}
		return "https://" + name, how
	}
	how = "The address is that of runserver; --host names another."
	if page, err := url.Parse(origin); err == nil && hosts.Allowed(strings.ToLower(bracketed(page)), hosts.Debug()) {
		return "http://" + bracketed(page) + ":" + runserverPort, how
	}
	return "http://127.0.0.1:" + runserverPort, how
}

// bracketed is the host of a URL without its port.
func bracketed(u *url.URL) string { return strings.TrimSuffix(u.Host, ":"+u.Port()) }

// arguments are those of the command that asks the server itself. They come
// from a text that somebody else wrote, and are meant to be pasted into a shell.
func (q question) arguments() string {
	args := []string{"--origin", word(q.Origin)}
	if q.Method != "" && q.Method != "GET" {
		args = append(args, "--method", word(q.Method))
	}
	for _, h := range q.Headers {
		args = append(args, "--header", word(h.Name))
	}
	if q.Credentials {
		args = append(args, "--credentials")
	}
	return strings.Join(append(args, "--url", inQuotes(shown.URL(q.URL))), " ")
}

// word is a text as one word of a shell.
func word(s string) string {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-._/:", r) {
			return inQuotes(s)
		}
	}
	return s
}

func inQuotes(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
