package settings

// Secret is a setting whose value is never shown.
type Secret struct{ data *secretData }

type secretData struct{ value, env, file string }

// NewSecret is a secret with a value.
func NewSecret(value string) Secret {
	var s Secret
	s.setLiteral(value)
	return s
}

// Value is the secret itself.
func (s Secret) Value() string {
	if s.data == nil {
		return ""
	}
	return s.data.value
}

// IsSet reports whether there is a value or a reference to one.
func (s Secret) IsSet() bool { return s.data != nil }

func (s *Secret) setLiteral(value string) { s.data = &secretData{value: value} }
func (s *Secret) setEnv(name string)      { s.data = &secretData{env: name} }
func (s *Secret) setFile(path string)     { s.data = &secretData{file: path} }

func (s *Secret) resolve(lookupEnv func(string) (string, bool)) error { return nil }

func (s Secret) available(lookupEnv func(string) (string, bool)) error { return nil }
