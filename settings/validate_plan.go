package settings

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"
)

// A plan is what is made once for a type of settings struct: its validator, as
// making one and registering rules is slow and not safe while it is in use,
// and the fields that have rules of the struct's own.
type plan struct {
	validator *validator.Validate
	ruled     []ruledField
}

// A ruledField is a field with the tags that are rules of the struct's own,
// and with the tags that steer them.
type ruledField struct {
	field
	tags  string
	whole string // those of tags that are about the field, not its elements
}

var plans sync.Map // reflect.Type -> *plan

func planOf(t reflect.Type, rules []Rule) *plan {
	if made, ok := plans.Load(t); ok {
		return made.(*plan)
	}
	made, _ := plans.LoadOrStore(t, newPlan(t, rules))
	return made.(*plan)
}

func newPlan(t reflect.Type, rules []Rule) *plan {
	p := &plan{validator: validator.New(
		validator.WithRequiredStructEnabled(),
		validator.WithTagNameFuncBlankOmit(), // leaves embedded structs out of paths
	)}
	p.validator.RegisterTagNameFunc(tomlName)
	own := make(map[string]bool, len(rules))
	for _, r := range rules {
		own[r.Tag] = true
		if err := p.validator.RegisterValidationCtx(r.Tag, validation(r.Tag), true); err != nil {
			panic(fmt.Sprintf("settings: rule %q of %s: %v", r.Tag, t, err))
		}
	}
	p.separate(t, own)
	for _, f := range fieldsOf(t) {
		if _, tags := splitTags(t.FieldByIndex(f.index).Tag.Get("validate"), own); tags != "" {
			whole, _, _ := strings.Cut(","+tags+",", ",dive,")
			p.ruled = append(p.ruled, ruledField{field: f, tags: tags, whole: strings.Trim(whole, ",")})
		}
	}
	return p
}

// validation is what validator runs for a rule. It always holds, since
// validator goes no further with a field after a failure; the run keeps what
// is found.
func validation(tag string) validator.FuncCtx {
	return func(ctx context.Context, fl validator.FieldLevel) bool {
		r, ok := ctx.Value(runKey{}).(*run)
		if !ok {
			panic(fmt.Sprintf("settings: rule %q stands on %s, which is not a field of the settings struct, or is joined with |",
				tag, fl.FieldName()))
		}
		r.ask(tag, fl)
		return true
	}
}

// separate takes the struct's own rules out of the tags that validator runs
// over the struct, so that a standard tag that fails hides none of them, and
// takes out the fields that are no settings.
func (p *plan) separate(t reflect.Type, own map[string]bool) {
	tags := map[string]string{}
	for sf := range t.Fields() {
		switch {
		case isFlattened(sf):
			p.separate(sf.Type, own)
		case tomlName(sf) == "":
			tags[sf.Name] = "-"
		default:
			tags[sf.Name], _ = splitTags(sf.Tag.Get("validate"), own)
		}
	}
	p.validator.RegisterStructValidationMapRules(tags, reflect.Zero(t).Interface())
}

// steering are the tags that say to what the others apply.
var steering = []string{"omitempty", "omitzero", "omitnil", "dive", "keys", "endkeys"}

// splitTags parts a validate tag into validator's own tags and the struct's
// own rules. The tags that steer go with both.
func splitTags(tag string, own map[string]bool) (standard, ruled string) {
	var ofValidator, ofStruct []string
	var end int // of ofStruct: what stands behind the last rule steers nothing
	for word := range strings.SplitSeq(tag, ",") {
		isOwn, steers := own[word], slices.Contains(steering, word)
		if isOwn || steers {
			ofStruct = append(ofStruct, word)
		}
		if !isOwn {
			ofValidator = append(ofValidator, word)
		}
		closesRule := word == "endkeys" && end > 0 && end == len(ofStruct)-1
		if isOwn || closesRule {
			end = len(ofStruct)
		}
	}
	return strings.Join(ofValidator, ","), strings.Join(ofStruct[:end], ",")
}
