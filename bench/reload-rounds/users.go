package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// A user asks for the number, and tries nothing again.
type user struct {
	address string
	keep    bool // uses a connection until it is told not to
	conn    net.Conn
	in      *bufio.Reader
}

func newUser(address string, keep bool) *user { return &user{address: address, keep: keep} }

func (u *user) ask() (n int, err error) {
	if u.conn == nil {
		if u.conn, err = net.Dial("tcp", u.address); err != nil {
			u.conn = nil
			return 0, err
		}
		u.in = bufio.NewReader(u.conn)
	}
	n, last, err := u.exchange()
	if last || err != nil {
		u.close()
	}
	return n, err
}

func (u *user) exchange() (n int, last bool, err error) {
	_ = u.conn.SetDeadline(time.Now().Add(10 * time.Second))
	head := "GET /number/ HTTP/1.1\r\nHost: localhost\r\n"
	if !u.keep {
		head += "Connection: close\r\n"
	}
	if _, err := io.WriteString(u.conn, head+"\r\n"); err != nil {
		return 0, true, err
	}
	res, err := http.ReadResponse(u.in, nil)
	if err != nil {
		return 0, true, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		return 0, true, fmt.Errorf("status %d, %v", res.StatusCode, err)
	}
	n, err = strconv.Atoi(string(body))
	return n, res.Close, err
}

func (u *user) close() {
	if u.conn != nil {
		_ = u.conn.Close()
		u.conn = nil
	}
}

// users are two that ask every 2 ms.
type users struct {
	stopping chan struct{}
	all      sync.WaitGroup
	turns    [2]turn
}

func startUsers(address string) *users {
	s := &users{stopping: make(chan struct{})}
	for i := range s.turns {
		s.all.Go(func() { s.turns[i] = newUser(address, i == 0).askOn(s.stopping) })
	}
	return s
}

// askOn asks until it is told to stop.
func (u *user) askOn(stop <-chan struct{}) (t turn) {
	defer u.close()
	last := time.Now()
	for {
		select {
		case <-stop:
			return t
		case <-time.After(2 * time.Millisecond):
		}
		t.asked++
		if _, err := u.ask(); err != nil {
			t.failed++
			continue
		}
		t.gap = max(t.gap, time.Since(last))
		last = time.Now()
	}
}

// stop returns what both have seen.
func (s *users) stop() (t turn) {
	close(s.stopping)
	s.all.Wait()
	for _, one := range s.turns {
		t.asked += one.asked
		t.failed += one.failed
		t.gap = max(t.gap, one.gap)
	}
	return t
}
