package scaffold

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// AddImport adds a blank import to a Go file and changes nothing else: below the
// others that are blank, in the order that gofmt keeps. name is for errors.
// changed is false when the file has the import.
func AddImport(name, src, path string) (text string, changed bool, err error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, src, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return "", false, err
	}
	var block *ast.GenDecl
	var blank *ast.ImportSpec // the last of the first block
	for _, decl := range f.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range d.Specs {
			s := spec.(*ast.ImportSpec)
			if imported, _ := strconv.Unquote(s.Path.Value); imported == path {
				return src, false, nil
			}
			if d.Lparen.IsValid() && (block == nil || block == d) && s.Name != nil && s.Name.Name == "_" {
				blank = s
			}
		}
		if block == nil && d.Lparen.IsValid() {
			block = d
		}
	}
	spec := "_ " + strconv.Quote(path)
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	lineBreak := "\n"
	if strings.Contains(src, "\r\n") {
		lineBreak = "\r\n"
	}
	switch {
	case blank != nil:
		text = insertLine(src, offset(blank.End()), "\t"+spec, lineBreak)
	case block != nil && len(block.Specs) > 0:
		first := block.Specs[0].(*ast.ImportSpec)
		at := offset(first.Pos())
		if first.Doc != nil {
			at = offset(first.Doc.Pos())
		}
		text = src[:at] + spec + lineBreak + "\t" + src[at:]
	case block != nil:
		at := offset(block.Lparen) + 1
		text = src[:at] + lineBreak + "\t" + spec + lineBreak + strings.TrimLeft(src[at:], " \t\r\n")
	default:
		at := offset(f.Name.End())
		if n := len(f.Decls); n > 0 {
			at = offset(f.Decls[n-1].End())
		}
		text = insertLine(src, at, lineBreak+"import "+spec, lineBreak)
	}
	return tidyImports(src, text), true, parses(name, text)
}

// insertLine puts a line below the one that an offset is in.
func insertLine(src string, offset int, line, lineBreak string) string {
	end := len(src)
	if i := strings.IndexByte(src[offset:], '\n'); i >= 0 {
		end = offset + i + 1
		return src[:end] + line + lineBreak + src[end:]
	}
	return src + lineBreak + line + lineBreak
}

// tidyImports formats the text after an edit if it was formatted before.
func tidyImports(before, after string) string {
	if formatted, err := format.Source([]byte(before)); err != nil || !bytes.Equal(formatted, []byte(before)) {
		return after
	}
	if formatted, err := format.Source([]byte(after)); err == nil {
		return string(formatted)
	}
	return after
}

// parses makes sure that what was made is Go.
func parses(name, text string) error {
	if _, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution); err != nil {
		return fmt.Errorf("the import can't be added: %w", err)
	}
	return nil
}
