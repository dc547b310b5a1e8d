package proxy_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// talk answers an upgrade to what the client asks for with an echo.
func talk(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Upgrade", r.Header.Get("Upgrade"))
	if to := r.URL.Query().Get("to"); to != "" {
		w.Header().Set("Upgrade", to)
	}
	w.Header().Set("Connection", "Upgrade")
	w.Header().Set("Sec-WebSocket-Protocol", "chat")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.WriteHeader(http.StatusSwitchingProtocols)
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	line, err := rw.ReadString('\n')
	for ; err == nil; line, err = rw.ReadString('\n') {
		fmt.Fprintf(rw, "said %s", line)
		_ = rw.Flush()
	}
	fmt.Fprint(rw, "bye\n")
	_ = rw.Flush()
}

// upgrade asks for another protocol and returns the connection.
func upgrade(t *testing.T, url, path, protocol string) (*http.Response, *bufio.Reader, *net.TCPConn) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nOrigin: https://app.example.com\r\nConnection: keep-alive, Upgrade\r\nUpgrade: %s\r\nSec-WebSocket-Key: x\r\n\r\n",
		path, conn.RemoteAddr(), protocol)
	r := bufio.NewReader(conn)
	res, err := http.ReadResponse(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return res, r, conn.(*net.TCPConn)
}

const corsChain = "INSTALLED_APPS = [\"corsheaders\", \"proxy\"]\nMIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\", " +
	"\"django.middleware.clickjacking.XFrameOptionsMiddleware\"]\nCORS_ALLOWED_ORIGINS = [\"https://app.example.com\"]\n"

func TestUpgrade(t *testing.T) {
	site := front(t, corsChain+route("/", behind(t, talk).URL))
	for _, protocol := range []string{"websocket", "WebSocket", "SPDY/3.1"} {
		res, in, conn := upgrade(t, site.URL, "/ws", protocol)
		if res.StatusCode != 101 || res.Header.Get("Upgrade") != protocol || len(res.Header["Sec-Websocket-Protocol"]) != 1 {
			t.Fatalf("got %d, %v", res.StatusCode, res.Header)
		}
		if origin := res.Header["Access-Control-Allow-Origin"]; len(origin) != 1 || origin[0] != "https://app.example.com" {
			t.Errorf("Access-Control-Allow-Origin is %q", origin)
		}
		for _, say := range []string{"a", "b"} {
			fmt.Fprintln(conn, say)
			if line, err := in.ReadString('\n'); line != "said "+say+"\n" {
				t.Errorf("got %q, %v", line, err)
			}
		}
		// Who has said all still hears the answer.
		if err := conn.CloseWrite(); err != nil {
			t.Fatal(err)
		}
		if rest, err := io.ReadAll(in); string(rest) != "bye\n" {
			t.Errorf("at the end %q, %v", rest, err)
		}
	}
}

// A server that goes on in another protocol than it was asked for is not understood.
func TestWrongUpgrade(t *testing.T) {
	site := front(t, route("/", behind(t, talk).URL))
	res, _, _ := upgrade(t, site.URL, "/?to=h2c", "websocket")
	if res.StatusCode != 502 {
		t.Errorf("got %d, want 502", res.StatusCode)
	}
	if status, _ := ask(t, front(t, route("/", behind(t, talk).URL)).URL, "GET /?to=websocket"); status != 502 {
		t.Errorf("unasked: %d, want 502", status)
	}
}

// A server that refuses is heard.
func TestRefusedUpgrade(t *testing.T) {
	up := behind(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, r.Header.Get("Upgrade"))
	})
	res, _, _ := upgrade(t, front(t, route("/", up.URL)).URL, "/", "websocket")
	if body := read(t, res.Body); res.StatusCode != 403 || body != "websocket" {
		t.Errorf("got %d %q", res.StatusCode, body)
	}
}

// A client that is gone ends the conversation for the server behind.
func TestUpgradeClientGone(t *testing.T) {
	ended := make(chan error, 1)
	up := behind(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Upgrade", "websocket")
		w.Header().Set("Connection", "Upgrade")
		w.WriteHeader(http.StatusSwitchingProtocols)
		conn, rw, _ := http.NewResponseController(w).Hijack()
		defer conn.Close()
		_, err := rw.ReadByte()
		ended <- err
	})
	_, _, conn := upgrade(t, front(t, route("/", up.URL)).URL, "/", "websocket")
	_ = conn.Close()
	if err := <-ended; err == nil {
		t.Error("the server reads on")
	}
}

// When the server behind ends the conversation, it has ended for the client.
func TestUpgradeEndedBehind(t *testing.T) {
	up := behind(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Upgrade", "websocket")
		w.Header().Set("Connection", "Upgrade")
		w.WriteHeader(http.StatusSwitchingProtocols)
		conn, _, _ := http.NewResponseController(w).Hijack()
		fmt.Fprint(conn, "first words")
		_ = conn.Close()
	})
	_, in, _ := upgrade(t, front(t, route("/", up.URL)).URL, "/", "websocket")
	if all, err := io.ReadAll(in); string(all) != "first words" || err != nil {
		t.Errorf("got %q, %v", all, err)
	}
}
