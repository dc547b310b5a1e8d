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

// request is a browser's from another origin, as in the middle of the list.
func request() []byte {
	origins := policy().Origins
	return []byte("GET /api/items/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
		"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n" +
		"Accept: */*\r\nAccept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\n" +
		"Origin: " + origins[len(origins)/2] + "\r\nConnection: keep-alive\r\n\r\n")
}

// load sends one request after the other over each connection, and counts the
// answers.
func load(address string, connections int, d time.Duration) (n int64, taken time.Duration, err error) {
	var all sync.WaitGroup
	var count atomic.Int64
	errs := make([]error, connections)
	start := time.Now()
	end := start.Add(d)
	for i := range connections {
		all.Go(func() {
			n, err := exchange(address, end)
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

// exchange costs as little as it can: all responses of a server have the same
// length, so that only the first is looked into.
func exchange(address string, end time.Time) (n int64, err error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	_ = conn.SetDeadline(end.Add(10 * time.Second))
	ask := request()
	if _, err := conn.Write(ask); err != nil {
		return 0, err
	}
	size, err := first(conn)
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

// first reads a response and returns its length.
func first(conn io.Reader) (size int64, err error) {
	var raw bytes.Buffer
	r, err := http.ReadResponse(bufio.NewReader(io.TeeReader(conn, &raw)), nil)
	if err != nil {
		return 0, err
	}
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		return 0, err
	}
	if r.StatusCode != http.StatusOK || r.ContentLength <= 0 {
		return 0, fmt.Errorf("status %d, length %d", r.StatusCode, r.ContentLength)
	}
	return int64(raw.Len()), nil
}
