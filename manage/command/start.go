package command

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/scaffold"
	"github.com/spf13/cobra"
)

// start is startproject or startapp: what the command line asks for.
type start struct {
	kind       scaffold.Kind
	template   string
	extensions []string
	names      []string
	exclude    []string
}

const startHelp = `
With --template, it is made from the files of a directory of yours. Names of files
may hold project_name or app_name, and lose a -tpl at their end. Files with one of
the extensions have variables, such as {{ module }}, and Django's tags comment and
verbatim. The variables are:`

// declare adds the options that both commands have, which are Django's.
func (s *start) declare(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Var(word{&s.template, "DIR"}, "template", "make it from the files in this directory")
	flags.VarP(words{&s.extensions, "EXT"}, "extension", "e",
		"the extensions of the template's files that have variables, by default go,mod,toml")
	flags.VarP(words{&s.names, "FILE"}, "name", "n", "a further file of the template that has variables")
	flags.VarP(words{&s.exclude, "DIR"}, "exclude", "x", "a directory of the template to leave out, beside hidden ones")
	_ = cmd.MarkFlagDirname("template")
}

// args refuses a command line without a name in Django's words.
func (s *start) args(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return &usageError{cmd, "You must provide " + map[scaffold.Kind]string{
			scaffold.Project: "a project name.", scaffold.App: "an application name."}[s.kind]}
	}
	return atMost(2)(cmd, args)
}

// source is the template to use.
func (s *start) source() (scaffold.Template, error) {
	if s.template == "" {
		return scaffold.Default(s.kind), nil
	}
	refused := func(why string) (scaffold.Template, error) {
		return scaffold.Template{}, fmt.Errorf("couldn't handle %s template %s%s", s.kind, s.template, why)
	}
	dir := strings.TrimPrefix(s.template, "file://")
	if strings.Contains(dir, "://") {
		return refused(": Settled fetches nothing from the network. Get it, unpack it and name its directory.")
	}
	switch info, err := os.Stat(dir); {
	case err != nil:
		return refused(".")
	case !info.IsDir():
		return refused(": it is no directory. Unpack it and name its directory.")
	}
	// A link in a template of somebody else's must not bring a file of the user's
	// into the project.
	root, err := os.OpenRoot(dir)
	if err != nil {
		return refused(": " + err.Error())
	}
	extensions := items(s.extensions)
	for i, e := range extensions {
		extensions[i] = strings.TrimPrefix(e, ".")
	}
	if len(extensions) == 0 {
		extensions = []string{"go", "mod", "toml"}
	}
	return scaffold.Template{Dir: dir, FS: root.FS(), Extensions: extensions, Names: items(s.names), Exclude: items(s.exclude)}, nil
}

// items takes the values of an option that may have commas in it apart.
func items(values []string) []string {
	var all []string
	for _, v := range values {
		all = append(all, strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' })...)
	}
	return all
}

// variables are those that templates of both kinds have.
func (s *start) variables(name, dir, module string) map[string]string {
	version := strings.SplitN(settled.Version, ".", 3)
	return map[string]string{
		string(s.kind) + "_name":                 name,
		string(s.kind) + "_directory":            dir,
		"camel_case_" + string(s.kind) + "_name": scaffold.CamelCase(name),
		"module":                                 module,
		"docs_version":                           version[0] + "." + version[1],
	}
}

// directory is where it goes. One that is not named must not be there yet.
func (s *start) directory(args []string) (string, error) {
	if len(args) > 1 {
		dir, err := filepath.Abs(args[1])
		if info, stat := os.Stat(dir); err == nil && stat == nil && !info.IsDir() {
			err = fmt.Errorf("'%s' is no directory", dir)
		}
		return dir, err
	}
	dir, err := filepath.Abs(args[0])
	if err != nil {
		return "", err
	}
	if _, err := os.Lstat(dir); err == nil {
		return "", fmt.Errorf("'%s' already exists", dir)
	}
	return dir, nil
}

// conflicts are names that have a meaning in this program, and which. The ids of
// an app's checks begin with its name.
func (r *run) conflicts(k scaffold.Kind) map[string]string {
	conflicts := map[string]string{}
	for _, info := range r.blank().Linked() {
		if info.Builtin && k == scaffold.App {
			for _, id := range idsOf(info.App) {
				prefix, _, _ := strings.Cut(id, ".")
				conflicts[prefix] = "the ids of Settled's own checks"
			}
		}
		conflicts[info.Name] = "the name of an existing app"
	}
	return conflicts
}

// shortest is a path as it is shown: relative to the working directory when it
// is below that.
func shortest(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(here, absolute); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return absolute
}

// write makes what a plan says, telling what it does in Django's words.
func (r *run) write(s *start, t scaffold.Template, p scaffold.Plan) error {
	if r.options.verbosity >= verbose {
		fmt.Fprintf(r.Stdout, "Rendering %s template files with extensions: %s\n", s.kind, dotted(t.Extensions))
		fmt.Fprintf(r.Stdout, "Rendering %s template files with filenames: %s\n", s.kind, strings.Join(t.Names, ", "))
	}
	return p.Write(func(path string) {
		if r.options.verbosity >= verbose {
			fmt.Fprintf(r.Stdout, "Creating %s\n", path)
		}
	})
}

func dotted(extensions []string) string {
	all := slices.Clone(extensions)
	for i := range all {
		all[i] = "." + all[i]
	}
	return strings.Join(all, ", ")
}
