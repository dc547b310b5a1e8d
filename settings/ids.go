package settings

// The ids of what is wrong with a settings file. An id is never given to
// another problem.
const (
	idSyntax       = "settings.E001" // not TOML
	idUnknown      = "settings.E002" // a name that no app has
	idType         = "settings.E003" // a wrong type, where the field's tag has no id
	idInTable      = "settings.E004" // a setting below a [table] header
	idWrongCase    = "settings.E005" // a name in the wrong case
	idNotInstalled = "settings.E006" // a setting of an app that is not installed
	idWrongName    = "settings.E007" // a well-known wrong name
	idVariable     = "settings.E008" // a variable that overrides nothing, or can't be read
	idExtends      = "settings.E009" // a file that can't be extended
	idSecret       = "settings.E010" // a secret that can't be read
	idSecretLater  = "settings.I010" // the same, before it is needed
	idContest      = "settings.E012" // a setting of two apps
)
