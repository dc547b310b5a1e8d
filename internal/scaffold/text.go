package scaffold

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// tokens are what Django's templates are made of beside text: a tag, a variable
// or a comment, on one line.
var tokens = regexp.MustCompile(`\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}`)

// lookup is what stands between the braces of a variable: a name, perhaps with
// what Django would do with it. Go has braces too; {{1, 2}} is none of these.
var lookup = regexp.MustCompile(`^\{\{\s*([A-Za-z_][\w.]*)\s*(\|.*)?\}\}$`)

// tag is one word and perhaps more.
var tag = regexp.MustCompile(`^\{%\s*(\w+).*%\}$`)

// A filler puts values in the place of a template's variables. It knows as much
// of Django's language as templates of projects use: {{ name }}, {# a note #},
// and the tags comment and verbatim.
type filler struct {
	file   string // for errors
	values map[string]string
	used   map[string]bool // the variables that it has met
}

func (f *filler) fill(text string) (string, error) {
	var b strings.Builder
	at, inside := 0, "" // the tag that is open
	opened := 0
	for _, found := range tokens.FindAllStringIndex(text, -1) {
		token := text[found[0]:found[1]]
		name := ""
		if m := tag.FindStringSubmatch(token); m != nil {
			name = m[1]
		}
		if inside != "" && name != "end"+inside {
			continue
		}
		new, err := f.token(token, name, inside)
		if err != nil {
			return "", fmt.Errorf("%s:%d: %w", f.file, line(text, found[0]), err)
		}
		if inside != "comment" {
			b.WriteString(text[at:found[0]])
		}
		b.WriteString(new)
		at = found[1]
		switch name {
		case "comment", "verbatim":
			inside, opened = name, found[0]
		default:
			inside = ""
		}
	}
	if inside != "" {
		return "", fmt.Errorf("%s:%d: {%% %s %%} has no {%% end%s %%}", f.file, line(text, opened), inside, inside)
	}
	return b.String() + text[at:], nil
}

// token is what stands for a token. name is that of a tag.
func (f *filler) token(token, name, inside string) (string, error) {
	switch {
	case strings.HasPrefix(token, "{#"), name == "comment", name == "verbatim", inside != "":
		return "", nil
	case name != "":
		return "", fmt.Errorf("the tag %s is not known here: templates of projects and apps have {{ variables }}, {%% comment %%} and {%% verbatim %%}", token)
	}
	m := lookup.FindStringSubmatch(token)
	if m == nil {
		return token, nil
	}
	value, ok := f.values[m[1]]
	switch {
	case !ok:
		return "", fmt.Errorf("there is no variable %s, only %s; what is to stay as it is goes between {%% verbatim %%} and {%% endverbatim %%}",
			m[1], strings.Join(slices.Sorted(maps.Keys(f.values)), ", "))
	case m[2] != "":
		return "", fmt.Errorf("%s: there are no filters here", token)
	}
	f.used[m[1]] = true
	return value, nil
}

// line is the number of the line that an offset is in.
func line(text string, offset int) int { return 1 + strings.Count(text[:offset], "\n") }
