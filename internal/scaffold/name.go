package scaffold

import (
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/module"
)

// The names that can be. Go's identifiers may have other letters too, import
// paths and the ids of checks may not.
var (
	projectName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	appName     = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// CheckName says in Django's words why something can't be the name of a project
// or an app. conflicts are names that have a meaning in this program, and which.
func CheckName(k Kind, name string, conflicts map[string]string) error {
	if err := checkForm(k, name, "name"); err != nil {
		return err
	}
	with := ""
	switch {
	case token.IsKeyword(name):
		with = "a keyword of Go"
	case types.Universe.Lookup(name) != nil:
		with = "a predeclared identifier of Go"
	case slices.Contains(taken, name):
		with = "the name of an existing Go package"
	case module.CheckImportPath(name) != nil:
		with = "a name that Windows keeps for itself"
	case conflicts[name] != "":
		with = conflicts[name]
	default:
		return nil
	}
	//lint:ignore ST1005 the sentence is Django's
	return fmt.Errorf("'%s' conflicts with %s and cannot be used as %s %s name. Please try another name.", name, with, article(k), k)
}

// CheckDirectory is CheckName for the directory of an app, which becomes a part
// of its import path.
func CheckDirectory(name string) error { return checkForm(App, name, "directory") }

// CheckModule says why something can't be the path of a module.
func CheckModule(path string) error {
	if err := module.CheckImportPath(path); err != nil {
		var reason *module.InvalidPathError
		if errors.As(err, &reason) {
			err = reason.Err
		}
		return fmt.Errorf("'%s' is not a valid module path: %w", path, err)
	}
	return nil
}

func checkForm(k Kind, name, what string) error {
	form, advice := projectName, "a valid identifier"
	if k == App {
		form = appName
	}
	switch lower := strings.ToLower(name); {
	case k == App && strings.HasSuffix(name, "_test"):
		advice += " that does not end in _test, which Go takes for tests"
	case form.MatchString(name):
		return nil
	case form.MatchString(lower):
		advice += " in lower case, such as '" + lower + "'"
	case token.IsIdentifier(lower) && form != projectName && projectName.MatchString(lower):
		advice += " that begins with a letter"
	case token.IsIdentifier(lower):
		advice += " in the letters a to z, digits and underscores"
	}
	//lint:ignore ST1005 the sentence is Django's
	return fmt.Errorf("'%s' is not a valid %s %s. Please make sure the %s is %s.", name, k, what, what, advice)
}

func article(k Kind) string {
	if k == App {
		return "an"
	}
	return "a"
}

// CamelCase is my_cool_app as MyCoolApp.
func CamelCase(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + strings.ToLower(word[1:]))
		}
	}
	return b.String()
}

// taken are names that mean something to Go or to whoever reads it: packages of
// the standard library, and names that the go command treats in a way of its own.
var taken = []string{
	"archive", "bufio", "builtin", "bytes", "cmd", "cmp", "compress", "container", "context", "crypto",
	"database", "debug", "documentation", "embed", "encoding", "errors", "expvar", "flag", "fmt", "go", "hash", "html", "http",
	"image", "index", "init", "internal", "io", "iter", "log", "main", "maps", "math", "mime", "net",
	"os", "path", "plugin", "reflect", "regexp", "runtime", "settled", "slices", "sort", "strconv",
	"strings", "structs", "sync", "syscall", "testdata", "testing", "text", "time", "unicode", "unique", "unsafe", "vendor", "weak",
}
