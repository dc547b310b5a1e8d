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

// A kind is a kind of request.
type kind struct {
	name, path, encoding string
	known                bool // the client has the file, and says so by its tag
	status               int
}

func kinds() []kind {
	return []kind{
		{name: "a small file", path: "/static/small.css", status: http.StatusOK},
		{name: "100 KB", path: "/static/big.png", status: http.StatusOK},
		{name: "a file that the client has (304)", path: "/static/small.css", known: true, status: http.StatusNotModified},
		{name: "a compressed file", path: "/static/style.css", encoding: "gzip, deflate", status: http.StatusOK},
	}
}

func (k kind) request(tag string) []byte {
	text := "GET " + k.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
		"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\nAccept: */*\r\n"
	if k.encoding != "" {
		text += "Accept-Encoding: " + k.encoding + "\r\n"
	}
	if k.known && tag != "" {
		text += "If-None-Match: " + tag + "\r\n"
	}
	return []byte(text + "\r\n")
}

// load sends one request after the other over each connection, and returns how many were
// answered in a second.
func load(address string, k kind, connections int, d time.Duration) (rate float64, err error) {
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
	taken := time.Since(start)
	for _, err := range errs {
		if err != nil {
			return 0, err
		}
	}
	return float64(count.Load()) / taken.Seconds(), nil
}

// exchange costs as little as it can: all responses of a server to one kind of request
// have the same length, so that only the first is looked into.
func exchange(address string, k kind, end time.Time) (n int64, err error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	_ = conn.SetDeadline(end.Add(10 * time.Second))
	tag := ""
	if k.known {
		_, res, err := first(conn, k.request(""))
		if err != nil {
			return 0, err
		}
		tag = res.Header.Get("Etag")
	}
	ask := k.request(tag)
	size, res, err := first(conn, ask)
	if err != nil {
		return 0, err
	}
	if compressed := res.Header.Get("Content-Encoding") != ""; res.StatusCode != k.status || compressed != (k.encoding != "") {
		return 0, fmt.Errorf("the answer is %s, with %v", res.Status, res.Header)
	}
	begin := fmt.Appendf(nil, "HTTP/1.1 %d ", k.status)
	answer := make([]byte, size)
	for n = 1; time.Now().Before(end); n++ {
		if _, err := conn.Write(ask); err != nil {
			return n, err
		}
		if _, err := io.ReadFull(conn, answer); err != nil {
			return n, err
		}
		if !bytes.HasPrefix(answer, begin) {
			return n, fmt.Errorf("the answer is %.40q", answer)
		}
	}
	return n, nil
}

// first sends a request, reads its response and returns its length.
func first(conn io.ReadWriter, ask []byte) (size int64, res *http.Response, err error) {
	if _, err := conn.Write(ask); err != nil {
		return 0, nil, err
	}
	var raw bytes.Buffer
	res, err = http.ReadResponse(bufio.NewReader(io.TeeReader(conn, &raw)), nil)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return int64(raw.Len()), res, err
}
