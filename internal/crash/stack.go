// Package crash tells of a panic: what the value was, with the errors that it
// wraps, and the stack with the source around each call.
package crash

import (
	"runtime"
	"strings"
)

// most is how many calls of a stack are kept, those nearest to the panic.
const most = 200

// A Frame is a call on the stack.
type Frame struct {
	Function string // "polls.(*App).detail", without the path of its package
	Package  string
	File     string
	Line     int
	Kind     Kind
	// Source is the text around Line; empty when the file is not to be had.
	Source []Line
	// Stale says that the file is newer than the program, so that Source may
	// not be what runs.
	Stale bool
}

// Here is the source line of the call, "" when it is not known.
func (f Frame) Here() string {
	for _, l := range f.Source {
		if l.Here {
			return strings.TrimSpace(l.Text)
		}
	}
	return ""
}

// Stack is the stack of the panic that is being recovered from, the innermost
// call first. Call it from the deferred function that recovers, or from what that
// calls: until that returns, the frames are there. more says that there are
// further ones outside.
func Stack() (frames []Frame, more bool) {
	pcs := make([]uintptr, most)
	n := runtime.Callers(2, pcs)
	calls := runtime.CallersFrames(pcs[:n])
	read := newReader()
	panicked := false
	for next := n > 0; next; {
		var call runtime.Frame
		call, next = calls.Next()
		switch {
		case call.Function == "runtime.gopanic" && !panicked:
			panicked = true
		case !panicked, call.Function == "", call.Function == "runtime.goexit":
		case len(frames) == 0 && strings.HasPrefix(call.Function, "runtime."):
			// How the runtime came to panic: panicmem, sigpanic, goPanicIndex.
		default:
			frames = append(frames, read.frame(call))
		}
	}
	return frames, n == most
}

func (r *reader) frame(call runtime.Frame) Frame {
	pkg, function := split(call.Function)
	f := Frame{Function: function, Package: pkg, File: call.File, Line: call.Line, Kind: kindOf(pkg, call.File)}
	f.Source, f.Stale = r.around(call.File, call.Line)
	return f
}

// split takes the name of a function apart: "example.org/site/polls.(*App).detail" is of
// package "example.org/site/polls", and "polls.(*App).detail" for people. A dot in
// the last part of a package's path is written %2e.
func split(name string) (pkg, function string) {
	slash := strings.LastIndexByte(cutTypes(name), '/') + 1
	dot := strings.IndexByte(name[slash:], '.')
	if dot < 0 {
		return "", name
	}
	return strings.ReplaceAll(name[:slash+dot], "%2e", "."), strings.ReplaceAll(name[slash:], "%2e", ".")
}

// cutTypes is the name without type arguments, which may hold slashes.
func cutTypes(name string) string {
	if i := strings.IndexByte(name, '['); i >= 0 {
		return name[:i]
	}
	return name
}
