package settings

import "strings"

const (
	// envPrefix and a setting's name are the variable that overrides it.
	envPrefix = "SETTLED_"
	// envFile says which settings file to load, and overrides nothing.
	envFile = "SETTLED_SETTINGS"
)

// An environment is variables by their names.
type environment map[string]string

// newEnvironment takes "K=V" entries. Of several with one name the first
// counts, as in os.Getenv.
func newEnvironment(entries []string) environment {
	e := environment{}
	for _, entry := range entries {
		name, value, ok := strings.Cut(entry, "=")
		if _, known := e[name]; ok && !known {
			e[name] = value
		}
	}
	return e
}

func (e environment) lookup(name string) (value string, ok bool) {
	value, ok = e[name]
	return value, ok
}

// override is the variable that overrides a setting, and its value. EXTENDS
// can't be overridden: the files have been read by then.
func (e environment) override(setting string) (variable, value string, ok bool) {
	variable = envPrefix + setting
	if variable == envFile || setting == extends {
		return variable, "", false
	}
	value, ok = e[variable]
	return variable, value, ok
}
