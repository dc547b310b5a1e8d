package scaffold

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// AddImport adds a blank import to a Go file and changes nothing else: below the
// last one that is blank, and in order if the file is as gofmt has it. name is
// for errors. changed is false when the file has the import.
func AddImport(name, src, path string) (text string, changed bool, err error) {
	s := source{text: src, fset: token.NewFileSet(), lineBreak: "\n"}
	if strings.Contains(src, "\r\n") {
		s.lineBreak = "\r\n"
	}
	if s.file, err = parser.ParseFile(s.fset, name, src, parser.ImportsOnly|parser.ParseComments); err != nil {
		return "", false, err
	}
	for _, spec := range s.file.Imports {
		if imported, _ := strconv.Unquote(spec.Path.Value); imported == path {
			return src, false, nil
		}
	}
	text = tidyImports(src, s.add("_ "+strconv.Quote(path)))
	if _, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution); err != nil {
		return "", false, fmt.Errorf("the import of %q can't be added: %w", path, err)
	}
	return text, true, nil
}

// A source is a Go file as it is written.
type source struct {
	text      string
	lineBreak string
	fset      *token.FileSet
	file      *ast.File
}

func (s source) offset(p token.Pos) int { return s.fset.Position(p).Offset }

// add is the text with an import more.
func (s source) add(spec string) string {
	block, blank := s.block()
	switch {
	case blank != nil:
		return s.below(blank, block, spec)
	case block != nil && len(block.Specs) > 0:
		first := block.Specs[0].(*ast.ImportSpec)
		at := s.offset(first.Pos())
		if first.Doc != nil {
			at = s.offset(first.Doc.Pos())
		}
		return s.text[:at] + spec + s.lineBreak + "\t" + s.text[at:]
	case block != nil:
		at := s.offset(block.Lparen) + 1
		return s.text[:at] + s.lineBreak + "\t" + spec + s.lineBreak + strings.TrimLeft(s.text[at:], " \t\r\n")
	}
	end := s.file.Name.End()
	if n := len(s.file.Decls); n > 0 {
		end = s.file.Decls[n-1].End()
	}
	return s.lineAfter(s.offset(end), s.lineBreak+"import "+spec)
}

// block is the first import in brackets, and the last blank import in it.
func (s source) block() (block *ast.GenDecl, blank *ast.ImportSpec) {
	for _, decl := range s.file.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || !d.Lparen.IsValid() {
			continue
		}
		for _, spec := range d.Specs {
			if i := spec.(*ast.ImportSpec); i.Name != nil && i.Name.Name == "_" {
				blank = i
			}
		}
		return d, blank
	}
	return nil, nil
}

// below puts an import on the line below another, or behind it when that has no
// line of its own.
func (s source) below(blank *ast.ImportSpec, block *ast.GenDecl, spec string) string {
	start, end := s.offset(blank.Pos()), s.offset(blank.End())
	line := strings.LastIndexByte(s.text[:start], '\n') + 1
	indent := s.text[line:start]
	if strings.TrimLeft(indent, " \t") != "" || !strings.Contains(s.text[end:s.offset(block.Rparen)], "\n") {
		return s.text[:end] + "; " + spec + s.text[end:]
	}
	return s.lineAfter(end, indent+spec)
}

// lineAfter puts a line below the one that an offset is in.
func (s source) lineAfter(offset int, line string) string {
	i := strings.IndexByte(s.text[offset:], '\n')
	if i < 0 {
		return s.text + s.lineBreak + line + s.lineBreak
	}
	end := offset + i + 1
	return s.text[:end] + line + s.lineBreak + s.text[end:]
}

// tidyImports formats the text after an edit if it was formatted before.
func tidyImports(before, after string) string {
	if formatted, err := format.Source([]byte(before)); err != nil || string(formatted) != before {
		return after
	}
	if formatted, err := format.Source([]byte(after)); err == nil {
		return string(formatted)
	}
	return after
}
