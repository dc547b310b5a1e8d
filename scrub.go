package settled

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/settled-go/settled/internal/shown"
	"github.com/settled-go/settled/settings"
)

// leastSecret is how long a secret has to be to be looked for in other texts: hiding
// every "dev" would tell more than it hides.
const leastSecret = 8

// hider puts shown.Stars for secrets wherever they stand: an error may well quote one.
func hider(written []string) func(string) string {
	// A secret that holds another one goes first.
	slices.SortFunc(written, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	var pairs []string
	for _, secret := range slices.Compact(written) {
		pairs = append(pairs, secret, shown.Stars)
	}
	replacer := strings.NewReplacer(pairs...)
	return func(text string) string { return replacer.Replace(settings.HidePasswords(text)) }
}

// settingSecrets are the secrets of the settings, as texts may have them.
func (p *Project) settingSecrets() []string {
	var secrets []string
	for _, info := range p.apps {
		for _, f := range settings.Fields(info.Settings) {
			name := f.Name
			if f.Hidden {
				name = "SECRET"
			}
			secrets = append(secrets, settings.Secrets(name, f.Value)...)
		}
	}
	return spelled(secrets)
}

// spelled are the secrets that are long enough, in the ways in which errors write them:
// as they are, in quotes, in JSON and in a URL, which *url.Error quotes.
func spelled(secrets []string) []string {
	written := make([]string, 0, len(secrets))
	for _, secret := range secrets {
		if len(secret) < leastSecret {
			continue
		}
		written = append(written, secret)
		if escaped := url.QueryEscape(secret); escaped != secret { // else the others leave it as it is, too
			quoted := strconv.Quote(secret)
			encoded, _ := json.Marshal(secret) // of a string
			written = append(written, escaped, url.PathEscape(secret), quoted[1:len(quoted)-1], string(encoded[1:len(encoded)-1]))
		}
	}
	return written
}

// scrubber is for what answers a request: it knows what the client sent, too.
func (s *Site) scrubber(r *http.Request) func(string) string {
	return hider(append(spelled(requestSecrets(r)), s.secrets()...))
}

// scrub is a text about a request as it may be logged. A text that can't be looked
// through is left out.
func scrub(r *http.Request, text string) (safe string) {
	defer func() {
		if recover() != nil {
			safe = shown.Stars
		}
	}()
	s, ok := siteFrom(r.Context())
	if !ok {
		return settings.HidePasswords(text)
	}
	// Those that are not there, of which a client can send thousands, cost least when
	// they are not looked for together.
	secrets := append(spelled(requestSecrets(r)), s.secrets()...)
	secrets = slices.DeleteFunc(secrets, func(secret string) bool { return !strings.Contains(text, secret) })
	return hider(secrets)(text)
}

// discreet is an error of an app whose text quoted a secret. HideSecrets is for who
// prints the errors that it wraps.
type discreet struct {
	error
	hide func(string) string
}

// Discreet is err, with stars in its text for the secrets of the settings, for errors
// of apps that are to be printed. What err wraps is wrapped still. Without a secret in
// its text, as for nil, it is err itself; passwords in URLs are the printer's to hide.
func (p *Project) Discreet(err error) error {
	if err == nil {
		return nil
	}
	hide := hider(p.settingSecrets())
	if text := err.Error(); hide(text) != settings.HidePasswords(text) {
		return &discreet{err, hide}
	}
	return err
}

func (d *discreet) Error() string                  { return d.hide(d.error.Error()) }
func (d *discreet) Unwrap() error                  { return d.error }
func (d *discreet) HideSecrets(text string) string { return d.hide(text) }

// requestSecrets are the values of cookies, of hidden headers and of hidden names in
// queries and forms.
func requestSecrets(r *http.Request) []string {
	var secrets []string
	for name, values := range r.Header {
		if shown.IsHidden(name) {
			for _, value := range values {
				secrets = append(append(secrets, value), strings.Fields(value)...)
			}
		}
	}
	if _, password, ok := r.BasicAuth(); ok {
		secrets = append(secrets, password)
	}
	for _, cookie := range r.Cookies() {
		secrets = append(secrets, cookie.Value)
	}
	for name, values := range r.PostForm {
		if shown.IsHidden(name) {
			secrets = append(secrets, values...)
		}
	}
	for name, values := range r.URL.Query() {
		if shown.IsHidden(name) {
			secrets = append(secrets, values...)
		}
	}
	return secrets
}
