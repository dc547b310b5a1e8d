package command_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled/manage/command"
)

// What may mend a site that did not get ready is outside of the settings: saving
// them tries it again.
func TestReloadTriesAgain(t *testing.T) {
	in(t, greeting("1"))
	h := newHouse()
	s := begin(t, h.registry())
	for tries := range 2 {
		write(t, "settings.toml", greeting("2", `READY = "fails"`))
		for end := time.Now().Add(patience); h.tries.Load() < int64(tries+2); time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal("it was not tried again")
			}
		}
		s.await(t, `app "greeter" did not get ready: the voice is gone`, 1)
	}
	write(t, "settings.toml", greeting("3", `READY = "panics"`))
	s.await(t, "stage fright", 1)
	s.await(t, "run with --traceback for the stack", 1)
	write(t, "settings.toml", greeting("4"))
	s.awaitBody(t, "4 0")
	s.end(t)
	if got := s.stderr.String(); strings.Count(got, "the voice is gone") != 1 {
		t.Errorf("stderr:\n%s", got)
	}
}

// While a site gets ready, the one from before serves; if the settings change
// again, the last ones count.
func TestReloadWhileASiteGetsReady(t *testing.T) {
	command.SetReadyLimit(t, 20*time.Millisecond)
	in(t, greeting("1"))
	h := newHouse()
	s := begin(t, h.registry())
	for i, how := range []string{"hangs", "stuck"} {
		write(t, "settings.toml", greeting("never", `READY = "`+how+`"`))
		s.await(t, "is not ready after 20ms", i+1)
		s.awaitBody(t, fmt.Sprint(2*i+1, " 0"))
		next := fmt.Sprint(2*i + 3)
		write(t, "settings.toml", greeting(next))
		s.awaitBody(t, next+" 0")
	}
	close(h.held) // the stuck one comes too late
	s.awaitBody(t, "5 0")
	if status := s.end(t); status != 0 || h.open.Load() != 0 {
		t.Errorf("status %d, %d sites are open", status, h.open.Load())
	}
}

// A site that takes long goes live when it is ready.
func TestReloadOfASlowSite(t *testing.T) {
	command.SetReadyLimit(t, 20*time.Millisecond)
	in(t, greeting("1"))
	h := newHouse()
	s := begin(t, h.registry())
	write(t, "settings.toml", greeting("2", `READY = "stuck"`))
	s.await(t, "is not ready after 20ms", 1)
	close(h.held)
	s.awaitBody(t, "2 0")
	s.end(t)
}

// An app that does not give up getting ready does not keep a server from ending.
func TestReloadEndsWithAStuckSite(t *testing.T) {
	command.SetReadyLimit(t, 20*time.Millisecond)
	in(t, greeting("1"))
	h := newHouse()
	s := begin(t, h.registry())
	write(t, "settings.toml", greeting("2", `READY = "stuck"`))
	s.await(t, "is not ready after 20ms", 1)
	if status := s.end(t); status != 0 {
		t.Errorf("status %d", status)
	}
	close(h.held)
}

// A stream does not keep new settings from serving, nor does its site close
// before it ends. What does not close is told.
func TestReloadLetsStreamsEnd(t *testing.T) {
	in(t, greeting("1", `READY = "jams"`))
	h := newHouse()
	s := begin(t, h.registry())
	resp, err := http.Get(s.url + "/stream/")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	write(t, "settings.toml", greeting("2"))
	s.awaitBody(t, "2 0")
	if got := h.open.Load(); got != 2 {
		t.Errorf("%d sites are open, want both", got)
	}
	close(h.streams)
	if body, err := io.ReadAll(resp.Body); string(body) != "begins 1" || err != nil {
		t.Errorf("the stream was %q, %v", body, err)
	}
	s.await(t, `app "greeter" did not close: the door jams`, 1)
	if status := s.end(t); status != 0 || h.open.Load() != 0 {
		t.Errorf("status %d, %d sites are open", status, h.open.Load())
	}
}
