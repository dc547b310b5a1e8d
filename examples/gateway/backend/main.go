// Command backend stands for a server that exists: it knows nothing of Settled, and
// answers every origin on its own.
//
//	go run ./examples/gateway/backend -addr 127.0.0.1:9000
package main

import (
	"flag"
	"fmt"
	"log"
	"net/http"
	"time"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:9000", "where to listen")
	flag.Parse()
	log.Printf("The backend is at http://%s/", *addr)
	log.Fatal(http.ListenAndServe(*addr, routes()))
}

func routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", answer)
	mux.HandleFunc("/events", events)
	return mux
}

// answer says what was asked for.
func answer(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, "{\"path\": %q, \"host\": %q, \"client\": %q}\n", r.URL.Path, r.Host, r.Header.Get("X-Forwarded-For"))
}

// events is a stream that does not end.
func events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		fmt.Fprintf(w, "data: %s\n\n", time.Now().Format(time.TimeOnly))
		if http.NewResponseController(w).Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-time.After(time.Second):
		}
	}
}
