package proxy_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// What gRPC needs: HTTP/2 on both sides, both directions at once, TE and trailers.
func TestGRPC(t *testing.T) {
	up := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 || r.Header.Get("Te") != "trailers" {
			t.Errorf("the server gets %s with TE %q", r.Proto, r.Header.Get("Te"))
		}
		w.Header().Set("Content-Type", "application/grpc")
		w.Header().Set("Trailer", "Grpc-Status")
		in := bufio.NewReader(r.Body)
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				break
			}
			fmt.Fprint(w, "heard ", line)
			_ = http.NewResponseController(w).Flush()
		}
		w.Header().Set("Grpc-Status", "0")
	}))
	up.Config.Protocols = new(http.Protocols)
	up.Config.Protocols.SetUnencryptedHTTP2(true)
	up.Start()
	defer up.Close()
	s := httptest.NewUnstartedServer(site(t, route("/", up.URL, `protocol = "h2c"`)))
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()

	in, out := io.Pipe()
	r := request(t, "POST", s.URL+"/pkg.Service/Method", in)
	r.Header.Set("Te", "trailers")
	go fmt.Fprintln(out, "one")
	res := send(t, s.Client(), r)
	lines := bufio.NewReader(res.Body)
	if line, err := lines.ReadString('\n'); line != "heard one\n" {
		t.Fatalf("got %q, %v", line, err)
	}
	fmt.Fprintln(out, "two")
	if line, err := lines.ReadString('\n'); line != "heard two\n" {
		t.Fatalf("got %q, %v", line, err)
	}
	_ = out.Close()
	if rest, err := io.ReadAll(lines); len(rest) != 0 || err != nil || res.Trailer.Get("Grpc-Status") != "0" {
		t.Errorf("at the end %q, %v, trailers %v", rest, err, res.Trailer)
	}
}

// A server that goes on and on with informational responses, or gives a wrong one, does not
// keep a client waiting.
func TestWrongInformationalResponse(t *testing.T) {
	logged(t)
	for _, say := range []string{"HTTP/1.1 100 Continue\r\nContent-Length: x\r\n\r\nHTTP/1.1 zzz\r\n\r\n", "HTTP/1.1 103 Early"} {
		site := front(t, route("/", raw(t, func(conn net.Conn) { hangUp(conn); fmt.Fprint(conn, say) })))
		if status, _ := ask(t, site.URL, "POST /", "Expect: 100-continue", "Content-Length: 0"); status != 502 {
			t.Errorf("%q: %d, want 502", say, status)
		}
	}
}
