package handover_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/settled-go/settled/server"
	"github.com/settled-go/settled/server/handover"
)

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// A supervised is a socket under a supervisor.
type supervised struct {
	url     string
	changes chan struct{}
	events  chan handover.Event
	stop    context.CancelFunc
	end     chan error
	build   func(context.Context) (handover.Program, error)
}

// supervise starts one whose first generation says "one".
func supervise(t *testing.T) *supervised {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	v := &supervised{
		url: "http://" + l.Addr().String(), changes: make(chan struct{}),
		events: make(chan handover.Event, 100), end: make(chan error, 1),
	}
	s := &handover.Supervisor{
		Serve: func(ctx context.Context, l net.Listener) error {
			return (&server.Server{Handler: answers("one", l)}).Serve(ctx, l)
		},
		Changes: v.changes,
		Build:   func(ctx context.Context) (handover.Program, error) { return v.build(ctx) },
		Tell:    func(e handover.Event) { v.events <- e },
	}
	ctx, stop := context.WithCancel(t.Context())
	v.stop = stop
	done := make(chan struct{})
	go func() {
		defer close(done)
		v.end <- s.Run(ctx, l.(*net.TCPListener))
	}()
	t.Cleanup(func() {
		stop()
		await(t, done, "Run to return")
	})
	return v
}

// becomes makes a change of which the outcome is a program of that kind.
func (v *supervised) becomes(kind string) {
	v.build = func(context.Context) (handover.Program, error) { return program(kind), nil }
	v.changes <- struct{}{}
}

// event waits for the next one, and fails the test if it is none of the type.
func event[E any](t *testing.T, v *supervised) (e E) {
	t.Helper()
	got := await(t, v.events, fmt.Sprintf("%T", e))
	e, ok := got.(E)
	if !ok {
		t.Fatalf("got %T %+[1]v, want %T", got, e)
	}
	return e
}

func await[T any](t *testing.T, c <-chan T, what string) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(patience):
		t.Fatalf("waited %v for %s", patience, what)
	}
	return v
}

// get asks on a connection of its own.
func (v *supervised) get(path string) (string, error) {
	transport := &http.Transport{DisableKeepAlives: true}
	defer transport.CloseIdleConnections()
	res, err := (&http.Client{Transport: transport, Timeout: patience}).Get(v.url + path)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return string(body), err
}

func (v *supervised) says(t *testing.T, want string) {
	t.Helper()
	if got, err := v.get("/"); err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

// Generations follow each other while clients ask, on connections that they
// keep and on new ones.
func TestGenerations(t *testing.T) {
	t.Parallel()
	v := supervise(t)
	stop := make(chan struct{})
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			client := &http.Client{Transport: &http.Transport{DisableKeepAlives: i%2 == 0}}
			for {
				select {
				case <-stop:
					return
				case <-time.After(time.Millisecond):
				}
				// A body that can't be read anew is never sent a second time.
				res, err := client.Post(v.url, "", io.MultiReader(strings.NewReader("x")))
				if err != nil {
					t.Error(err)
					continue
				}
				_, _ = io.Copy(io.Discard, res.Body)
				res.Body.Close()
			}
		})
	}
	v.says(t, "one")
	for _, kind := range []string{"two", "three", "four", "five"} {
		v.becomes(kind)
		event[handover.Building](t, v)
		event[handover.Live](t, v)
		v.says(t, kind)
	}
	close(stop)
	all.Wait()
}

// Whatever is wrong with the next one, the one before serves.
func TestNoSuccessor(t *testing.T) {
	for _, first := range []string{"one", "two"} {
		v := supervise(t)
		if first == "two" {
			v.becomes("two")
			event[handover.Building](t, v)
			event[handover.Live](t, v)
		}
		v.becomes("refuses")
		event[handover.Building](t, v)
		e := event[handover.NotStarted](t, v)
		if exit, ok := errors.AsType[*handover.Exit](e.Err); !ok || exit.Code() != 3 || !e.Serving {
			t.Errorf("%s: %+v", first, e)
		}
		v.says(t, first)
		handover.SetAnswerTime(200 * time.Millisecond)
		v.becomes("sleeps")
		event[handover.Building](t, v)
		if e := event[handover.NotStarted](t, v); e.Err != handover.ErrSilent || !e.Serving {
			t.Errorf("%s: %+v", first, e)
		}
		v.says(t, first)
		handover.SetAnswerTime(30 * time.Second)
		broken := errors.New("broken")
		v.build = func(context.Context) (handover.Program, error) { return nil, broken }
		v.changes <- struct{}{}
		event[handover.Building](t, v)
		if e := event[handover.NotBuilt](t, v); e.Err != broken || !e.Serving {
			t.Errorf("%s: %+v", first, e)
		}
		v.build = func(context.Context) (handover.Program, error) {
			return func() *exec.Cmd { return exec.Command("/does/not/exist") }, nil
		}
		v.changes <- struct{}{}
		event[handover.Building](t, v)
		event[handover.NotStarted](t, v)
		v.says(t, first)
	}
}

// What ends is started again, once; then clients wait for a change.
func TestEnds(t *testing.T) {
	t.Parallel()
	v := supervise(t)
	v.becomes("two")
	event[handover.Building](t, v)
	event[handover.Live](t, v)
	if _, err := v.get("/exit"); err == nil {
		t.Error("a program answered after its end")
	}
	e := event[handover.Ended](t, v)
	if exit, ok := errors.AsType[*handover.Exit](e.Err); !ok || exit.Code() != 5 || !e.Restarts {
		t.Errorf("first end: %+v", e)
	}
	if e := event[handover.Live](t, v); e.Build != 0 {
		t.Errorf("built for %v, want what was there", e.Build)
	}
	v.says(t, "two")
	_, _ = v.get("/exit")
	if e := event[handover.Ended](t, v); e.Restarts {
		t.Error("it is started a third time")
	}
	waited := make(chan string)
	go func() {
		text, err := v.get("/")
		waited <- fmt.Sprint(text, err)
	}()
	select {
	case got := <-waited:
		t.Errorf("got %s from nobody", got)
	case <-time.After(50 * time.Millisecond):
	}
	v.becomes("three")
	event[handover.Building](t, v)
	event[handover.Live](t, v)
	if got := await(t, waited, "the answer"); got != "three<nil>" {
		t.Errorf("who waited got %s", got)
	}
	// A build with the same outcome is as good a reason to try again.
	_, _ = v.get("/exit")
	event[handover.Ended](t, v)
	event[handover.Live](t, v)
	_, _ = v.get("/exit")
	event[handover.Ended](t, v)
	v.build = func(context.Context) (handover.Program, error) { return nil, handover.ErrSame }
	v.changes <- struct{}{}
	event[handover.Building](t, v)
	event[handover.Live](t, v)
	v.says(t, "three")
	v.changes <- struct{}{}
	event[handover.Building](t, v)
	if e := event[handover.NotBuilt](t, v); e.Err != handover.ErrSame {
		t.Errorf("%+v", e)
	}
}

// A program that does not leave when it is replaced is made to.
func TestEndsWhoStays(t *testing.T) {
	handover.SetLeaveTime(50 * time.Millisecond)
	t.Cleanup(func() { handover.SetLeaveTime(15 * time.Second) })
	v := supervise(t)
	v.becomes("stays")
	event[handover.Building](t, v)
	event[handover.Live](t, v)
	v.becomes("two")
	event[handover.Building](t, v)
	event[handover.Live](t, v) // says that all others have stopped
	v.says(t, "two")
}

// A change makes the build before void, and there is one build at a time.
func TestChangeDuringBuild(t *testing.T) {
	t.Parallel()
	v := supervise(t)
	building, void := make(chan struct{}, 10), make(chan struct{}, 10)
	v.build = func(ctx context.Context) (handover.Program, error) {
		building <- struct{}{}
		<-ctx.Done()
		void <- struct{}{}
		return program("void"), nil
	}
	v.changes <- struct{}{}
	await(t, building, "the build")
	last := func(context.Context) (handover.Program, error) {
		if len(void) != 1 {
			t.Error("two builds at once")
		}
		return program("two"), nil
	}
	v.build = last
	v.changes <- struct{}{}
	event[handover.Building](t, v)
	event[handover.Live](t, v)
	v.says(t, "two")
}

// The result of Run is that of who served last, and nobody serves after it.
func TestStops(t *testing.T) {
	t.Parallel()
	v := supervise(t)
	v.becomes("ends with 7")
	event[handover.Building](t, v)
	event[handover.Live](t, v)
	v.stop()
	err := await(t, v.end, "Run to return")
	if exit, ok := errors.AsType[*handover.Exit](err); !ok || exit.Code() != 7 {
		t.Errorf("got %v", err)
	}
	if _, err := v.get("/"); err == nil {
		t.Error("somebody answers")
	}
}

// A program that is started again, and has not answered yet when a new one is
// built, does not stay beside that.
func TestChangeDuringRestart(t *testing.T) {
	t.Parallel()
	v := supervise(t)
	var started []*exec.Cmd
	v.build = func(context.Context) (handover.Program, error) {
		return func() *exec.Cmd {
			kind := []string{"two", "sleeps"}[len(started)]
			started = append(started, program(kind)())
			return started[len(started)-1]
		}, nil
	}
	v.changes <- struct{}{}
	event[handover.Building](t, v)
	event[handover.Live](t, v)
	build := make(chan struct{})
	v.build = func(context.Context) (handover.Program, error) { <-build; return program("three"), nil }
	v.changes <- struct{}{}
	event[handover.Building](t, v)
	_, _ = v.get("/exit")
	event[handover.Ended](t, v)
	close(build)
	event[handover.Live](t, v)
	v.says(t, "three")
	for begun := time.Now(); !errors.Is(started[1].Process.Signal(syscall.Signal(0)), os.ErrProcessDone); time.Sleep(time.Millisecond) {
		if time.Since(begun) > patience {
			t.Fatal("the program that was started again is still there")
		}
	}
}
