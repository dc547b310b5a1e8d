// Command page serves a page that calls the quickstart's API from another origin.
//
//	go run ./examples/quickstart/page
package main

import (
	"bytes"
	_ "embed"
	"flag"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"os"
	"time"
)

//go:embed index.html
var source string

func main() {
	addr := flag.String("addr", "localhost:3000", "`host:port` to serve the page on; port 0 takes a free one")
	api := flag.String("api", "http://localhost:8000", "`origin` of the API that the page calls")
	flag.Parse()
	if err := run(*addr, *api); err != nil {
		fmt.Fprintln(os.Stderr, "page:", err)
		os.Exit(1)
	}
}

func run(addr, api string) error {
	page, err := render(api)
	if err != nil {
		return err
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	port := l.Addr().(*net.TCPAddr).Port
	fmt.Printf("Open http://%s in a browser. The page calls %s.\n", net.JoinHostPort(host, fmt.Sprint(port)), api)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "index.html", time.Time{}, bytes.NewReader(page))
	})
	server := http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	return server.Serve(l)
}

// render fills in where the API is.
func render(api string) ([]byte, error) {
	t, err := template.New("index.html").Parse(source)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	err = t.Execute(&page, api)
	return page.Bytes(), err
}
