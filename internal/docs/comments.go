package docs

import (
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"io/fs"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// Comments are the doc comments of settings structs: by the struct's name, then
// by the setting's.
type Comments map[string]map[string]string

// ReadComments reads the Go files in fsys. In a comment, Go names of settings'
// fields are replaced by the settings' names. A paragraph is one line; code is
// indented.
func ReadComments(fsys fs.FS) (Comments, error) {
	all := Comments{}
	err := eachFile(fsys, ".go", func(name string, data []byte) error {
		file, err := parser.ParseFile(token.NewFileSet(), name, data, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("docs: %w", err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				if s, ok := spec.Type.(*ast.StructType); ok {
					all[spec.Name.Name] = structComments(s)
				}
			}
			return true
		})
		return nil
	})
	return all, err
}

func structComments(s *ast.StructType) map[string]string {
	texts, names := map[string]string{}, map[string]string{}
	for _, field := range s.Fields.List {
		name := settingName(field)
		if name == "" {
			continue
		}
		for _, ident := range field.Names {
			names[ident.Name] = name
		}
		texts[name] = field.Doc.Text()
	}
	for name, text := range texts {
		texts[name] = plain(rename(text, names))
	}
	return texts
}

// settingName is the toml name of a field's tag.
func settingName(field *ast.Field) string {
	if field.Tag == nil {
		return ""
	}
	tag, err := strconv.Unquote(field.Tag.Value)
	if err != nil {
		return ""
	}
	name, _, _ := strings.Cut(reflect.StructTag(tag).Get("toml"), ",")
	return strings.TrimPrefix(name, "-")
}

// Compiled when needed: most runs of a program ask for no comments.
var (
	goName   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b[A-Z]\w*`) })
	compound = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[a-z][A-Z]`) })
)

// rename puts settings' names where a comment says those of fields: at its
// start, and where the name can be no word of English.
func rename(text string, names map[string]string) string {
	first := true
	return goName().ReplaceAllStringFunc(text, func(word string) string {
		atStart := first && strings.HasPrefix(text, word)
		first = false
		if name := names[word]; name != "" && (atStart || compound().MatchString(word)) {
			return name
		}
		return word
	})
}

// plain is a doc comment without its line breaks.
func plain(text string) string {
	printer := comment.Printer{TextWidth: -1, TextCodePrefix: "    "}
	return strings.TrimSpace(string(printer.Text(new(comment.Parser).Parse(text))))
}
