package handover_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/settled-go/settled/server"
	"github.com/settled-go/settled/server/handover"
)

// behaviour is the variable that makes this program one of the others below.
const behaviour = "SETTLEDTEST_HANDOVER"

// The programs that take over. After a colon stands what they answer.
func TestMain(m *testing.M) {
	switch kind := os.Getenv(behaviour); {
	case kind == "":
		os.Exit(m.Run())
	case kind == "refuses":
		os.Exit(3)
	case kind == "sleeps":
		select {}
	case kind == "stays":
		stay()
	default:
		succeed(kind)
	}
}

// program is one of a kind.
func program(kind string) handover.Program {
	return func() *exec.Cmd {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), behaviour+"="+kind)
		c.Stderr = os.Stderr
		return c
	}
}

// succeed serves as a successor does. /exit ends it.
func succeed(text string) {
	heir, err := handover.Inherit()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s := &server.Server{Handler: answers(text, heir.Listener()), ErrorLog: os.Stderr}
	ctx := heir.Follow(context.Background(), func() { os.Exit(4) })
	heir.Answering()
	if err := s.Serve(ctx, heir.Listener()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if text == "ends with 7" {
		os.Exit(7)
	}
}

// stay answers and then does nothing that it is told. It outlives no test for long.
func stay() {
	heir, err := handover.Inherit()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	heir.Answering()
	time.Sleep(2 * patience)
}

// answers is a handler that says the text, who says it, and what it knows of the
// next one.
func answers(text string, l net.Listener) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		fmt.Fprint(w, text)
	})
	mux.HandleFunc("/exit", func(http.ResponseWriter, *http.Request) { os.Exit(5) })
	mux.HandleFunc("/pid", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, os.Getpid()) })
	mux.HandleFunc("/next", func(w http.ResponseWriter, r *http.Request) {
		now, cancel := context.WithCancel(r.Context())
		cancel()
		for !handover.AwaitNext(now, l) {
			time.Sleep(time.Millisecond)
		}
		fmt.Fprintln(w, "coming")
		_ = http.NewResponseController(w).Flush()
		handover.AwaitNext(r.Context(), l)
		fmt.Fprintln(w, "over", handover.AwaitNext(r.Context(), l))
	})
	mux.HandleFunc("/stream", func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	return mux
}
