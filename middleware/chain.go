package middleware

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// A Chain is links in the order of MIDDLEWARE: the first is outermost. A
// request passes down the list, its response passes up:
//
//	request  ->  first  ->  second  ->  handler
//	response <-  first  <-  second  <-  handler
type Chain []Link

// String is the chain in order: "security -> corsheaders -> handler".
func (c Chain) String() string {
	var b strings.Builder
	for _, l := range c {
		b.WriteString(l.Name)
		b.WriteString(" -> ")
	}
	b.WriteString("handler")
	return b.String()
}

// Wrap builds every link, innermost first as in Django, and returns h inside
// them. Each layer, h too, is guarded: if it panics, failed answers, and the
// links outside see an ordinary response (Django converts exceptions to
// responses between every two layers as well).
//
// The error names the link that failed to build, that is nil, or that returned
// a nil handler.
func (c Chain) Wrap(h http.Handler, failed PanicHandler) (http.Handler, error) {
	h = guard(h, failed)
	for _, l := range slices.Backward(c) {
		wrapped, err := l.wrap(h)
		if err != nil {
			return nil, err
		}
		h = guard(wrapped, failed)
	}
	return record(h), nil
}

func (l Link) wrap(h http.Handler) (http.Handler, error) {
	f, err := l.New()
	if err != nil {
		return nil, fmt.Errorf("middleware %s: %w", l.Name, err)
	}
	if f == nil {
		return nil, fmt.Errorf("middleware %s: New returned a nil middleware", l.Name)
	}
	wrapped := f(h)
	if wrapped == nil {
		return nil, fmt.Errorf("middleware %s returned a nil handler", l.Name)
	}
	return wrapped, nil
}
