package command_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/manage/command"
)

// slow is an app whose handler waits, and that may not close.
type slow struct {
	entered, release chan struct{}
	closed           bool
	jams             error
}

func newSlow() *slow { return &slow{entered: make(chan struct{}), release: make(chan struct{})} }

func (a *slow) Settings() any                                 { return nil }
func (a *slow) Ready(context.Context, *settled.Project) error { return nil }
func (a *slow) Close() error                                  { a.closed = true; return a.jams }

func (a *slow) Routes() []settled.Route {
	return []settled.Route{settled.Path("/slow/", func(w http.ResponseWriter, r *http.Request) {
		close(a.entered)
		<-a.release
		_, _ = io.WriteString(w, "done")
	}, "slow")}
}

// serving is a runserver in this process.
type serving struct {
	url            string
	stdout, stderr *watched
	stop           context.CancelFunc
	status         chan int
}

var startingAt = regexp.MustCompile(`(?s)Starting server at (\S+)/\n.*Quit the server with CONTROL-C\.\n`)

func serve(t *testing.T, app *slow, args ...string) *serving {
	t.Helper()
	in(t, "DEBUG = true\nINSTALLED_APPS = [\"slow\"]\n")
	var r settled.Registry
	r.Register("slow", func() settled.App { return app })
	return begin(t, &r, args...)
}

// begin runs runserver with the settings in the working directory, and returns
// when it serves.
func begin(t *testing.T, r *settled.Registry, args ...string) *serving {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	s := &serving{stdout: newWatched(), stderr: newWatched(), stop: cancel, status: make(chan int, 1)}
	p := command.Program{Name: "manage", Setup: r.Setup, Stdout: s.stdout, Stderr: s.stderr}
	go func() { s.status <- p.Run(ctx, append([]string{"runserver", "127.0.0.1:0"}, args...)) }()
	for s.url == "" {
		select {
		case <-s.stdout.changed:
			if m := startingAt.FindStringSubmatch(s.stdout.String()); m != nil {
				s.url = m[1]
			}
		case status := <-s.status:
			t.Fatalf("ended with %d: %s", status, s.stderr)
		}
	}
	return s
}

// What is in flight when the context ends is answered, and only then the site
// closes.
func TestRunserverDrains(t *testing.T) {
	app := newSlow()
	s := serve(t, app)
	body := make(chan string, 1)
	go func() {
		res, err := http.Get(s.url + "/slow/")
		if err != nil {
			body <- err.Error()
			return
		}
		defer res.Body.Close()
		text, _ := io.ReadAll(res.Body)
		body <- string(text)
	}()
	<-app.entered
	s.stop()
	select {
	case status := <-s.status:
		t.Fatalf("ended with %d before the request did", status)
	default:
	}
	close(app.release)
	if got := <-body; got != "done" {
		t.Errorf("got %q", got)
	}
	if status := <-s.status; status != 0 || !app.closed {
		t.Errorf("status %d, closed %v", status, app.closed)
	}
	want := regexp.MustCompile(`^\[\d\d/[A-Z][a-z]{2}/\d{4} \d\d:\d\d:\d\d\] "GET /slow/ HTTP/1\.1" 200 4\n$`)
	if !want.MatchString(s.stderr.String()) {
		t.Errorf("stderr: %q", s.stderr)
	}
}

func TestRunserverBanner(t *testing.T) {
	s := serve(t, newSlow(), "--noreload")
	s.stop()
	if status := <-s.status; status != 0 {
		t.Errorf("status %d", status)
	}
	want := regexp.MustCompile(`^Performing system checks\.\.\.

System check identified no issues \(0 silenced\)\.
[A-Z][a-z]+ \d\d, \d{4} - \d\d:\d\d:\d\d
Settled version ` + regexp.QuoteMeta(settled.Version) + `, using settings 'settings\.toml'
Starting server at http://127\.0\.0\.1:[1-9]\d*/
Workbench at http://127\.0\.0\.1:[1-9]\d*/__settled__/, for this machine only
DEBUG is on\. .*
Quit the server with CONTROL-C\.
$`)
	if !want.MatchString(s.stdout.String()) || s.stderr.String() != "" {
		t.Errorf("stdout: %s\nstderr: %s", s.stdout, s.stderr)
	}
}

func TestRunserverColoursTheLog(t *testing.T) {
	s := serve(t, newSlow(), "--force-color")
	res, err := http.Get(s.url + "/nowhere/")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	s.stop()
	<-s.status
	if got := s.stderr.String(); !strings.HasSuffix(got, "\x1b[0m\n") || !strings.Contains(got, "\x1b[33m\"GET /nowhere/ HTTP/1.1\" 404 ") {
		t.Errorf("stderr: %q", got)
	}
}

// An error of closing is told, and makes the run a failure.
func TestRunserverCloseFails(t *testing.T) {
	app := newSlow()
	app.jams = errors.New("the door jams")
	s := serve(t, app)
	s.stop()
	if status := <-s.status; status != 1 || s.stderr.String() != "CommandError: app \"slow\" did not close: the door jams\n" {
		t.Errorf("status %d, stderr %q", status, s.stderr)
	}
}

// watched is a buffer that tells when it grows.
type watched struct {
	mu      sync.Mutex
	b       bytes.Buffer
	changed chan struct{}
}

func newWatched() *watched { return &watched{changed: make(chan struct{}, 1)} }

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	select {
	case w.changed <- struct{}{}:
	default:
	}
	return w.b.Write(p)
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.String()
}
