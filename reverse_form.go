package settled

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// form is the path of a pattern of http.ServeMux, to be filled in.
type form struct {
	gaps []gap
	end  string // what follows the last gap, escaped
}

// gap is a wildcard and what stands before it.
type gap struct {
	before string // escaped
	name   string
	rest   bool // {name...}
}

// parseForm takes a path apart that ServeMux has accepted.
func parseForm(path string) form {
	var f form
	for segment := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		f.end += "/"
		switch inner, isWildcard := strings.CutPrefix(segment, "{"); {
		case segment == "{$}":
		case isWildcard:
			name, rest := strings.CutSuffix(strings.TrimSuffix(inner, "}"), "...")
			f.gaps = append(f.gaps, gap{f.end, name, rest})
			f.end = ""
		default:
			// As ServeMux reads it: what is no valid escape stands for itself.
			if plain, err := url.PathUnescape(segment); err == nil {
				segment = plain
			}
			f.end += url.PathEscape(segment)
		}
	}
	return f
}

// with appends the path with these arguments to b. ok is false when they do not
// fit.
func (f *form) with(b []byte, args []any) (path []byte, ok bool) {
	if kwargs, ok := kwargsOf(args); ok {
		if args, ok = f.order(kwargs); !ok {
			return nil, false
		}
	}
	return f.fill(b, args)
}

// kwargsOf returns the arguments by name, if they are.
func kwargsOf(args []any) (Kwargs, bool) {
	if len(args) != 1 {
		return nil, false
	}
	kwargs, ok := args[0].(Kwargs)
	return kwargs, ok
}

// fill appends the path with these values to b. ok is false when they are not as
// many as the gaps, or one can't stand in its gap.
func (f *form) fill(b []byte, values []any) (path []byte, ok bool) {
	if len(values) != len(f.gaps) {
		return nil, false
	}
	for i := range f.gaps {
		b = append(b, f.gaps[i].before...)
		if b, ok = f.gaps[i].append(b, values[i]); !ok {
			return nil, false
		}
	}
	return append(b, f.end...), true
}

// order puts values by name into the order of the gaps.
func (f *form) order(values Kwargs) (ordered []any, ok bool) {
	if len(values) != len(f.gaps) {
		return nil, false
	}
	for _, g := range f.gaps {
		value, ok := values[g.name]
		if !ok {
			return nil, false
		}
		ordered = append(ordered, value)
	}
	return ordered, true
}

// append writes a value. ok is false for what can't stand in a path: an empty
// segment, "." and "..", which clients and ServeMux clean away, "/", which
// ServeMux takes for the slash at the end, and nil.
func (g *gap) append(b []byte, value any) (path []byte, ok bool) {
	switch v := value.(type) {
	case nil, Kwargs:
		return nil, false
	case int:
		return strconv.AppendInt(b, int64(v), 10), true
	case string:
		return g.appendText(b, v)
	case []byte:
		return g.appendText(b, string(v))
	}
	return g.appendText(b, fmt.Sprint(value))
}

func (g *gap) appendText(b []byte, text string) (path []byte, ok bool) {
	if !g.rest {
		return append(b, escapeSegment(text)...), isSegment(text) && text != "/"
	}
	for i, more := 0, true; more; i++ {
		var segment string
		segment, text, more = strings.Cut(text, "/")
		if i > 0 {
			b = append(b, '/')
		}
		// Nothing at all, and a slash at the end, are fine.
		if !isSegment(segment) && (more || segment != "") {
			return nil, false
		}
		b = append(b, escapeSegment(segment)...)
	}
	return b, true
}

func isSegment(s string) bool { return s != "" && s != "." && s != ".." }

// escapeSegment is url.PathEscape, at once for what needs no escape.
func escapeSegment(s string) string {
	for i := range len(s) {
		if c := s[i]; !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '.' || c == '~') {
			return url.PathEscape(s)
		}
	}
	return s
}
