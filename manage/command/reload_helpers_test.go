package command_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/settings"
)

// A greeter answers with its settings. It is in a project for each time that the
// settings are loaded.
type greeter struct {
	settings greeterSettings
	house    *house
	open     bool
}

type greeterSettings struct {
	Greeting string          `toml:"GREETING"`
	Ready    string          `toml:"READY"` // how Ready goes
	Key      settings.Secret `toml:"GREETER_KEY"`
}

// A house knows of all greeters.
type house struct {
	tries       atomic.Int64  // how many began to get ready
	ready, open atomic.Int64  // how many got ready, and were not closed again
	held        chan struct{} // lets stuck ones get ready
	streams     chan struct{} // lets streams end
}

func newHouse() *house { return &house{held: make(chan struct{}), streams: make(chan struct{})} }

func (h *house) registry() *settled.Registry {
	var r settled.Registry
	r.Register("greeter", func() settled.App { return &greeter{house: h} })
	return &r
}

func (g *greeter) Settings() any { return &g.settings }

func (g *greeter) Ready(ctx context.Context, _ *settled.Project) error {
	g.house.tries.Add(1)
	switch g.settings.Ready {
	case "fails":
		return errors.New("the voice is gone")
	case "panics":
		panic("stage fright")
	case "hangs":
		<-ctx.Done()
		return ctx.Err()
	case "stuck":
		<-g.house.held
	}
	g.open = true
	g.house.ready.Add(1)
	g.house.open.Add(1)
	return nil
}

func (g *greeter) Close() error {
	if g.open {
		g.open = false
		g.house.open.Add(-1)
	}
	if g.settings.Ready == "jams" {
		return errors.New("the door jams")
	}
	return nil
}

func (g *greeter) Routes() []settled.Route {
	return []settled.Route{
		settled.Path("/", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, "%s %d", g.settings.Greeting, len(g.settings.Key.Value()))
			if !g.open {
				fmt.Fprint(w, " from a closed site")
			}
		}, "greeting"),
		settled.Path("/stream/", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "begins ")
			_ = http.NewResponseController(w).Flush()
			<-g.house.streams
			fmt.Fprint(w, g.settings.Greeting)
		}, "stream"),
	}
}

// greeting is a settings file for a greeter, of which more is a part.
func greeting(text string, more ...string) string {
	return "DEBUG = true\nINSTALLED_APPS = [\"greeter\"]\nGREETING = \"" + text + "\"\n" + strings.Join(more, "\n") + "\n"
}

// patience is how long a test waits for what should come at once.
const patience = 20 * time.Second

// await waits until the server has written text n times to stderr.
func (s *serving) await(t *testing.T, text string, n int) {
	t.Helper()
	limit := time.After(patience)
	for strings.Count(s.stderr.String(), text) < n {
		select {
		case <-s.stderr.changed:
		case <-limit:
			t.Fatalf("%q was not written %d times:\n%s", text, n, s.stderr)
		}
	}
}

// get returns the body of an answer, or what went wrong.
func get(c *http.Client, url string) string {
	resp, err := c.Get(url)
	if err != nil {
		return "error: " + err.Error()
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		return fmt.Sprintf("error: %d, %v", resp.StatusCode, err)
	}
	return string(body)
}

// awaitBody waits until the answer to / is want.
func (s *serving) awaitBody(t *testing.T, want string) {
	t.Helper()
	var got string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if got = get(http.DefaultClient, s.url+"/"); got == want {
			return
		}
	}
	t.Fatalf("the answer is %q, want %q; stderr:\n%s", got, want, s.stderr)
}

// end stops the server and returns its exit status.
func (s *serving) end(t *testing.T) int {
	t.Helper()
	http.DefaultClient.CloseIdleConnections()
	s.stop()
	select {
	case status := <-s.status:
		return status
	case <-time.After(patience):
		t.Fatal("the server does not end")
		return 0
	}
}

// users ask every 2 ms, one on a connection that it keeps and one on new ones,
// until the function is called that users returns. That returns all answers that
// are not good, and how many there were.
func users(url string, good func(body string) bool) (stop func() (bad []string, asked int)) {
	done := make(chan struct{})
	var all sync.WaitGroup
	var mu sync.Mutex
	var bad []string
	asked := 0
	for _, fresh := range []bool{false, true} {
		all.Go(func() {
			c := &http.Client{Transport: &http.Transport{DisableKeepAlives: fresh}}
			defer c.CloseIdleConnections()
			tick := time.NewTicker(2 * time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-done:
					return
				case <-tick.C:
				}
				body := get(c, url)
				mu.Lock()
				if asked++; !good(body) {
					bad = append(bad, body)
				}
				mu.Unlock()
			}
		})
	}
	return func() ([]string, int) {
		close(done)
		all.Wait()
		return bad, asked
	}
}
