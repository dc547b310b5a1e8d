package settings

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/go-playground/validator/v10"
)

// CheckStruct reports mistakes in how a settings struct is written: names that
// are not in upper case or not unique, malformed ids, tags that don't exist. It
// is for the tests of those who write one. v is as for Validate.
func CheckStruct(v any) error {
	value, ok := structOf(v)
	if !ok {
		return nil
	}
	c := &structCheck{names: map[string]bool{}, wrong: map[string]bool{}, rules: map[string]bool{}, used: map[string]bool{}}
	c.checkRules(value)
	c.checkFields(value.Type(), true)
	topNames := c.names
	for _, t := range tables(value.Type(), nil)[1:] {
		c.names = map[string]bool{}
		c.checkFields(t, false)
	}
	for name := range topNames {
		if c.wrong[foldName(name)] {
			c.report("%q is a setting, and a wrong name too", name)
		}
	}
	for tag := range c.rules {
		if !c.used[tag] {
			c.report("rule %q is on no field", tag)
		}
	}
	if len(c.errs) == 0 { // else validator panics about the same
		c.checkTags(value)
	}
	slices.SortStableFunc(c.errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(c.errs...)
}

// A structCheck collects what CheckStruct finds.
type structCheck struct {
	names map[string]bool // of the struct at hand, old ones too
	rules map[string]bool // the tags of the struct's own
	wrong map[string]bool // well-known wrong names, folded
	used  map[string]bool // those of them that stand on a field
	errs  []error
}

func (c *structCheck) report(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("settings: "+format, args...))
}

func (c *structCheck) checkRules(value reflect.Value) {
	for _, r := range rulesOf(value) {
		switch {
		case r.Find == nil:
			c.report("rule %q has no Find", r.Tag)
		case c.rules[r.Tag]:
			c.report("rule %q is there twice", r.Tag)
		case !ruleTag.MatchString(r.Tag):
			c.report("rule %q has a name that is not of lower-case letters, digits and _", r.Tag)
		case isStandard(r.Tag):
			c.report("rule %q has the name of a tag of validator's", r.Tag)
		}
		c.rules[r.Tag] = true
	}
}

var (
	ruleTag     = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	settingName = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)
	checkID     = regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)*\.[CEWID][0-9]{3}$`)
)

// isStandard reports whether validator has a tag: for those it lacks it panics.
func isStandard(tag string) (known bool) {
	defer func() {
		p := recover()
		known = p == nil || !strings.HasPrefix(fmt.Sprint(p), "Undefined validation function")
	}()
	_ = validator.New().Var("", tag)
	return true
}

// checkFields checks the tags of a struct; top is the settings struct itself.
func (c *structCheck) checkFields(t reflect.Type, top bool) {
	for sf := range t.Fields() {
		where := t.String() + "." + sf.Name
		switch {
		case isFlattened(sf):
			c.checkFields(sf.Type, top)
		case sf.Anonymous && innermost(sf.Type).Kind() == reflect.Struct && tomlName(sf) == "":
			c.report("%s: embed the struct itself, not a pointer to it", where)
		case tomlName(sf) == "":
			for _, tag := range []string{"alias", "wrong", "validate", "check", "should", "removed"} {
				if sf.Tag.Get(tag) != "" {
					c.report("%s has a tag %s, but is no setting: it has no toml name or is not exported", where, tag)
				}
			}
		default:
			c.checkNames(where, sf, top)
			c.checkIDs(where, sf)
			c.checkOwnTags(where, sf, top)
			if (sf.Tag.Get("removed") != "") != (sf.Type == removedType) {
				c.report("%s: the type Removed and the tag removed go together", where)
			}
		}
	}
}

func (c *structCheck) checkNames(where string, sf reflect.StructField, top bool) {
	for _, name := range []string{tomlName(sf), sf.Tag.Get("alias")} {
		if name == "" {
			continue
		}
		if top && !settingName.MatchString(name) {
			c.report("%s: %q is not in upper case with digits and _", where, name)
		}
		if c.names[name] {
			c.report("%s: %q is there twice", where, name)
		}
		c.names[name] = true
	}
	for _, wrong := range strings.Fields(sf.Tag.Get("wrong")) {
		c.checkWrong(where, wrong, top)
	}
}

// checkWrong checks a wrong name: it is about the settings of a file, and says
// one thing.
func (c *structCheck) checkWrong(where, wrong string, top bool) {
	switch {
	case !top:
		c.report("%s: the tag wrong is for settings, not for entries of a table", where)
	case !settingName.MatchString(wrong):
		c.report("%s: the wrong name %q is not in upper case with digits and _", where, wrong)
	case c.wrong[foldName(wrong)]:
		c.report("%s: the wrong name %q is there twice", where, wrong)
	}
	c.wrong[foldName(wrong)] = true
}

// checkIDs checks a check tag. alias= and both= are Decode's, the others belong
// to a standard tag of the field.
func (c *structCheck) checkIDs(where string, sf reflect.StructField) {
	check, rules := sf.Tag.Get("check"), tagNames(sf.Tag.Get("validate"))
	ids := readIDs(check)
	if len(ids) != len(strings.Fields(check)) {
		c.report("%s: the tag check:%q has two ids for one tag", where, check)
	}
	for rule, id := range ids {
		switch {
		case !checkID.MatchString(id):
			c.report("%s: %q is not an id such as app.E001", where, id)
		case rule != "" && rule != "alias" && rule != "both" && (!slices.Contains(rules, rule) || c.rules[rule]):
			c.report("%s: the id %s is for %q, which is no standard tag of the field", where, id, rule)
		}
	}
	if isAlias := sf.Tag.Get("alias") != ""; isAlias != (ids["alias"] != "") || isAlias != (ids["both"] != "") {
		c.report("%s: an alias and the ids alias= and both= go together", where)
	}
}

// checkOwnTags checks how the struct's own rules are used.
func (c *structCheck) checkOwnTags(where string, sf reflect.StructField, top bool) {
	tag := sf.Tag.Get("validate")
	for _, rule := range tagNames(tag) {
		switch {
		case !c.rules[rule]:
			if !isStandard(rule) {
				c.report("%s: there is no tag %q", where, rule)
			}
		case !top:
			c.report("%s: rule %q can't stand on a field of a table", where, rule)
		case !slices.Contains(strings.Split(tag, ","), rule):
			c.report("%s: rule %q can't have a parameter or be joined with |", where, rule)
		}
		c.used[rule] = true
	}
}

// tagNames are the tags in a validate tag, without their parameters.
func tagNames(tag string) []string {
	var names []string
	for _, word := range strings.FieldsFunc(tag, func(r rune) bool { return r == ',' || r == '|' }) {
		name, _, _ := strings.Cut(word, "=")
		names = append(names, name)
	}
	return names
}

// checkTags has validator read all tags, which panics at one that doesn't fit
// its field.
func (c *structCheck) checkTags(value reflect.Value) {
	defer func() {
		if p := recover(); p != nil {
			c.report("%s: %v", value.Type(), p)
		}
	}()
	_ = Validate(value.Addr().Interface()) // that defaults keep the rules is for another test
	p := planOf(value.Type(), rulesOf(value))
	for _, t := range tables(value.Type(), nil)[1:] {
		_ = p.validator.Struct(reflect.New(t).Interface())
	}
}

// tables are t and the struct types with settings in it.
func tables(t reflect.Type, seen []reflect.Type) []reflect.Type {
	if slices.Contains(seen, t) {
		return seen
	}
	seen = append(seen, t)
	for _, f := range fieldsOf(t) {
		if inner := innermost(f.typ); inner.Kind() == reflect.Struct && len(fieldsOf(inner)) > 0 {
			seen = tables(inner, seen)
		}
	}
	return seen
}
