//go:build unix

package settled_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// A reloadUser asks for the number every 2 ms. It is strict: it tries nothing
// again.
type reloadUser struct {
	addr  string
	keep  bool          // uses a connection until it is told not to
	floor *atomic.Int64 // what a new connection has to say at least

	answered int
	gap      time.Duration // the longest time between two answers
	failures []error
}

func (u *reloadUser) ask(stop context.Context) {
	var c net.Conn
	var in *bufio.Reader
	var least int64 // never less than before
	last := time.Now()
	for stop.Err() == nil {
		if c == nil {
			least = max(least, u.floor.Load())
			var err error
			if c, err = net.Dial("tcp", u.addr); err != nil {
				u.failures = append(u.failures, err)
				continue
			}
			in = bufio.NewReader(c)
		}
		n, closing, err := numberOf(c, in, u.keep)
		if err == nil && n < least {
			err = fmt.Errorf("the number is %d, after %d", n, least)
		}
		if err != nil {
			u.failures = append(u.failures, err)
		}
		least = max(least, n)
		u.answered++
		u.gap = max(u.gap, time.Since(last))
		last = time.Now()
		if closing || err != nil {
			c.Close()
			c = nil
		}
		time.Sleep(2 * time.Millisecond)
	}
	if c != nil {
		c.Close()
	}
}

// numberOf asks for the number.
func numberOf(c net.Conn, in *bufio.Reader, keep bool) (n int64, closing bool, err error) {
	_ = c.SetDeadline(time.Now().Add(30 * time.Second))
	head := "GET /number/ HTTP/1.1\r\nHost: localhost\r\n"
	if !keep {
		head += "Connection: close\r\n"
	}
	if _, err := io.WriteString(c, head+"\r\n"); err != nil {
		return 0, true, err
	}
	res, err := http.ReadResponse(in, nil)
	if err != nil {
		return 0, true, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != 200 {
		return 0, true, fmt.Errorf("status %d, %v", res.StatusCode, err)
	}
	n, err = strconv.ParseInt(string(body), 10, 64)
	return n, res.Close, err
}

// get asks on a connection of its own.
func (s *reloadServer) get(path string) (string, error) {
	transport := &http.Transport{DisableKeepAlives: true}
	res, err := (&http.Client{Transport: transport, Timeout: 30 * time.Second}).Get("http://" + s.addr + path)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return string(body), err
}

func (s *reloadServer) pid(t *testing.T) int {
	t.Helper()
	text, err := s.get("/pid/")
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// ask lets users ask while f runs; none of them must fail.
func (s *reloadServer) ask(t *testing.T, f func(floor *atomic.Int64)) {
	t.Helper()
	var floor atomic.Int64
	ctx, stop := context.WithCancel(t.Context())
	users := make([]reloadUser, 4)
	var all sync.WaitGroup
	for i := range users {
		users[i] = reloadUser{addr: s.addr, keep: i%2 == 0, floor: &floor}
		all.Go(func() { users[i].ask(ctx) })
	}
	defer func() {
		stop()
		all.Wait()
		for _, u := range users {
			for _, err := range u.failures {
				t.Errorf("keep-alive %v: %v", u.keep, err)
			}
			t.Logf("keep-alive %v: %d requests, the longest gap was %v", u.keep, u.answered, u.gap)
		}
	}()
	f(&floor)
}

// live waits until the project's number is what everybody is told.
func (s *reloadServer) live(t *testing.T, p *reloadProject, floor *atomic.Int64) {
	t.Helper()
	s.await(t, `\nReloaded: `)
	floor.Store(int64(p.number()))
	if got, err := s.get("/number/"); err != nil || got != strconv.Itoa(p.number()) {
		t.Errorf("the page says %q, %v, want %d", got, err, p.number())
	}
}

// A real runserver reloads real files while clients ask, and not one request is
// lost: not in twenty reloads, not by code that does not build, and nobody is
// refused when a program ends by itself. Nothing is left behind.
func TestReload(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	p := newReloadProject(t)
	s := p.serve(t)
	files := []string{"numbers/code.go", "numbers/number.txt", "deep/deep.go", "numbers/templates/number.html"}
	reload := func(n int) {
		s.ask(t, func(floor *atomic.Int64) {
			floor.Store(int64(p.number()))
			for i := range n {
				name := files[i%len(files)]
				p.say(t, name, p.says[name]+1)
				s.live(t, p, floor)
			}
		})
	}
	reload(7)

	// A new app is code and settings at once.
	s.ask(t, func(floor *atomic.Int64) {
		floor.Store(int64(p.number()))
		p.run(t, p.dir, p.manage, "startapp", "late")
		s.live(t, p, floor)
		if strings.Contains(s.out.String(), "SystemCheckError") {
			t.Error("the program from before complains about the settings of the next")
		}
	})

	// Broken code is told once, and what served serves.
	s.ask(t, func(floor *atomic.Int64) {
		floor.Store(int64(p.number()))
		p.write(t, "numbers/broken.go", "package numbers\n\nvar x = y\n")
		s.await(t, `The code does not build\. The program from before serves on\.\nnumbers/broken\.go:3:9: undefined: y\n`)
		p.write(t, "numbers/broken.go", "package numbers\n\nvar x =  y \n")
		s.await(t, `numbers/broken\.go:3:10: undefined: y\n`)
		p.write(t, "numbers/broken.go", "package numbers\n\nvar x =  y\n")
		s.await(t, `The code does not build, for the same reasons\.`)
		// What is missing comes later, in a folder that was not there before.
		p.write(t, "numbers/broken.go", "package numbers\n\nimport \"polls/new\"\n\nconst x = new.X\n")
		s.await(t, `polls/new`)
		p.write(t, "new/new.go", "package new\n\nconst X = 1\n")
		s.live(t, p, floor)
		if err := os.RemoveAll(filepath.Join(p.dir, "new")); err != nil {
			t.Fatal(err)
		}
		s.await(t, `The code does not build\.`)
		if err := os.Remove(filepath.Join(p.dir, "numbers/broken.go")); err != nil {
			t.Fatal(err)
		}
		s.live(t, p, floor)
	})

	// A program that ends is started again; who asks meanwhile waits.
	before := s.pid(t)
	_, _ = s.get("/exit/")
	if after := s.pid(t); after == before || isAlive(before) {
		t.Errorf("process %d serves after %d has ended", after, before)
	}
	s.await(t, `The program has ended: exit status 3\. It is started again\.\n`)
	reload(10)

	// At the end nobody has the port, and no file is left.
	pid := s.pid(t)
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := <-s.ended; err != nil || isAlive(pid) {
		t.Errorf("the end: %v, the program is still there: %v", err, isAlive(pid))
	}
	if _, err := s.get("/number/"); err == nil {
		t.Error("somebody has the port")
	}
	if left, _ := os.ReadDir(p.tmp); len(left) > 0 {
		t.Errorf("in the temporary folder there is %v", left)
	}
	p.run(t, p.dir, "go", "build", "-o", p.manage, "./manage") // with the new app
	killedSupervisor(t, p)
}

// A program whose supervisor is killed ends, too; its files are swept away by
// the next one.
func killedSupervisor(t *testing.T, p *reloadProject) {
	for range 2 {
		s := p.serve(t)
		p.say(t, "numbers/number.txt", p.says["numbers/number.txt"]+1)
		s.live(t, p, new(atomic.Int64))
		if left, _ := filepath.Glob(filepath.Join(p.tmp, "settled-*")); len(left) != 1 {
			t.Errorf("there are %v, want one", left)
		}
		pid := s.pid(t)
		if err := s.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		<-s.ended
		for begun := time.Now(); isAlive(pid); time.Sleep(time.Millisecond) {
			if time.Since(begun) > 20*time.Second {
				t.Fatal("the program lives on")
			}
		}
	}
}
