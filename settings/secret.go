package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"regexp"
	"strings"
)

// A Secret is a setting that is never shown: printed, marshalled or logged it
// is 20 stars, or "" when it is not set. In the file it is a string,
// {env = "NAME"} or {file = "path"}; the last two are read by File.Resolve.
// The zero Secret is not set. Copies are independent.
type Secret struct {
	// value is a pointer, never written through, since fmt calls no methods
	// on unexported fields of a struct around the Secret: of a pointer to a
	// string it prints the address, with every verb.
	value     *string
	env, file string // where the value is read from; at most one is set
}

// NewSecret is a secret with a value; "" makes one that is not set.
func NewSecret(value string) Secret {
	var s Secret
	s.setLiteral(value)
	return s
}

// Value is the secret itself. One that comes from a variable or a file is empty
// until File.Resolve has read it.
func (s Secret) Value() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// IsSet reports whether there is a value that is not empty, or a variable or a
// file to read it from.
func (s Secret) IsSet() bool { return s != Secret{} }

// Reference is where the value is read from: "env" and a variable's name, "file"
// and a path. Both are empty for a secret that is written in the settings, or
// not set.
func (s Secret) Reference() (kind, name string) {
	switch {
	case s.env != "":
		return "env", s.env
	case s.file != "":
		return "file", s.file
	}
	return "", ""
}

// String is 20 stars, whatever the secret is; "" when it is not set.
func (s Secret) String() string {
	if !s.IsSet() {
		return ""
	}
	return stars
}

// GoString is String, for %#v.
func (s Secret) GoString() string { return s.String() }

// Format prints String for every verb.
func (s Secret) Format(f fmt.State, _ rune) { io.WriteString(f, s.String()) }

// MarshalText is String, for every encoder.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalJSON is String, quoted.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// LogValue is String, for slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

func (s *Secret) setLiteral(value string) {
	*s = Secret{}
	if value != "" {
		s.value = &value
	}
}

func (s *Secret) setEnv(name string)  { *s = Secret{env: name} }
func (s *Secret) setFile(path string) { *s = Secret{file: path} }

// resolve reads the value from the variable or file that holds it. Errors are
// one line and have nothing of the value in them.
func (s *Secret) resolve(lookupEnv func(string) (string, bool)) error {
	var value string
	var err error
	switch {
	case s.env != "":
		value, err = envSecret(s.env, lookupEnv)
	case s.file != "":
		value, err = fileSecret(s.file)
	default:
		return nil
	}
	if err == nil {
		s.value = &value
	}
	return err
}

// available is the error that resolve would give, as far as that can be known
// without reading a file.
func (s Secret) available(lookupEnv func(string) (string, bool)) error {
	switch {
	case s.env != "":
		_, err := envSecret(s.env, lookupEnv)
		return err
	case s.file != "":
		info, err := os.Stat(s.file)
		if err != nil {
			return fileError(s.file, err)
		}
		return checkFile(s.file, info)
	}
	return nil
}

var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

func envSecret(name string, lookupEnv func(string) (string, bool)) (string, error) {
	value, ok := lookupEnv(name)
	if !ok && !variableName.MatchString(name) { // it may be the secret itself
		return "", errors.New("what is given as env is not a variable's name")
	}
	if !ok {
		return "", fmt.Errorf("the environment variable %q is not set", name)
	}
	if value == "" {
		return "", fmt.Errorf("the environment variable %q is empty", name)
	}
	return value, nil
}

// maxSecretFile is the size in bytes above which a file is surely the wrong one.
const maxSecretFile = 64 << 10

// fileSecret is the content of a file but for a newline at its end, which
// editors and `echo` leave.
func fileSecret(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fileError(path, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", fileError(path, err)
	}
	if err := checkFile(path, info); err != nil {
		return "", err
	}
	content, err := io.ReadAll(io.LimitReader(file, maxSecretFile+1))
	if err != nil {
		return "", fileError(path, err)
	}
	if len(content) > maxSecretFile {
		return "", tooLarge(path)
	}
	value, ok := strings.CutSuffix(string(content), "\n")
	if ok {
		value = strings.TrimSuffix(value, "\r")
	}
	if value == "" {
		return "", emptyFile(path)
	}
	return value, nil
}

// checkFile finds what is wrong with a file by its description. A pipe has no
// size to judge.
func checkFile(path string, info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return fmt.Errorf("%q is a directory, not a file", path)
	case info.Mode().IsRegular() && info.Size() > maxSecretFile:
		return tooLarge(path)
	}
	return nil
}

func tooLarge(path string) error {
	return fmt.Errorf("the file %q is larger than %d bytes", path, maxSecretFile)
}

func emptyFile(path string) error { return fmt.Errorf("the file %q is empty", path) }

// fileError is err without what *fs.PathError puts before it: the path, which
// may hold a line break.
func fileError(path string, err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return fmt.Errorf("the file %q can't be read: %w", path, err)
}
