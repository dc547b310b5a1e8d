package settings

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// constrain adds to a schema what the standard tags of a field ask for, as far
// as JSON Schema can say it, and the patterns of the struct's own rules.
func (s schemer) constrain(one Schema, t reflect.Type, tag string) {
	t = pointee(t)
	if tag == "" {
		return
	}
	whole, below, dives := strings.Cut(","+tag+",", ",dive,")
	words := strings.Split(strings.Trim(whole, ","), ",")
	mayBeZero := slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, "omit") })
	for _, word := range words {
		s.constraint(one, t, word, mayBeZero)
	}
	item, has := one["items"].(Schema)
	if !has {
		item, has = one["additionalProperties"].(Schema)
	}
	if below = strings.Trim(below, ","); dives && has && !strings.HasPrefix(below, "keys") {
		s.constrain(item, t.Elem(), below)
	}
}

func (s schemer) constraint(one Schema, t reflect.Type, word string, mayBeZero bool) {
	name, param, _ := strings.Cut(word, "=")
	if pattern := s.patterns[name]; pattern != "" {
		s.match(one, pattern)
		return
	}
	if strings.Contains(word, "|") || mayBeZero && name != "oneof" {
		return
	}
	switch {
	case name == "oneof":
		one["enum"] = enum(t, param, mayBeZero)
	case name == "unique" && t.Kind() == reflect.Slice && param == "":
		one["uniqueItems"] = true
	case name == "required" && t.Kind() == reflect.String:
		one["minLength"] = 1
	case t.Kind() == reflect.String && (name == "ipv4" || name == "ipv6"):
		one["format"] = name
	case t.Kind() == reflect.String && affixes[name] != "":
		one["pattern"] = strings.Replace(affixes[name], "%", regexp.QuoteMeta(param), 1)
	default:
		maps.Copy(one, bound(t, name, param))
	}
}

// match asks the strings of a schema for a pattern: itself, the items of a
// list, or the names of a table.
func (s schemer) match(one Schema, pattern string) {
	if item, ok := one["items"].(Schema); ok {
		one = item
	}
	if entry, ok := one["additionalProperties"]; ok {
		one["patternProperties"], one["additionalProperties"] = Schema{pattern: entry}, Never("Names here have the form "+pattern+".")
		return
	}
	one["pattern"] = pattern
}

// affixes are the patterns of tags about a part of a text.
var affixes = map[string]string{"startswith": "^%", "endswith": "%$", "contains": "%"}

// enum are the values of oneof.
func enum(t reflect.Type, param string, mayBeZero bool) []any {
	var all []any
	for _, word := range words.FindAllString(param, -1) {
		word = strings.Trim(word, "'")
		if n, err := strconv.ParseInt(word, 10, 64); err == nil && isInteger(t) {
			all = append(all, n)
		} else {
			all = append(all, word)
		}
	}
	zero := any("")
	if isInteger(t) {
		zero = int64(0)
	}
	if mayBeZero && !slices.Contains(all, zero) {
		all = append(all, zero)
	}
	return all
}

// bound is a limit of a number, or of the length of a text, a list or a table.
func bound(t reflect.Type, name, param string) Schema {
	n, err := strconv.ParseInt(param, 10, 64)
	if err != nil {
		return nil
	}
	low, high := "minimum", "maximum"
	switch {
	case t == durationType:
		return nil
	case t.Kind() == reflect.String:
		low, high = "minLength", "maxLength"
	case t.Kind() == reflect.Slice || t.Kind() == reflect.Array:
		low, high = "minItems", "maxItems"
	case t.Kind() == reflect.Map:
		low, high = "minProperties", "maxProperties"
	case !isInteger(t) && (name == "gt" || name == "lt"):
		return nil // drafts differ in how they say it
	case !isInteger(t) && !isFloat(t):
		return nil
	}
	switch name {
	case "min", "gte":
		return Schema{low: n}
	case "max", "lte":
		return Schema{high: n}
	case "gt":
		return Schema{low: n + 1}
	case "lt":
		return Schema{high: n - 1}
	case "len", "eq":
		if name == "eq" && low != "minimum" {
			return nil
		}
		return Schema{low: n, high: n}
	}
	return nil
}
