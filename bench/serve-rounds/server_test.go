package main

import (
	"bufio"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/settled-go/settled/bench"
)

// Every server but those without CORS lets the request's origin in.
func TestServers(t *testing.T) {
	for _, s := range servers() {
		t.Run(s.name, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			go func() { _ = s.serve(l) }()
			got, err := isAllowed(l.Addr().String())
			if err != nil || got != (s.name != "none" && s.name != "limits") {
				t.Errorf("allowed: %v, error %v", got, err)
			}
		})
	}
}

// load counts answers over several connections.
func TestLoad(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() { _ = servers()[0].serve(l) }()
	n, taken, err := load(l.Addr().String(), 3, 50*time.Millisecond)
	if err != nil || n < 3 || taken < 50*time.Millisecond {
		t.Errorf("%d answers in %v, error %v", n, taken, err)
	}
}

// isAllowed says whether the server lets the request's origin in, and so whether
// it does what it is measured for.
func isAllowed(address string) (bool, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return false, err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := conn.Write(request()); err != nil {
		return false, err
	}
	r, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return false, err
	}
	return r.StatusCode == http.StatusOK && r.Header.Get("Access-Control-Allow-Origin") == bench.Origin(5), nil
}
