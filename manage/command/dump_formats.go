package command

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/internal/reports"
	"github.com/settled-go/settled/settings"
)

// A dumpText is a dump in its format.
type dumpText struct {
	text string
	// missing says of secrets that are not in it who has to give them.
	missing []string
	// problems are what can't be written.
	problems []error
}

// encoders write dumps, by format.
var encoders = map[string]func([]dumped) dumpText{"toml": dumpTOML, "json": dumpJSON, "env": dumpEnv}

func dumpTOML(list []dumped) dumpText {
	var b strings.Builder
	for _, d := range list {
		if d.plain != nil {
			fmt.Fprintf(&b, "%s = %s\n", d.name, settings.TOML(withoutGaps(d.plain)))
		}
		d.noteGaps(&b)
	}
	return dumpText{text: b.String()}
}

// noteGaps writes a comment for each part that is left out.
func (d dumped) noteGaps(b *strings.Builder) {
	for _, path := range d.left {
		fmt.Fprintf(b, "# %s is left out\n", printable.Line(string(path)))
	}
}

// withoutGaps is a plain value without the entries that are left out.
func withoutGaps(plain any) any {
	table, ok := plain.(map[string]any)
	if !ok {
		return plain // a list is never incomplete
	}
	rest := map[string]any{}
	for key, entry := range table {
		if entry != (gap{}) {
			rest[key] = withoutGaps(entry)
		}
	}
	return rest
}

func dumpJSON(list []dumped) dumpText {
	object, problems := map[string]any{}, []error(nil)
	for _, d := range list {
		value, ok := jsonValue(d.plain)
		if !ok {
			problems = append(problems, fmt.Errorf("%s can't be written as JSON, which has no word for inf and nan", d.name))
			continue
		}
		object[d.name] = value
	}
	var b strings.Builder
	if err := reports.Encode(&b, object); err != nil {
		return dumpText{problems: append(problems, err)}
	}
	return dumpText{text: b.String(), problems: problems}
}

// jsonValue is a plain value as encoding/json takes it, with null for what is
// left out; ok is false when JSON has no word for it.
func jsonValue(plain any) (value any, ok bool) {
	switch v := plain.(type) {
	case gap:
		return nil, true
	case settings.Date:
		return v.String(), true
	case float32:
		return jsonValue(float64(v))
	case float64:
		return v, !math.IsInf(v, 0) && !math.IsNaN(v)
	case []any:
		list := make([]any, len(v))
		for i, entry := range v {
			if list[i], ok = jsonValue(entry); !ok {
				return nil, false
			}
		}
		return list, true
	case map[string]any:
		table := make(map[string]any, len(v))
		for key, entry := range v {
			if table[key], ok = jsonValue(entry); !ok {
				return nil, false
			}
		}
		return table, true
	}
	return plain, true
}

// dumpEnv writes what the environment can override: see settings' variables.
func dumpEnv(list []dumped) dumpText {
	var b strings.Builder
	var out dumpText
	for _, d := range list {
		name := "SETTLED_" + d.name
		_, isTable := d.plain.(map[string]any)
		switch {
		case isSecret(d.value) && isTable:
			kind, from := d.value.(settings.Secret).Reference()
			where := map[string]string{"env": "the variable ", "file": "the file "}[kind]
			out.missing = append(out.missing, fmt.Sprintf("%s is left out, since it is read from %s%s: give %s its value", d.name, where, quote(from), name))
			fmt.Fprintf(&b, "# %s is left out\n", d.name)
		case d.kind == "string or table" && isTable, name == "SETTLED_SETTINGS", d.plain != nil && strings.Contains(d.variable(), "\x00"):
			out.problems = append(out.problems, fmt.Errorf("%s can't be written as a variable", d.name))
			fmt.Fprintf(&b, "# %s is left out\n", d.name)
		case d.plain != nil:
			fmt.Fprintf(&b, "%s=%s\n", name, shellWord(d.variable()))
		}
		d.noteGaps(&b)
	}
	out.text = b.String()
	return out
}

// variable is the value of a variable that means the same.
func (d dumped) variable() string {
	plain := withoutGaps(d.plain)
	switch v := plain.(type) {
	case string:
		if d.kind == "value of any type" {
			return settings.TOML(v)
		}
		return v
	case []any:
		if text, ok := d.commaList(v); ok {
			return text
		}
	}
	return settings.TOML(plain)
}

// commaList is a list of strings with commas between them, where that is read
// as the same list.
func (d dumped) commaList(list []any) (text string, ok bool) {
	if d.kind != "list of strings" || strings.Contains(d.name, "REGEX") || len(list) == 0 {
		return "", false
	}
	entries := make([]string, len(list))
	for i, entry := range list {
		entries[i], _ = entry.(string)
	}
	text = strings.Join(entries, ",")
	unclear := slices.ContainsFunc(entries, func(s string) bool {
		return s == "" || s != strings.TrimSpace(s) || strings.Contains(s, ",")
	})
	return text, !unclear && !strings.HasPrefix(text, "[")
}

// bareWord is what shells, and other readers of such files, take as it is.
var bareWord = regexp.MustCompile(`^[A-Za-z0-9_@%+=:,./-]+$`)

// shellWord is a text as POSIX shells read it, quoted only where that is needed.
func shellWord(text string) string {
	if bareWord.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
