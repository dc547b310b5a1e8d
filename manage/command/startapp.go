package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/scaffold"
	"github.com/settled-go/settled/settings"
	"github.com/spf13/cobra"
)

func (r *run) startappCommand() *cobra.Command {
	s := &start{kind: scaffold.App}
	cmd := &cobra.Command{
		Use: "startapp name [directory]", Short: "Makes an app and adds it to the project.",
		Long: `Makes an app in a new directory of that name, or in the directory given, where no
file is replaced: settings, routes, a check, a middleware to uncomment, a test. It
adds the app to the imports of manage/main.go and to INSTALLED_APPS.
` + startHelp + `

    app_name camel_case_app_name upper_case_app_name app_directory
    import_path module docs_version`,
		Args: s.args, ValidArgsFunction: completeDirectory,
		RunE: func(_ *cobra.Command, args []string) error { return r.startapp(s, args) },
	}
	s.declare(cmd)
	return cmd
}

func (r *run) startapp(s *start, args []string) error {
	name := args[0]
	if err := scaffold.CheckName(s.kind, name, r.conflicts(s.kind)); err != nil {
		return err
	}
	dir, err := s.directory(args)
	if err != nil {
		return err
	}
	if err := scaffold.CheckDirectory(filepath.Base(dir)); err != nil {
		return err
	}
	template, err := s.source()
	if err != nil {
		return err
	}
	pkg, err := scaffold.FindPackage(dir)
	if err != nil {
		return err
	}
	values := s.variables(name, dir, pkg.Module)
	values["import_path"] = pkg.Import
	values["upper_case_app_name"] = strings.ToUpper(name)
	files, err := template.Render(s.kind, values)
	if err != nil {
		return err
	}
	add := addition{run: r, name: name, pkg: pkg}
	if err := add.toSettings(); err != nil {
		return err
	}
	if err := add.toProgram(); err != nil {
		return err
	}
	plan := scaffold.Plan{Kind: s.kind, Dir: dir, Files: files, Edits: add.edits}
	if err := r.write(s, template, plan); err != nil {
		return err
	}
	add.report(dir)
	return nil
}

// addition adds an app to a project.
type addition struct {
	*run
	name string // of the app
	pkg  scaffold.Package

	edits []scaffold.Edit
	done  []string // what will have been done
	todo  []string // what is left to do
}

// toSettings adds the app to INSTALLED_APPS, in the file that holds it.
func (a *addition) toSettings() error {
	got := a.read()
	if file, _ := a.options.settingsFile(); errors.Is(got.err, fs.ErrNotExist) && file == defaultSettings {
		a.todo = append(a.todo, fmt.Sprintf("add %q to INSTALLED_APPS of your settings file: there is no %s here", a.name, file))
		return nil
	}
	project, err := got.require()
	if err != nil {
		return err
	}
	file := project.File()
	edit := checks.Edit{Do: checks.Append, Setting: "INSTALLED_APPS", Text: a.name}
	changed, fixed := file.Fix(checks.Messages{checks.Infof("", "").On(edit.Setting).Fix(edit)})
	at := file.Origin(edit.Setting)
	switch {
	case slices.Contains(project.Core().InstalledApps, a.name):
		a.done = append(a.done, "it is in INSTALLED_APPS already")
	case len(fixed) > 0:
		a.change(changed)
	case at.File != "" && at.Start.Line == 0:
		a.todo = append(a.todo, fmt.Sprintf("add %q to the variable %s, which INSTALLED_APPS comes from", a.name, at.File))
	default:
		return fmt.Errorf("%s: %q can't be added to INSTALLED_APPS, which is no list of names as it stands here. Correct it and run this again", at, a.name)
	}
	return nil
}

func (a *addition) change(files []settings.Rewrite) {
	for _, f := range files {
		a.edits = append(a.edits, scaffold.Edit{Path: f.Name, Old: f.Old, New: f.New})
		a.done = append(a.done, "it is in INSTALLED_APPS of "+f.Name)
	}
}

// toProgram adds the app to the imports of manage/main.go.
func (a *addition) toProgram() error {
	name := a.program()
	if name == "" {
		a.todo = append(a.todo, fmt.Sprintf("add the import _ %q to the program of your project: there is no %s in this module", a.pkg.Import, programFile))
		return nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	text, changed, err := scaffold.AddImport(name, string(data), a.pkg.Import)
	if err != nil {
		return err
	}
	if changed {
		a.edits = append(a.edits, scaffold.Edit{Path: name, Old: string(data), New: text})
	}
	a.done = append(a.done, name+" imports it")
	return nil
}

var programFile = filepath.Join("manage", "main.go")

// program is the manage/main.go of the project: beside the settings file, in the
// working directory or at the root of the module.
func (a *addition) program() string {
	file, _ := a.options.settingsFile()
	for _, dir := range []string{filepath.Dir(file), ".", a.pkg.Root} {
		name := filepath.Join(dir, programFile)
		info, err := os.Stat(name)
		absolute, noPath := filepath.Abs(name)
		if err == nil && noPath == nil && info.Mode().IsRegular() && scaffold.ModuleRoot(filepath.Dir(absolute)) == a.pkg.Root {
			return shortest(name)
		}
	}
	return ""
}

// report says what has been done and what is left to do.
func (a *addition) report(dir string) {
	if a.options.verbosity >= normal {
		where := "in " + shortest(dir)
		if shortest(dir) == "." {
			where = "here"
		}
		fmt.Fprintf(a.Stdout, "The app is %s.\n", strings.Join(append([]string{where}, a.done...), "; "))
	}
	for _, t := range a.todo {
		fmt.Fprintln(a.Stderr, "Still to do: "+t+".")
	}
}
