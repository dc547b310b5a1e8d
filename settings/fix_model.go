package settings

import (
	"maps"
	"math"
	"reflect"
	"slices"

	"github.com/settled-go/settled/checks"
)

// takenOut stands in a list for an element that is taken out.
type takenOut struct{}

// edited is what values are to be after tasks, made of the values alone.
func edited(values map[string]any, tasks []task) (after map[string]any, ok bool) {
	after = clone(values).(map[string]any)
	for _, t := range tasks {
		if t.Do != checks.Rename && !editValue(after, t) {
			return nil, false
		}
	}
	after = compact(after).(map[string]any)
	for _, t := range tasks {
		if t.Do != checks.Rename {
			continue
		}
		if _, taken := after[t.Text]; taken {
			return nil, false
		}
		after[t.Text] = after[t.path[0].key]
		delete(after, t.path[0].key)
	}
	return after, true
}

func editValue(values map[string]any, t task) bool {
	if t.Do == checks.Remove && len(t.path) == 1 {
		delete(values, t.path[0].key)
		return true
	}
	if t.Do == checks.Append {
		return appendTo(values, t)
	}
	inside, last := any(values), t.path[len(t.path)-1]
	for _, s := range t.path[:len(t.path)-1] {
		inside = entryOf(inside, s)
	}
	if list, ok := inside.([]any); ok && last.index >= 0 && last.index < len(list) {
		editElement(list, last.index, t)
		return true
	}
	table, ok := inside.(map[string]any)
	if ok && t.Do == checks.Replace {
		table[last.key] = t.Text
	}
	return ok && t.Do == checks.Replace
}

// appendTo adds an element to the list that the path leads to.
func appendTo(values map[string]any, t task) bool {
	inside, last := any(values), t.path[len(t.path)-1]
	for _, s := range t.path[:len(t.path)-1] {
		inside = entryOf(inside, s)
	}
	list, ok := entryOf(inside, last).([]any)
	if !ok && t.node != nil {
		return false
	}
	list = append(list, t.Text)
	switch v := inside.(type) {
	case map[string]any:
		v[last.key] = list
	case []any:
		v[last.index] = list
	}
	return true
}

func editElement(list []any, i int, t task) {
	switch t.Do {
	case checks.Replace:
		list[i] = t.Text
	case checks.Remove:
		list[i] = takenOut{}
	case checks.Move:
		moved := list[i]
		copy(list[i:], list[i+1:])
		copy(list[t.To+1:], list[t.To:])
		list[t.To] = moved
	}
}

// entryOf is what a segment leads to, nil when there is no such thing.
func entryOf(value any, s segment) any {
	switch v := value.(type) {
	case map[string]any:
		return v[s.key]
	case []any:
		if s.index >= 0 && s.index < len(v) {
			return v[s.index]
		}
	}
	return nil
}

// compact closes the gaps that removed elements leave.
func compact(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for key, entry := range v {
			v[key] = compact(entry)
		}
	case []any:
		for i := range v {
			v[i] = compact(v[i])
		}
		return slices.DeleteFunc(v, func(element any) bool { return element == takenOut{} })
	}
	return value
}

// same compares two values. Unlike reflect.DeepEqual it takes nan for nan, and
// a list of tables for the same however it is written.
func same(a, b any) bool {
	switch a := a.(type) {
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && maps.EqualFunc(a, b, func(x, y any) bool { return same(x, y) })
	case float64:
		b, ok := b.(float64)
		return ok && (a == b || math.IsNaN(a) && math.IsNaN(b))
	}
	n, element := elements(a)
	if n < 0 {
		return reflect.DeepEqual(a, b)
	}
	m, other := elements(b)
	for i := 0; i < n && n == m; i++ {
		if !same(element(i), other(i)) {
			return false
		}
	}
	return n == m
}
