package crash_test

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/internal/crash"
)

// recovered is the stack of a panic in f, called by net/http.
func recovered(f func()) (frames []crash.Frame) {
	defer func() {
		if recover() != nil {
			frames, _ = crash.Stack()
		}
	}()
	h := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { f() })
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	return nil
}

type table[T any] struct{ rows []T }

func (t *table[T]) row(i int) T { return t.rows[i] }

func TestStack(t *testing.T) {
	var missing *table[int]
	for _, tt := range []struct {
		name     string
		f        func()
		function string // part of that of the innermost call
		here     string // part of its line
	}{
		{"panic", func() { panic("boom") }, "TestStack.func1", `panic("boom")`},
		{"nil pointer", func() { _ = missing.row(0) }, "crash_test.(*table[...]).row", "return t.rows[i]"},
		{"index", func() { _ = (&table[string]{}).row(3) }, "crash_test.(*table[...]).row", "return t.rows[i]"},
		{"nil", func() { panic(nil) }, "TestStack.func4", "panic(nil)"},
		{"panic again", func() {
			defer func() { panic(fmt.Sprint("again: ", recover())) }()
			panic("first")
		}, "TestStack.func5.1", "again: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			frames := recovered(tt.f)
			if len(frames) == 0 {
				t.Fatal("no stack")
			}
			first := frames[0]
			if !strings.Contains(first.Function, tt.function) || first.Kind != crash.App || !strings.Contains(first.Here(), tt.here) || first.Stale {
				t.Errorf("got %q (%s), stale %v, at %q; want %q at %q", first.Function, first.Kind, first.Stale, first.Here(), tt.function, tt.here)
			}
			if filepath.Base(first.File) != "stack_test.go" || len(first.Source) != 11 || first.Source[5].Number != first.Line {
				t.Errorf("got %s:%d with %v", first.File, first.Line, first.Source)
			}
			if !slices.ContainsFunc(frames, func(f crash.Frame) bool {
				return f.Function == "http.HandlerFunc.ServeHTTP" && f.Package == "net/http" && f.Kind == crash.Standard
			}) {
				t.Errorf("no call of net/http in %v", frames)
			}
			for _, f := range frames {
				if strings.HasPrefix(f.Function, "runtime.") && tt.name != "panic again" {
					t.Errorf("%s says nothing", f.Function)
				}
			}
		})
	}
}

// A stack that is very deep is cut on the outside.
func TestDeepStack(t *testing.T) {
	var deep func(n int)
	deep = func(n int) {
		if n == 0 {
			panic("deep")
		}
		deep(n - 1)
	}
	defer func() {
		recover()
		frames, more := crash.Stack()
		if !more || len(frames) < 100 || !strings.Contains(frames[0].Here(), `panic("deep")`) {
			t.Errorf("got %d calls, more: %v", len(frames), more)
		}
	}()
	deep(1000)
}

// Without its file a call is shown all the same.
func TestMissingSource(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large.go")
	if err := os.WriteFile(large, []byte(strings.Repeat("// x\n", 1<<20)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"", "example.org/site/app.go", filepath.Join(t.TempDir(), "gone.go"), t.TempDir(), os.DevNull, large} {
		if lines := crash.Around(file, 1); lines != nil {
			t.Errorf("%s: got %v", file, lines)
		}
	}
	small := filepath.Join(t.TempDir(), "small.go")
	if err := os.WriteFile(small, []byte("one\r\ntwo\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(crash.Around(small, 2), crash.Around(small, 3), crash.Around(small, 0))
	if want := "[{1 one false} {2 two true}] [] []"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestKinds(t *testing.T) {
	frames := recovered(func() { panic(1) })
	i := slices.IndexFunc(frames, func(f crash.Frame) bool { return f.Package == "net/http" })
	root := strings.TrimSuffix(frames[i].File, "/http/server.go")
	defer crash.Pretend("mysite", "github.com/google/go-cmp", "gopkg.in/yaml.v3")()
	for _, tt := range []struct {
		function, file string
		want           crash.Kind
		name           string
	}{
		{"main.main", "/home/x/main.go", crash.App, "main.main"},
		{"mysite/polls.(*App).detail", "/home/x/app.go", crash.App, "polls.(*App).detail"},
		{"github.com/settled-go/settled_test.x", "/home/x/a_test.go", crash.App, "settled_test.x"},
		{"github.com/settled-go/settled/examples/quickstart/notes.x", "/home/x/a.go", crash.App, "notes.x"},
		{"github.com/settled-go/settled.(*Site).start", "/home/x/site.go", crash.Framework, "settled.(*Site).start"},
		{"github.com/settled-go/settled/apps/corsheaders.(*layer).ServeHTTP", "/home/x/layer.go", crash.Framework, "corsheaders.(*layer).ServeHTTP"},
		{"net/http.HandlerFunc.ServeHTTP", root + "/http/server.go", crash.Standard, "http.HandlerFunc.ServeHTTP"},
		{"gopkg.in/yaml%2ev3.parse[example.org/x.T]", "/go/pkg/mod/yaml.go", crash.Library, "yaml.v3.parse[example.org/x.T]"},
		{"github.com/google/go-cmp/cmp.Equal", "/go/pkg/mod/cmp.go", crash.Library, "cmp.Equal"},
		{"mysite_test.TestX", "/home/x/app_test.go", crash.App, "mysite_test.TestX"},
		{"unknown.example/x.F", "/home/x/x.go", crash.App, "x.F"},
		{"none", "", crash.App, "none"},
	} {
		kind, name := crash.Judge(tt.function, tt.file)
		if kind != tt.want || name != tt.name {
			t.Errorf("%s: got %s, %q, want %s, %q", tt.function, kind, name, tt.want, tt.name)
		}
	}
}

// rude is an error whose methods panic.
type rude struct{}

func (rude) Error() string { panic("no error text") }
func (rude) Unwrap() error { panic("nothing to see") }

type point struct{ X, Y int }

func TestCauses(t *testing.T) {
	_, notThere := os.Open("/no/such/file")
	for _, tt := range []struct {
		name  string
		value any
		title string
		want  string
	}{
		{"text", "boom", "Panic", "0 string boom"},
		{"number", 7, "Panic", "0 int 7"},
		{"struct", point{1, 2}, "crash_test.point", "0 crash_test.point {X:1 Y:2}"},
		{"error", errors.New("boom"), "Error", "0 *errors.errorString boom"},
		{"wrapped", fmt.Errorf("reading: %w", notThere), "Error",
			"0 *fmt.wrapError reading: open /no/such/file: no such file or directory, 1 *fs.PathError open /no/such/file: no such file or directory, " +
				"2 syscall.Errno no such file or directory"},
		{"joined", errors.Join(fs.ErrClosed, errors.New("b")), "Error", "0 *errors.joinError file already closed\nb, 1 *errors.errorString file already closed, 1 *errors.errorString b"},
		{"own type", &fs.PathError{Op: "open", Path: "x", Err: fs.ErrExist}, "*fs.PathError", "0 *fs.PathError open x: file already exists, 1 *errors.errorString file already exists"},
		{"rude", rude{}, "crash_test.rude", "0 crash_test.rude %!v(PANIC=Error method: no error text)"},
		{"nil pointer that is an error", (*fs.PathError)(nil), "*fs.PathError", "0 *fs.PathError <nil>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range crash.Causes(tt.value) {
				got = append(got, fmt.Sprint(c.Depth, " ", c.Type, " ", c.Text))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, ", ")); diff != "" || crash.Title(tt.value) != tt.title {
				t.Errorf("title %q, want %q (-want +got):\n%s", crash.Title(tt.value), tt.title, diff)
			}
		})
	}
}

// round wraps itself.
type round struct{}

func (r *round) Error() string   { return "round" }
func (r *round) Unwrap() []error { return []error{r, r} }

func TestCausesEnd(t *testing.T) {
	if n := len(crash.Causes(&round{})); n > 40 {
		t.Errorf("got %d", n)
	}
	huge := crash.Causes(strings.Repeat("x", 1<<20))[0].Text
	if len(huge) > 20<<10 || !strings.HasSuffix(huge, "(1048576 bytes in all)") {
		t.Errorf("got %d bytes", len(huge))
	}
}
