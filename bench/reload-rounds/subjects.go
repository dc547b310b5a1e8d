package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// subjects makes what is measured; those that were made are returned with an
// error, too. The first one is the bare build, if there is code to build.
func subjects(dir string, withAir, withCode bool) (all []subject, err error) {
	settled := filepath.Join(dir, "settled")
	if err := output(command("..", "go", "build", "-o", settled, "./manage")); err != nil {
		return nil, err
	}
	whats := []string{"settings"}
	if withCode {
		bare, err := newProject(dir, "bare", settled)
		if err != nil {
			return nil, err
		}
		if err := bare.build(); err != nil {
			return nil, err
		}
		s, err := startServer(bare, "code", "`go build -ldflags=-s`, beside a server", "./program", "runserver", "--noreload")
		if err != nil {
			return nil, err
		}
		all = append(all, &build{s})
		whats = []string{"code", "settings"}
	}
	for _, what := range whats {
		p, err := newProject(dir, "our"+what, settled)
		if err != nil {
			return all, err
		}
		if err := p.build(); err != nil {
			return all, err
		}
		s, err := startServer(p, what, "`manage runserver`, "+what+" changed", "./program", "runserver")
		if err != nil {
			return all, err
		}
		all = append(all, s)
	}
	if !withAir {
		return all, nil
	}
	c := command("", "go", "install", "github.com/air-verse/air@latest")
	c.Env = append(os.Environ(), "GOBIN="+dir, "GOFLAGS=")
	if err := output(c); err != nil {
		return all, err
	}
	for _, one := range []struct{ name, title, delay string }{
		{"aircomes", "air, as it comes", "1000"},
		{"airtuned", "air, delay 0 and -ldflags=-s", "0"},
	} {
		s, err := startAir(dir, settled, one.name, one.title, one.delay)
		if err != nil {
			return all, err
		}
		all = append(all, s)
	}
	return all, nil
}

// startAir starts air with what air init writes, but for the program.
func startAir(dir, settled, name, title, delay string) (*server, error) {
	p, err := newProject(dir, name, settled)
	if err != nil {
		return nil, err
	}
	air := filepath.Join(dir, "air")
	if err := output(command(p.dir, air, "init")); err != nil {
		return nil, err
	}
	build := "go build -o ./tmp/main ./manage"
	if delay == "0" {
		build = "go build -ldflags=-s -o ./tmp/main ./manage"
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	err = errors.Join(
		p.set("cmd", `"`+build+`"`),
		p.set("entrypoint", `["./tmp/main", "runserver", "--noreload", "`+address+`"]`),
		p.set("delay", delay),
		p.set("bin", `"./tmp/main"`))
	if err != nil {
		return nil, err
	}
	return startAt(p, "code", title, address, air)
}

// set replaces a line of air's configuration.
func (p *project) set(key, value string) error {
	data, err := os.ReadFile(filepath.Join(p.dir, ".air.toml"))
	if err != nil {
		return err
	}
	lines := strings.Split(string(data), "\n")
	for i, line := range lines {
		if strings.HasPrefix(strings.TrimSpace(line), key+" = ") {
			lines[i] = key + " = " + value
			return p.write(".air.toml", strings.Join(lines, "\n"))
		}
	}
	return fmt.Errorf("air's configuration has no %s", key)
}

// build builds the project's program, beside one that runs.
func (p *project) build() error {
	return output(command(p.dir, "go", "build", "-ldflags=-s", "-o", "program", "./manage"))
}

// A build is go build alone, while users ask a server that does not reload: they
// take as much of the machine from it as from the others.
type build struct{ *server }

func (b *build) turn(n int) (turn, error) {
	users := startUsers(b.address)
	time.Sleep(200 * time.Millisecond)
	if err := b.say("code", n); err != nil {
		return turn{}, err
	}
	begun := time.Now()
	err := b.build()
	live := time.Since(begun)
	time.Sleep(500 * time.Millisecond)
	t := users.stop()
	t.live = live
	return t, err
}

// A server is a program that serves the project and notices changes.
type server struct {
	*project
	name, what string
	address    string
	cmd        *exec.Cmd
	log        string // what it prints
}

func startServer(p *project, what, title, program string, args ...string) (*server, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	return startAt(p, what, title, address, program, append(args, address)...)
}

// startAt starts a program that will serve the address, and waits until it does
// and has had time to look around.
func startAt(p *project, what, title, address, program string, args ...string) (*server, error) {
	s := &server{p, title, what, address, command(p.dir, program, args...), p.dir + ".log"}
	log, err := os.Create(s.log)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	s.cmd.Stdout, s.cmd.Stderr = log, log
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	if _, err := s.until(0, time.Minute); err != nil {
		s.stop()
		return nil, err
	}
	time.Sleep(2 * time.Second)
	return s, nil
}

func (s *server) title() string { return s.name }

func (s *server) stop() {
	_ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGINT)
	_ = s.cmd.Wait()
}

func (s *server) turn(n int) (turn, error) {
	users := startUsers(s.address)
	time.Sleep(200 * time.Millisecond)
	if err := s.say(s.what, n); err != nil {
		return turn{}, err
	}
	live, err := s.until(n, patience)
	time.Sleep(500 * time.Millisecond)
	t := users.stop()
	t.live = live
	if err == nil {
		return t, nil
	}
	// Who has waited for nothing saves again.
	time.Sleep(time.Second)
	if err := s.say(s.what, n+again); err != nil {
		return turn{}, err
	}
	_, err = s.until(n+again, patience)
	return turn{never: true}, err
}

const (
	// patience is how long to wait for a change to be live.
	patience = 20 * time.Second
	// again is by how much the number of a second try differs.
	again = 1000
)

// until asks until the page says n: every millisecond where milliseconds count.
func (s *server) until(n int, patience time.Duration) (time.Duration, error) {
	pause := time.Millisecond
	if s.what == "code" {
		pause = 10 * time.Millisecond
	}
	begun := time.Now()
	for time.Since(begun) < patience {
		if got, err := newUser(s.address, false).ask(); err == nil && got == n {
			return time.Since(begun), nil
		}
		time.Sleep(pause)
	}
	said, _ := os.ReadFile(s.log)
	return 0, fmt.Errorf("nobody says %d; the log ends with\n%s", n, said[max(0, len(said)-2000):])
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
