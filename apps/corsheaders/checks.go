package corsheaders

import (
	"slices"

	"github.com/settled-go/settled"
)

// tags are those of all checks about who may read what.
var tags = []string{"security"}

// Checks are the app's system checks: those that the rules of Settings make
// while the file is decoded, and those that look at the whole project.
func (a *App) Checks() []settled.Check {
	return slices.Concat(a.ruleChecks(), a.accessChecks())
}

// ruleChecks have no Run: Settings.Rules finds what they are about.
func (a *App) ruleChecks() []settled.Check {
	return []settled.Check{{
		IDs: []string{
			"corsheaders.E001", "corsheaders.E002", "corsheaders.E003", "corsheaders.E004", "corsheaders.E005",
			"corsheaders.E006", "corsheaders.E007", "corsheaders.E008", "corsheaders.E009", "corsheaders.E012",
			"corsheaders.E013", "corsheaders.E014", "corsheaders.E015", "corsheaders.E101", "corsheaders.E112",
			"corsheaders.E131", "corsheaders.W141", "corsheaders.E142", "settings.E011",
		},
		Tags: tags,
	}}
}
