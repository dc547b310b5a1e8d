package command_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled/manage/command"
)

// saves are the ways in which editors and tools write a file.
var saves = map[string]func(name, text string) error{
	"in place": func(name, text string) error {
		f, err := os.OpenFile(name, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err = f.WriteAt([]byte(text), 0); err != nil {
			return err
		}
		return f.Truncate(int64(len(text)))
	},
	"shortened first": func(name, text string) error { return os.WriteFile(name, []byte(text), 0o666) },
	"slowly": func(name, text string) error {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		defer f.Close()
		for part := range strings.SplitAfterSeq(text, "E") { // never at the end of a line
			if _, err := f.WriteString(part); err != nil {
				return err
			}
			time.Sleep(10 * time.Millisecond)
		}
		return nil
	},
	"renamed": func(name, text string) error {
		if err := os.WriteFile(name+".new", []byte(text), 0o666); err != nil {
			return err
		}
		return os.Rename(name+".new", name)
	},
	"with a backup": func(name, text string) error {
		if err := os.Rename(name, name+"~"); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return err
		}
		return os.Remove(name + "~")
	},
	"linked": func(name, text string) error {
		folder, err := os.MkdirTemp(".", "version")
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			return err
		}
		if err := os.Symlink(filepath.Join(folder, name), name+".link"); err != nil {
			return err
		}
		return os.Rename(name+".link", name)
	},
}

// unfit are settings that must not serve.
var unfit = map[string]string{
	"no TOML":          greeting("bad") + "X =\n",
	"unknown setting":  greeting("bad", "GREETNG = 1"),
	"not ready":        greeting("bad", `READY = "fails"`),
	"panic":            greeting("bad", `READY = "panics"`),
	"nobody's hosts":   strings.Replace(greeting("bad"), "true", "false", 1),
	"missing base":     greeting("bad", `EXTENDS = "nowhere.toml"`),
	"not there at all": "",
}

// Whatever way settings are saved, they go live, those that can't serve don't,
// and no request fails.
func TestReloadLosesNothing(t *testing.T) {
	in(t, greeting("0"))
	h := newHouse()
	s := begin(t, h.registry())
	stop := users(s.url+"/", func(body string) bool { return strings.HasSuffix(body, " 0") && !strings.HasPrefix(body, "bad") })
	n, refused := 0, 0
	for range 4 {
		for way, save := range saves {
			n++
			text := fmt.Sprint(n, " ", way)
			if err := save("settings.toml", greeting(text)); err != nil {
				t.Fatal(err)
			}
			s.awaitBody(t, text+" 0")
		}
	}
	for _, text := range unfit {
		refused++
		if write(t, "settings.toml", text); text == "" {
			_ = os.Remove("settings.toml")
		}
		s.await(t, "Not reloaded: the settings from before serve on.\n", refused)
		n++
		write(t, "settings.toml", greeting(fmt.Sprint(n)))
		s.awaitBody(t, fmt.Sprint(n, " 0"))
	}
	bad, asked := stop()
	if len(bad) > 0 {
		t.Errorf("%d of %d requests failed: %q", len(bad), asked, bad[:min(len(bad), 10)])
	}
	if ready := int(h.ready.Load()); ready != n+1 {
		t.Errorf("%d sites were started for %d settings", ready, n+1)
	}
	if status := s.end(t); status != 0 || h.open.Load() != 0 {
		t.Errorf("status %d, %d sites are open", status, h.open.Load())
	}
	t.Logf("%d requests were answered", asked)
}

// Half a file is no fault: the rest may be on its way.
func TestReloadWaitsForASlowWriter(t *testing.T) {
	in(t, greeting("0"))
	s := begin(t, newHouse().registry())
	began := time.Now()
	if err := saves["slowly"]("settings.toml", greeting("1")); err != nil {
		t.Fatal(err)
	}
	slow := time.Since(began) > 70*time.Millisecond // for 50: the machine is busy
	s.awaitBody(t, "1 0")
	s.end(t)
	if got := s.stderr.String(); strings.Contains(got, "Not reloaded") && !slow {
		t.Errorf("stderr:\n%s", got)
	}
}

// Nor is it settings of its own, when it happens to make sense.
func TestReloadWaitsForTheRest(t *testing.T) {
	in(t, greeting("0"))
	s := begin(t, newHouse().registry())
	half := strings.TrimRight(greeting("1"), "\n")
	began := time.Now()
	for _, text := range []string{half, half + " # as long as it lasts\n"} {
		if err := os.WriteFile("settings.toml", []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	slow := time.Since(began) > 35*time.Millisecond // for 20: the machine is busy
	s.awaitBody(t, "1 0")
	s.end(t)
	if got := s.stderr.String(); strings.Count(got, "Settings reloaded") != 1 && !slow {
		t.Errorf("stderr:\n%s", got)
	}
}

// A storm of files, of which one is the settings, is a bounded number of reloads,
// and the last state serves.
func TestReloadInAStorm(t *testing.T) {
	if testing.Short() {
		t.Skip("writes thousands of files")
	}
	in(t, greeting("0"))
	h := newHouse()
	s := begin(t, h.registry())
	stop := users(s.url+"/", func(body string) bool { return strings.HasSuffix(body, " 0") })
	began := time.Now()
	for i := range 5000 {
		write(t, fmt.Sprintf("generated%d.toml", i), "x")
		if i%10 == 0 {
			if err := saves["renamed"]("settings.toml", greeting(fmt.Sprint(i))); err != nil {
				t.Fatal(err)
			}
		}
	}
	took := time.Since(began)
	write(t, "settings.toml", greeting("last"))
	s.awaitBody(t, "last 0")
	if bad, asked := stop(); len(bad) > 0 {
		t.Errorf("%d of %d requests failed: %q", len(bad), asked, bad[:min(len(bad), 10)])
	}
	if most := 5 + int64(took/(10*time.Millisecond)); h.ready.Load() > most {
		t.Errorf("%d sites were started in %v, want at most %d", h.ready.Load(), took, most)
	}
	t.Logf("%d sites in %v", h.ready.Load(), took)
	if status := s.end(t); status != 0 || h.open.Load() != 0 {
		t.Errorf("status %d, %d sites are open", status, h.open.Load())
	}
}

// What is written again with the same bytes is no change: it is neither told
// nor loaded again.
func TestReloadOfTheSame(t *testing.T) {
	in(t, greeting("1"))
	h := newHouse()
	s := begin(t, h.registry())
	write(t, "settings.toml", greeting("1"))
	for range 3 {
		write(t, "settings.toml", "X =\n")
		s.await(t, "Not reloaded", 1)
		time.Sleep(60 * time.Millisecond) // for what must not come
	}
	write(t, "settings.toml", greeting("1"))
	s.await(t, "The settings are again those that serve.\n", 1)
	write(t, "settings.toml", greeting("2"))
	s.awaitBody(t, "2 0")
	s.end(t)
	if got := strings.Count(s.stderr.String(), "changed, reloading."); got != 3 || h.ready.Load() != 2 {
		t.Errorf("%d changes were told, %d sites started, want 3 and 2:\n%s", got, h.ready.Load(), s.stderr)
	}
	if got := strings.Count(s.stderr.String(), "Not reloaded"); got != 1 {
		t.Errorf("the same fault was told %d times:\n%s", got, s.stderr)
	}
}

// A secret's file belongs to the settings; a variable still overrides them.
func TestReloadOfSecretsAndVariables(t *testing.T) {
	t.Setenv("SETTLED_GREETING", "overridden")
	in(t, greeting("1", `GREETER_KEY = { file = "secrets/key" }`))
	if err := os.Mkdir("secrets", 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, "secrets/key", "12345\n")
	s := begin(t, newHouse().registry())
	s.awaitBody(t, "overridden 5")
	write(t, "secrets/key", "1234567\n")
	s.awaitBody(t, "overridden 7")
	write(t, "settings.toml", greeting("2", `GREETER_KEY = { file = "other" }`))
	s.await(t, "Not reloaded", 1)
	write(t, "other", "123")
	s.awaitBody(t, "overridden 3")
	s.end(t)
	if got := s.stderr.String(); !strings.Contains(got, "secrets/key changed, reloading.\n") || strings.Contains(got, "1234567") {
		t.Errorf("stderr:\n%s", got)
	}
}

// Settings that changed between being read and being watched are not missed.
func TestReloadOfAnEarlyChange(t *testing.T) {
	in(t, greeting("1", `READY = "stuck"`))
	h := newHouse()
	done := make(chan int, 1)
	stdout, stderr := newWatched(), newWatched()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p := command.Program{Name: "manage", Setup: h.registry().Setup, Stdout: stdout, Stderr: stderr}
	go func() { done <- p.Run(ctx, []string{"runserver", "127.0.0.1:0"}) }()
	for !strings.Contains(stdout.String(), "no issues") {
		<-stdout.changed
	}
	write(t, "settings.toml", greeting("2"))
	close(h.held)
	s := &serving{stderr: stderr, stdout: stdout, stop: cancel, status: done}
	s.await(t, "Settings reloaded", 1)
	s.end(t)
}

// --skip-checks is for what changes, too.
func TestReloadSkipsChecks(t *testing.T) {
	in(t, greeting("1"))
	s := begin(t, newHouse().registry(), "--skip-checks")
	write(t, "settings.toml", greeting("2", "GREETNG = 1"))
	s.awaitBody(t, "2 0")
	write(t, "settings.toml", strings.Replace(greeting("3"), "true", "false", 1))
	s.await(t, "Not reloaded", 1)
	s.end(t)
}

// What turns DEBUG on says so, as at the start.
func TestReloadTurnsDebugOn(t *testing.T) {
	in(t, strings.Replace(greeting("1", `ALLOWED_HOSTS = ["127.0.0.1"]`), "true", "false", 1))
	s := begin(t, newHouse().registry())
	write(t, "settings.toml", greeting("2"))
	s.await(t, "DEBUG is on. Turn it off", 1)
	s.end(t)
	if bytes.Contains([]byte(s.stdout.String()), []byte("DEBUG is on")) {
		t.Errorf("stdout: %s", s.stdout)
	}
}

func TestReloadOff(t *testing.T) {
	in(t, greeting("1"))
	s := begin(t, newHouse().registry(), "--noreload")
	write(t, "settings.toml", greeting("2"))
	if got := get(http.DefaultClient, s.url+"/"); got != "1 0" {
		t.Errorf("the answer is %q", got)
	}
	s.end(t)
	if got := s.stdout.String() + s.stderr.String(); strings.Contains(got, "Watching") || strings.Contains(got, "reload") {
		t.Errorf("output: %s", got)
	}
}
