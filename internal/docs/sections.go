// Package docs reads what apps embed to explain themselves: sections of Markdown
// and the doc comments of settings structs. It is read when somebody asks, never
// on the way to a running site.
package docs

import (
	"io/fs"
	"path"
	"strings"
)

// A Section is the text under one heading of level 2.
type Section struct {
	Heading string
	// Title is the first paragraph, on one line, and Text what comes behind
	// it, in Markdown.
	Title, Text string
	File        string
}

// Sections are those of all Markdown files in fsys, by file and place. What
// stands above the first heading of a file is for who reads the file, and is
// left out.
func Sections(fsys fs.FS) ([]Section, error) {
	var all []Section
	err := eachFile(fsys, ".md", func(name string, data []byte) error {
		all = append(all, parse(name, string(data))...)
		return nil
	})
	return all, err
}

// eachFile visits the files with an extension, sorted by name.
func eachFile(fsys fs.FS, ext string, visit func(name string, data []byte) error) error {
	return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ext {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		return visit(name, data)
	})
}

func parse(file, text string) []Section {
	var all []Section
	fenced := false
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if heading, ok := strings.CutPrefix(line, "## "); ok && !fenced {
			all = append(all, Section{Heading: strings.TrimSpace(heading), File: file})
		} else if len(all) > 0 {
			all[len(all)-1].Text += line
		}
	}
	for i := range all {
		all[i].split()
	}
	return all
}

// split parts the first paragraph from the rest.
func (s *Section) split() {
	title, rest, _ := strings.Cut(strings.TrimSpace(s.Text), "\n\n")
	s.Title = strings.Join(strings.Fields(title), " ")
	s.Text = strings.TrimSpace(rest)
}
