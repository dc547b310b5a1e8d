// Package panics makes an error of a panic: what it says, where it happened and
// the stack, for whoever asks for that.
package panics

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
)

// An Error is a panic that was caught.
type Error struct {
	// Value is what panic was called with.
	Value any
	// Place is the file and line of the first function outside of Go's standard
	// library, relative to the program's module; "" when there is none.
	Place string
	// Stack has a function and its place for each call, innermost first, each on
	// two lines.
	Stack string
}

// Caught makes an error of what recover returned. It is for deferred functions:
// later the stack is gone.
func Caught(value any) *Error {
	if err, ok := value.(*Error); ok {
		return err // caught in another goroutine, and passed on
	}
	e := &Error{Value: value}
	var b strings.Builder
	for _, f := range stack() {
		fmt.Fprintf(&b, "%s\n    %s:%d\n", f.Function, f.File, f.Line)
		if e.Place == "" && !isStandard(f.Function) {
			e.Place = fmt.Sprintf("%s:%d", inModule(f), f.Line)
		}
	}
	e.Stack = b.String()
	return e
}

func (e *Error) Error() string {
	if e.Place == "" {
		return fmt.Sprintf("panic: %v", e.Value)
	}
	return fmt.Sprintf("panic: %v (at %s)", e.Value, e.Place)
}

// Unwrap is the error that panic was called with, if it was one.
func (e *Error) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// stack are the calls that led to the panic, innermost first.
func stack() []runtime.Frame {
	pcs := make([]uintptr, 128)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	var all []runtime.Frame
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if all = append(all, f); f.Function == "runtime.gopanic" {
			all = all[:0] // only what called panic first counts
		}
	}
	return all
}

// modules are the paths of the program's module and of those it needs.
var modules = sync.OnceValue(func() []string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil
	}
	paths := []string{info.Main.Path}
	for _, m := range info.Deps {
		paths = append(paths, m.Path)
	}
	return paths
})

// isStandard says whether a function is of Go's standard library, as far as the
// program knows what it is made of.
func isStandard(function string) bool {
	if strings.HasPrefix(function, "main.") {
		return false
	}
	for _, path := range modules() {
		if rest, ok := strings.CutPrefix(function, path); ok && path != "" && strings.ContainsAny(rest[:min(1, len(rest))], "./_") {
			return false
		}
	}
	return true
}

// inModule is a call's file with the path that imports have for it, but for that
// of the program's module: the same on every machine.
func inModule(f runtime.Frame) string {
	dir, file := "", f.File
	if i := strings.LastIndexAny(file, `/\`); i >= 0 {
		dir, file = file[:i], file[i+1:]
	}
	slash := strings.LastIndexByte(f.Function, '/') + 1
	name, _, _ := strings.Cut(f.Function[slash:], ".")
	path := strings.TrimSuffix(f.Function[:slash]+name, "_test")
	if path == "main" { // says nothing: its directory does
		path = dir[strings.LastIndexAny(dir, `/\`)+1:]
	} else if paths := modules(); len(paths) > 0 && paths[0] != "" {
		if path == paths[0] {
			return file
		}
		path = strings.TrimPrefix(path, paths[0]+"/")
	}
	return path + "/" + file
}
