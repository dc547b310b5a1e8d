package reports

import (
	"net/url"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
)

// location is where a message is. Viewers ask for a file, so that a message
// about a variable, or about no place, is in the settings file as a whole.
func (s *sarif) location(setting checks.Path, at checks.Range) sarifLocation {
	var l sarifLocation
	if setting != "" {
		l.Logical = append(l.Logical, sarifLogical{string(setting), "value"})
	}
	file := at.File
	if variable := s.variable(at); variable != "" {
		l.Logical = append(l.Logical, sarifLogical{variable, "variable"})
		file = ""
	}
	if file == "" {
		file = s.first()
	}
	if file != "" {
		l.Physical = &sarifPhysical{Artifact: s.artifact(file)}
	}
	if at.Start.Line > 0 {
		region := sarifRegionOf(at)
		l.Physical.Region = &region
	}
	return l
}

func sarifRegionOf(at checks.Range) sarifRegion {
	return sarifRegion{at.Start.Line, at.Start.Column, end(at).Line, end(at).Column}
}

// artifact is a file, by its URI.
func (s *sarif) artifact(file string) sarifArtifact {
	path, ok := s.relative(file)
	if ok {
		return sarifArtifact{URI: (&url.URL{Path: path}).String(), BaseID: baseID}
	}
	if !strings.HasPrefix(path, "/") { // C:/settings.toml
		path = "/" + path
	}
	return sarifArtifact{URI: (&url.URL{Scheme: "file", Path: path}).String()}
}

// fix is what check --fix does. Changes that the files can't show, since a
// variable holds the value, are none.
func (s *sarif) fix(m checks.Message) (fix sarifFix, ok bool) {
	fix.Description.Text = plainText(m.Hint)
	if m.Hint == "" {
		fix.Description.Text = "Change the settings file."
	}
	for _, e := range m.Fixes {
		if len(e.Changes) == 0 {
			return sarifFix{}, false
		}
		for _, c := range e.Changes {
			artifact := s.artifact(c.At.File)
			i := slices.IndexFunc(fix.Changes, func(known sarifChange) bool { return known.Artifact == artifact })
			if i < 0 {
				i = len(fix.Changes)
				fix.Changes = append(fix.Changes, sarifChange{Artifact: artifact})
			}
			replacement := sarifReplacement{Deleted: sarifRegionOf(c.At)}
			if c.New != "" {
				replacement.Inserted = &sarifContent{c.New}
			}
			fix.Changes[i].Replacements = append(fix.Changes[i].Replacements, replacement)
		}
	}
	return fix, len(fix.Changes) > 0
}
