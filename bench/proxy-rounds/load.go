package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// bytes of a request, as a browser sends it.
func (k kind) request() []byte {
	text := "GET " + k.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
		"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n" +
		"Accept: */*\r\nAccept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\n"
	if k.origin != "" {
		text += "Origin: " + k.origin + "\r\n"
	}
	return []byte(text + "Connection: keep-alive\r\n\r\n")
}

// load sends one request after the other over each connection, and counts the
// answers.
func load(address string, k kind, connections int, d time.Duration) (n int64, taken time.Duration, err error) {
	var all sync.WaitGroup
	var count atomic.Int64
	errs := make([]error, connections)
	start := time.Now()
	end := start.Add(d)
	for i := range connections {
		all.Go(func() {
			n, err := exchange(address, k, end)
			count.Add(n)
			errs[i] = err
		})
	}
	all.Wait()
	taken = time.Since(start)
	for _, err := range errs {
		if err != nil {
			return 0, 0, err
		}
	}
	return count.Load(), taken, nil
}

// exchange costs as little as it can: all responses of a proxy to one kind of request
// have the same length, so that only the first is looked into.
func exchange(address string, k kind, end time.Time) (n int64, err error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	_ = conn.SetDeadline(end.Add(10 * time.Second))
	ask := k.request()
	if _, err := conn.Write(ask); err != nil {
		return 0, err
	}
	size, err := first(conn, k)
	if err != nil {
		return 0, err
	}
	answer := make([]byte, size)
	for n = 1; time.Now().Before(end); n++ {
		if _, err := conn.Write(ask); err != nil {
			return n, err
		}
		if _, err := io.ReadFull(conn, answer); err != nil {
			return n, err
		}
	}
	if !bytes.HasPrefix(answer, []byte("HTTP/1.1 200 OK\r\n")) && n > 1 {
		return n, fmt.Errorf("the answer is %.40q", answer)
	}
	return n, nil
}

// first reads a response, judges it and returns its length.
func first(conn io.Reader, k kind) (size int64, err error) {
	var raw bytes.Buffer
	r, err := http.ReadResponse(bufio.NewReader(io.TeeReader(conn, &raw)), nil)
	if err != nil {
		return 0, err
	}
	body, err := io.Copy(io.Discard, r.Body)
	if err != nil {
		return 0, err
	}
	if r.StatusCode != http.StatusOK || r.ContentLength != body || body != int64(len(bodies[k.path])) {
		return 0, fmt.Errorf("status %d, %d bytes of %d", r.StatusCode, body, r.ContentLength)
	}
	if k.origin != "" && r.Header.Get("Access-Control-Allow-Origin") != k.origin {
		return 0, fmt.Errorf("the origin is not let in: %v", r.Header)
	}
	return int64(raw.Len()), nil
}
