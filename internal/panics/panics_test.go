package panics_test

import (
	"errors"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/panics"
)

func catch(f func()) (err *panics.Error) {
	defer func() {
		if value := recover(); value != nil {
			err = panics.Caught(value)
		}
	}()
	f()
	return nil
}

func TestCaught(t *testing.T) {
	var m map[string]int
	for _, tt := range []struct {
		name string
		f    func()
		want string
	}{
		{"a text", func() { panic("no luck") }, `^panic: no luck \(at internal/panics/panics_test\.go:\d+\)$`},
		{"an error", func() { panic(fs.ErrExist) }, `^panic: file already exists \(at internal/panics/panics_test\.go:\d+\)$`},
		{"of the runtime", func() { m["x"] = 1 }, `^panic: assignment to entry in nil map \(at internal/panics/panics_test\.go:\d+\)$`},
		{"in the standard library", func() { _ = strings.Repeat("x", -1) }, `^panic: strings: negative Repeat count \(at internal/panics/panics_test\.go:\d+\)$`},
		{"again, while it is handled", func() {
			defer func() { panic(recover()) }()
			panic("first")
		}, `^panic: first.* \(at internal/panics/panics_test\.go:\d+\)$`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := catch(tt.f)
			if !regexp.MustCompile(tt.want).MatchString(err.Error()) {
				t.Errorf("got %q", err)
			}
			first, _, _ := strings.Cut(err.Stack, "\n")
			if !strings.Contains(err.Stack, "internal/panics_test.TestCaught.") && !strings.Contains(err.Stack, "panics_test.TestCaught.") {
				t.Errorf("the stack begins with %q:\n%s", first, err.Stack)
			}
			if strings.Contains(err.Stack, "panics.Caught") || strings.Contains(err.Stack, "runtime.gopanic") {
				t.Errorf("the stack has what came after the panic:\n%s", err.Stack)
			}
		})
	}
}

// What was caught in one goroutine can be thrown again in another.
func TestPassedOn(t *testing.T) {
	var first *panics.Error
	done := make(chan bool)
	go func() {
		defer close(done)
		first = catch(func() { panic("far away") })
	}()
	<-done
	if again := catch(func() { panic(first) }); again != first {
		t.Errorf("got %v, want the first", again)
	}
	if err := catch(func() { panic(fs.ErrExist) }); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v is not the error that panic was called with", err)
	}
}
