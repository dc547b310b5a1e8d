package settled

import (
	"slices"
	"strings"

	"github.com/settled-go/settled/internal/docs"
	"github.com/settled-go/settled/settings"
)

// A Setting is a setting of a linked app, with what there is to say about it.
type Setting struct {
	settings.Field
	// App is the app that has the setting, and Installed says whether the
	// project has the app. The value of a setting that is not installed is its
	// default.
	App       string
	Installed bool
	// Doc is the doc comment of the struct's field, in plain text with a line a
	// paragraph; empty when the app is no Documenter.
	Doc string
	// Entries are those of a table, or of the tables in a list.
	Entries []Setting
}

// About is the documentation without the sentence that says the default.
func (s Setting) About() string {
	if i := strings.LastIndex(s.Doc, "Default: "); i >= 0 {
		return strings.TrimSpace(s.Doc[:i])
	}
	return s.Doc
}

// extends is every file's own, and no app's.
var extends = Setting{
	Field: settings.Field{Name: "EXTENDS", Type: "string or list of strings", Value: []string{}},
	App:   coreName, Installed: true,
	Doc: "EXTENDS names the file, or the files, whose settings this one takes over, as from .base import * does in Django. " +
		"What this file says itself replaces theirs; of several files, the later one counts. Names end in .toml, and paths start at " +
		"the folder of the file that holds them. Default: none.",
}

// Settings are those of all linked apps, app by app, in the order of their
// structs; first EXTENDS, which belongs to the file.
func (p *Project) Settings() []Setting {
	all := []Setting{extends}
	for _, info := range p.linked {
		d := documentation{info.Name, slices.ContainsFunc(p.apps, func(a AppInfo) bool { return a.Name == info.Name }), commentsOf(info)}
		all = append(all, d.settings(settings.Fields(info.Settings))...)
	}
	return all
}

// commentsOf are the doc comments that an app embeds.
func commentsOf(info AppInfo) docs.Comments {
	d, ok := info.App.(Documenter)
	if !ok {
		return nil
	}
	// What can't be read is missing in the texts, and settledtest.App says so.
	comments, _ := docs.ReadComments(d.Docs())
	return comments
}

// documentation is what is known of an app's settings beside its structs.
type documentation struct {
	app       string
	installed bool
	comments  docs.Comments
}

// settings are fields with their documentation. within are the structs around
// them: one that holds itself is shown once.
func (d documentation) settings(fields []settings.Field, within ...string) []Setting {
	var all []Setting
	for _, f := range fields {
		s := Setting{Field: f, App: d.app, Installed: d.installed, Doc: d.of(f)}
		if !slices.Contains(within, f.Struct) {
			s.Entries = d.settings(f.Entries(), append(slices.Clone(within), f.Struct)...)
		}
		all = append(all, s)
	}
	return all
}

func (d documentation) of(f settings.Field) string { return d.comments[f.Struct][f.Name] }
