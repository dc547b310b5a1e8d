package corsheaders_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestInformational(t *testing.T) {
	addr := serve(t, wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Link", "</style.css>; rel=preload")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.WriteHeader(http.StatusEarlyHints)
		// What came back in the map is not to be trusted either.
		w.Header()["Access-Control-Allow-Origin"][0] = "https://evil.example"
		w.Header().Add("Access-Control-Expose-Headers", "*")
		w.Header().Add("Vary", "Cookie")
		w.WriteHeader(http.StatusEarlyHints)
		w.Header()["Vary"][0] = "Accept"
		w.WriteHeader(http.StatusCreated)
	}))
	got := ask(t, addr, "GET", "/", "Origin: "+origin)
	if len(got) != 3 || got[0].status != 103 || got[1].status != 103 || got[2].status != 201 {
		t.Fatalf("got %+v, want two 103 and a 201", got)
	}
	wantLines(t, got[0].cors(), admittedLines)
	wantLines(t, got[1].cors(), []string{admittedLines[1], "vary: Cookie", "vary: origin"})
	wantLines(t, got[2].cors(), []string{admittedLines[1], "vary: Accept", "vary: Cookie", "vary: origin"})
}

func TestSwitchingProtocols(t *testing.T) {
	addr := serve(t, wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Upgrade", "x")
		w.Header().Set("Connection", "Upgrade")
		w.WriteHeader(http.StatusSwitchingProtocols)
	}))
	got := last(ask(t, addr, "GET", "/", "Origin: "+origin))
	if got.status != http.StatusSwitchingProtocols {
		t.Errorf("status %d", got.status)
	}
	wantLines(t, got.cors(), admittedLines)
}

// What a handler writes to a hijacked connection is its own, and nothing is
// added to it.
func TestHijack(t *testing.T) {
	const written = "HTTP/1.1 299 Mine\r\nConnection: close\r\n\r\nx"
	addr := serve(t, wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		if got := w.Header().Get("Access-Control-Allow-Origin"); got != origin {
			t.Errorf("the map has %q, want the headers for those who write it themselves", got)
		}
		delete(w.Header(), "Vary")
		_, _ = io.WriteString(conn, written)
	}))
	got := last(ask(t, addr, "GET", "/", "Origin: "+origin))
	if got.status != 299 || len(got.cors()) != 0 || got.body != "x" {
		t.Errorf("got %+v, want what the handler wrote", got)
	}
}

func TestHijackLeavesTheMapAlone(t *testing.T) {
	var h http.Header
	inner := wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		conn.Close()
		h = w.Header()
		clear(h)
	})
	done := make(chan int)
	addr := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner.ServeHTTP(w, r)
		done <- len(h)
	}))
	resp, err := http.Get("http://" + addr)
	if err == nil {
		resp.Body.Close()
	}
	if n := <-done; n != 0 {
		t.Errorf("%d headers were set after the connection was hijacked", n)
	}
}

func TestHTTP2(t *testing.T) {
	srv := httptest.NewUnstartedServer(wrap(t, listing(origin), func(w http.ResponseWriter, r *http.Request) {
		w.Header()["access-control-allow-origin"] = []string{"*"}
		w.Header()["vary"] = []string{"Cookie, origin"}
		if r.URL.Path == "/flush" {
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
		}
		if _, _, err := http.NewResponseController(w).Hijack(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("Hijack: %v", err)
		}
		if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Errorf("SetWriteDeadline: %v", err)
		}
		if _, ok := w.(http.Pusher); !ok {
			t.Error("no http.Pusher")
		}
		_, _ = io.WriteString(w, r.Proto)
	}))
	srv.EnableHTTP2 = true
	srv.StartTLS()
	defer srv.Close()
	for _, path := range []string{"/", "/flush"} {
		r, _ := http.NewRequest("GET", srv.URL+path, nil)
		r.Header.Set("Origin", origin)
		resp, err := srv.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if string(body) != "HTTP/2.0" {
			t.Fatalf("spoke %q", body)
		}
		origins, varies := resp.Header.Values("Access-Control-Allow-Origin"), resp.Header.Values("Vary")
		if len(origins) != 1 || origins[0] != origin || len(varies) != 1 || varies[0] != "Cookie, origin" {
			t.Errorf("%s: got %v", path, resp.Header)
		}
	}
}
