package settled

import (
	"slices"

	"github.com/settled-go/settled/checks"
)

// Checks are the checks of core: what is found while the project is set up, and
// what needs all of it. Rows without Run are reported on the way.
func (c *core) Checks() []Check {
	return slices.Concat(settingsChecks(), projectChecks(), c.securityChecks())
}

// settingsChecks are about the settings file, and about core's own settings.
func settingsChecks() []Check {
	tags := []string{"settings"}
	return []Check{
		{IDs: []string{"settings.E001", "settings.E003", "settings.E008", "settings.E010", "settings.E012"},
			Tags: tags, Class: checks.Unbuildable},
		{IDs: []string{"settings.E002", "settings.E004", "settings.E005", "settings.E007", "settings.I010"}, Tags: tags},
		{IDs: []string{"settings.E006"}, Tags: tags, Settings: []string{"INSTALLED_APPS"}},
		{IDs: []string{"settings.E009"}, Tags: tags, Class: checks.Unbuildable, Settings: []string{"EXTENDS"}},
		{IDs: []string{"core.E001"}, Tags: tags, Class: checks.Unbuildable, Settings: []string{"ALLOWED_HOSTS", "DEBUG"}},
		{IDs: []string{"core.E003"}, Tags: tags, Class: checks.Unbuildable, Settings: []string{"TRUSTED_PROXIES"}},
		{IDs: []string{"core.E004"}, Tags: tags, Class: checks.Unbuildable, Settings: []string{"SECURE_PROXY_SSL_HEADER"}},
		{IDs: []string{"core.E002"}, Tags: tags, Class: checks.Unbuildable, Settings: []string{"URLS"}},
		{IDs: []string{"settings.W002", "settings.W003"}, Tags: tags, Settings: []string{"SILENCED_SYSTEM_CHECKS"}, Run: checkSilenced},
	}
}

// projectChecks are about the names in INSTALLED_APPS, MIDDLEWARE and URLS and
// what they stand for.
func projectChecks() []Check {
	appsTags, linkTags, urlTags := []string{"apps"}, []string{"middleware"}, []string{"urls"}
	apps, links := []string{"INSTALLED_APPS"}, []string{"MIDDLEWARE"}
	return []Check{
		{IDs: []string{"apps.E001", "apps.E002", "apps.E003"}, Tags: appsTags, Class: checks.Unbuildable, Settings: apps},
		{IDs: []string{"apps.E004"}, Tags: appsTags, Class: checks.Unbuildable, Settings: []string{"INSTALLED_APPS", "MIDDLEWARE"}},
		{IDs: []string{"apps.C001"}, Tags: appsTags},
		{IDs: []string{"middleware.E001"}, Tags: linkTags, Class: checks.Refused, Settings: links, Fixable: true},
		{IDs: []string{"middleware.E002", "middleware.E003"}, Tags: linkTags, Class: checks.Unbuildable, Settings: links},
		{IDs: []string{"middleware.E004"}, Tags: linkTags, Class: checks.Unbuildable, Settings: []string{"INSTALLED_APPS", "MIDDLEWARE"}},
		{IDs: []string{"middleware.E005"}, Tags: linkTags, Settings: []string{"INSTALLED_APPS", "MIDDLEWARE"}, Run: checkCORSMissing},
		{IDs: []string{"middleware.E007"}, Tags: linkTags, Class: checks.Refused, Settings: links},
		{IDs: []string{"middleware.E006", "middleware.E008", "middleware.W001", "middleware.I001"}, Tags: linkTags, Settings: links},
		{IDs: []string{"commands.W101"}, Tags: []string{"commands"}, Settings: apps, Run: checkCommands},
		{IDs: []string{"urls.E101", "urls.E103"}, Tags: urlTags, Class: checks.Unbuildable, Settings: []string{"URLS"}, Run: checkRoutes},
		{IDs: []string{"urls.E102"}, Tags: urlTags, Class: checks.Unbuildable, Settings: []string{"INSTALLED_APPS", "URLS"}},
	}
}
