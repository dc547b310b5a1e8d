package crash

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
)

const (
	longest   = 16 << 10 // bytes of a text that are kept
	mostWraps = 30       // errors that one may wrap before the rest is left out
)

// A Cause is an error, or what else a program panicked with.
type Cause struct {
	Type  string // of Go: "*fs.PathError"
	Text  string
	Depth int // how many errors are around it
}

// Causes are the value of a panic and then, if it is an error, those that it
// wraps, each before its own.
func Causes(value any) []Cause {
	causes := []Cause{{Type: fmt.Sprintf("%T", value), Text: text(value)}}
	if err, ok := value.(error); ok {
		causes = wrapped(causes, err, 1)
	}
	return causes
}

func wrapped(causes []Cause, err error, depth int) []Cause {
	for _, inner := range unwrap(err) {
		if inner == nil || len(causes) > mostWraps {
			continue
		}
		causes = append(causes, Cause{fmt.Sprintf("%T", inner), text(inner), depth})
		causes = wrapped(causes, inner, depth+1)
	}
	return causes
}

// unwrap are the errors that err wraps; none when its method panics.
func unwrap(err error) (inner []error) {
	defer func() {
		if recover() != nil {
			inner = nil
		}
	}()
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		return many.Unwrap()
	}
	if one := errors.Unwrap(err); one != nil {
		return []error{one}
	}
	return nil
}

// text is a value as fmt prints it, which survives methods that panic.
func text(value any) string {
	var s string
	switch value.(type) {
	case error, fmt.Stringer:
		s = fmt.Sprint(value)
	default:
		s = fmt.Sprintf("%+v", value)
	}
	if len(s) > longest {
		return fmt.Sprintf("%s... (%d bytes in all)", s[:longest], len(s))
	}
	return s
}

// Title is the kind of a panic in a few words: the type, unless that is only how
// a text became an error.
func Title(value any) string {
	switch value := value.(type) {
	case runtime.Error:
		return "Runtime error"
	case error:
		name := fmt.Sprintf("%T", value)
		switch name {
		case "*errors.errorString", "*errors.joinError", "*fmt.wrapError", "*fmt.wrapErrors":
			return "Error"
		}
		return name
	}
	if t := reflect.TypeOf(value); t != nil && t.PkgPath() != "" {
		return t.String()
	}
	return "Panic"
}
