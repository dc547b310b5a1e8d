package settings

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-playground/validator/v10"
)

// sentence says what a tag that failed asks for, and what is there instead,
// unless that must not be shown. A field's `should` says it for the field
// itself, and the table for elements.
func (r *run) sentence(f validator.FieldError, at place) string {
	said, instead := at.field.should, shown(f)
	if said == "" || at.element {
		said = r.phrase(f, at)
		instead = counted(f, instead)
	}
	switch {
	case instead == "", strings.HasPrefix(said, "be set"), strings.HasPrefix(said, "be left out"),
		IsHidden(string(at.path)), IsHidden(string(r.written(at.path))):
		return "should " + said
	}
	return "should " + said + ", not " + instead
}

// phrase is what the table says for the tag, or the tag itself, so that none
// is silent.
func (r *run) phrase(f validator.FieldError, at place) string {
	p, known := phrases[f.Tag()]
	param := r.parameter(f, at)
	switch {
	case !known && f.Param() == "":
		return fmt.Sprintf("pass the rule %q", f.Tag())
	case !known:
		return fmt.Sprintf("pass the rule %q", f.Tag()+"="+f.Param())
	case p.list != "" && isList(f.Kind()):
		return fmt.Sprintf(p.list, number(param, "entry", "entries"))
	case p.text != "" && f.Kind() == reflect.String:
		return fmt.Sprintf(p.text, number(param, "character", "characters"))
	case strings.Contains(p.plain, "%"):
		return fmt.Sprintf(p.plain, param)
	}
	return p.plain
}

// counted is how many entries a list has, where the tag counts them.
func counted(f validator.FieldError, otherwise string) string {
	if isList(f.Kind()) && phrases[f.Tag()].list != "" {
		return strconv.Itoa(reflect.Indirect(reflect.ValueOf(f.Value())).Len())
	}
	return otherwise
}

func isList(k reflect.Kind) bool {
	return k == reflect.Slice || k == reflect.Array || k == reflect.Map
}

func number(n, one, many string) string {
	if n == "1" {
		return n + " " + one
	}
	return n + " " + many
}

// words are the parts of a tag's parameter.
var words = regexp.MustCompile(`'[^']*'|\S+`)

// parameter is the tag's parameter in words, with the names of settings for
// those of Go fields.
func (r *run) parameter(f validator.FieldError, at place) string {
	tag, parts := f.Tag(), words.FindAllString(f.Param(), -1)
	for i, part := range parts {
		parts[i] = strings.Trim(part, "'")
	}
	switch {
	case strings.HasSuffix(tag, "_if"), strings.HasSuffix(tag, "_unless"):
		var conditions []string
		for i := 0; i+1 < len(parts); i += 2 {
			conditions = append(conditions, r.settingOf(at, parts[i])+" is "+parts[i+1])
		}
		return strings.Join(conditions, " and ")
	case strings.Contains(tag, "_with"), strings.HasSuffix(tag, "field"):
		for i := range parts {
			parts[i] = r.settingOf(at, parts[i])
		}
		if strings.HasSuffix(tag, "_all") {
			return strings.Join(parts, " and ")
		}
		return strings.Join(parts, " or ")
	case strings.Contains(tag, "oneof"), strings.Contains(tag, "noneof"):
		for i := range parts {
			if f.Kind() == reflect.String {
				parts[i] = strconv.Quote(parts[i])
			}
		}
		return or(parts)
	}
	return f.Param()
}

// or joins words as a sentence does: a, b or c.
func or(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// settingOf is the setting that a field beside the place's has in the file.
func (r *run) settingOf(at place, goName string) string {
	if at.owner == nil {
		return goName
	}
	sf, ok := at.owner.FieldByName(goName)
	if !ok || tomlName(sf) == "" {
		return goName
	}
	if at.owner == r.value.Type() {
		return r.nameOf(tomlName(sf))
	}
	return tomlName(sf)
}

// shownLength is how many characters of a text a message repeats.
const shownLength = 60

// shown is a plain value as a message repeats it; empty for any other, and so
// for a secret.
func shown(f validator.FieldError) string {
	v := reflect.ValueOf(f.Value())
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		text := []rune(HideText(v.String()))
		if len(text) > shownLength {
			text = append(text[:shownLength:shownLength], []rune("...")...)
		}
		return strconv.Quote(string(text))
	case reflect.Bool, reflect.Float32, reflect.Float64:
		return fmt.Sprint(v.Interface())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return fmt.Sprint(v.Interface()) // a time.Duration as 1m30s
	}
	return ""
}
