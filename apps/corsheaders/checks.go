package corsheaders

import (
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// The settings that several checks read.
const (
	allOrigins  = "CORS_ALLOW_ALL_ORIGINS"
	credentials = "CORS_ALLOW_CREDENTIALS"
	origins     = "CORS_ALLOWED_ORIGINS"
	regexes     = "CORS_ALLOWED_ORIGIN_REGEXES"
	urlsRegex   = "CORS_URLS_REGEX"
)

// tags are those of all checks about who may read what.
var tags = []string{"security"}

// Checks are the app's system checks: those that the rules of Settings make
// while the file is decoded, and those that look at the whole project.
func (a *App) Checks() []settled.Check {
	return slices.Concat(a.ruleChecks(), a.accessChecks(), a.regexChecks(), a.headerChecks(), a.csrfChecks())
}

// ruleChecks have no Run: decoding and Settings.Rules find what they are about.
func (a *App) ruleChecks() []settled.Check {
	rows := []settled.Check{
		{IDs: []string{"corsheaders.E013"}, Class: checks.Refused, Settings: []string{origins}},
		{IDs: []string{"corsheaders.E014"}, Settings: []string{origins}, Fixable: true},
		{IDs: []string{"corsheaders.E114", "corsheaders.E115", "corsheaders.E116"}, Settings: []string{origins}, Fixable: true},
		{IDs: []string{"corsheaders.E117", "corsheaders.E118", "corsheaders.E119"}, Settings: []string{origins}},
		{IDs: []string{"corsheaders.E101"}, Class: checks.Refused, Settings: []string{credentials, allOrigins, regexes}},
		{IDs: []string{"corsheaders.E131"}, Class: checks.Refused, Settings: []string{regexes, urlsRegex}},
		{IDs: []string{"corsheaders.W141"}, Settings: []string{allOrigins, origins, regexes}, Fixable: true},
		{IDs: []string{"corsheaders.E142"}, Settings: []string{allOrigins, origins, regexes}},
		{IDs: []string{"settings.E011"}, Class: checks.Refused, Settings: []string{
			origins, regexes, urlsRegex, "CORS_ALLOW_HEADERS", "CORS_ALLOW_METHODS", "CORS_EXPOSE_HEADERS"}},
		{IDs: []string{"corsheaders.E012"}, Settings: []string{"CORS_MODEL"}},
		{IDs: []string{"corsheaders.E112"}, Settings: []string{"CORS_REPLACE_HTTPS_REFERER"}},
	}
	for _, typed := range []struct{ id, setting string }{
		{"corsheaders.E001", "CORS_ALLOW_HEADERS"},
		{"corsheaders.E002", "CORS_ALLOW_METHODS"},
		{"corsheaders.E003", credentials},
		{"corsheaders.E004", "CORS_PREFLIGHT_MAX_AGE"},
		{"corsheaders.E005", allOrigins},
		{"corsheaders.E006", origins},
		{"corsheaders.E007", regexes},
		{"corsheaders.E008", "CORS_EXPOSE_HEADERS"},
		{"corsheaders.E009", urlsRegex},
		{"corsheaders.E015", "CORS_ALLOW_PRIVATE_NETWORK"},
	} {
		rows = append(rows, settled.Check{IDs: []string{typed.id}, Class: checks.Unbuildable, Settings: []string{typed.setting}})
	}
	for i := range rows {
		rows[i].Tags = tags
	}
	return rows
}
