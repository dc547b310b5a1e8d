package settled

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/settings"
)

// settingTables are the settings of the installed apps, without secrets.
func (p *Project) settingTables() []pages.Table {
	var tables []pages.Table
	for _, info := range p.apps {
		var facts []pages.Fact
		for _, f := range settings.Fields(info.Settings) {
			if !f.Removed {
				facts = append(facts, pages.Fact{Name: f.Name, Value: f.Shown() + p.writtenAt(f)})
			}
		}
		if len(facts) > 0 {
			tables = append(tables, pages.Table{Title: info.Name, Facts: facts})
		}
	}
	return tables
}

// writtenAt is a comment that says where a setting is written; empty for a default.
func (p *Project) writtenAt(f settings.Field) string {
	at := p.file.Origin(checks.Path(f.Name))
	if at == (checks.Range{}) && f.Alias != "" {
		at = p.file.Origin(checks.Path(f.Alias))
	}
	switch {
	case at.File == "":
		return ""
	case at.Start.Line == 0:
		return "  # " + at.File
	}
	return fmt.Sprintf("  # %s:%d", at.File, at.Start.Line)
}

// leastSecret is how long a secret has to be to be looked for in other texts: hiding
// every "dev" would tell more than it hides.
const leastSecret = 8

// scrubber takes the secrets of the settings and of the request out of a text: an
// error may well quote one.
func (s *Site) scrubber(r *http.Request) func(string) string {
	var secrets []string
	for _, info := range s.project.apps {
		for _, f := range settings.Fields(info.Settings) {
			name := f.Name
			if f.Hidden {
				name = "SECRET"
			}
			secrets = append(secrets, settings.Secrets(name, f.Value)...)
		}
	}
	secrets = append(secrets, requestSecrets(r)...)
	secrets = slices.DeleteFunc(secrets, func(s string) bool { return len(s) < leastSecret })
	// A secret that holds another one goes first.
	slices.SortFunc(secrets, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	var pairs []string
	for _, secret := range secrets {
		pairs = append(pairs, secret, stars)
	}
	replacer := strings.NewReplacer(pairs...)
	return func(text string) string { return replacer.Replace(settings.HidePasswords(text)) }
}

// requestSecrets are the values of cookies, of hidden headers and of hidden names in
// queries and forms.
func requestSecrets(r *http.Request) []string {
	var secrets []string
	for name, values := range r.Header {
		if isHiddenName(name) {
			for _, value := range values {
				secrets = append(append(secrets, value), strings.Fields(value)...)
			}
		}
	}
	for _, cookie := range r.Cookies() {
		secrets = append(secrets, cookie.Value)
	}
	for name, values := range r.PostForm {
		if isHiddenName(name) {
			secrets = append(secrets, values...)
		}
	}
	for name, values := range r.URL.Query() {
		if isHiddenName(name) {
			secrets = append(secrets, values...)
		}
	}
	return secrets
}
