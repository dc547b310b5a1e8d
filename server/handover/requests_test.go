package handover_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/settled-go/settled/server/handover"
)

// Who serves knows whether another is on its way.
func TestAwaitNext(t *testing.T) {
	t.Parallel()
	v := supervise(t)
	for _, next := range []string{"two", ""} {
		release := make(chan error)
		v.build = func(context.Context) (handover.Program, error) { return nil, <-release }
		v.changes <- struct{}{}
		event[handover.Building](t, v)
		client := &http.Client{Transport: new(http.Transport)} // with a connection of its own
		res, err := client.Get(v.url + "/next")
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(res.Body)
		if !lines.Scan() || lines.Text() != "coming" {
			t.Errorf("got %q", lines.Text())
		}
		release <- errors.New("broken")
		if !lines.Scan() || lines.Text() != "over false" {
			t.Errorf("got %q", lines.Text())
		}
		res.Body.Close()
		event[handover.NotBuilt](t, v)
		if next != "" {
			v.becomes(next)
			event[handover.Building](t, v)
			event[handover.Live](t, v)
		}
	}
}

// What began before a hand-over is answered after it, by who began it.
func TestUploadInFlight(t *testing.T) {
	t.Parallel()
	v := supervise(t)
	for _, step := range []struct{ now, next string }{{"one", "two"}, {"two", "three"}} {
		body, send := io.Pipe()
		answer := make(chan string, 1)
		client := &http.Client{Transport: new(http.Transport)}
		go func() {
			res, err := client.Post(v.url, "", body)
			if err != nil {
				answer <- err.Error()
				return
			}
			defer res.Body.Close()
			text, _ := io.ReadAll(res.Body)
			answer <- string(text)
		}()
		if _, err := send.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
		v.becomes(step.next)
		event[handover.Building](t, v)
		event[handover.Live](t, v)
		v.says(t, step.next)
		_, _ = send.Write(make([]byte, 1<<20))
		send.Close()
		if got := await(t, answer, "the answer"); got != step.now {
			t.Errorf("got %q, want %q", got, step.now)
		}
	}
}
