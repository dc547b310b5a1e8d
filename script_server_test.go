package settled_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"maps"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptServer is the server that a script runs.
type scriptServer struct {
	cmd            *exec.Cmd
	stdout, stderr lockedBuffer
	awaited        int           // how much of stderr was
	ended          chan struct{} // closed when the process has ended
	state          error
}

type serverKey struct{}

func serverOf(ts *testscript.TestScript) *scriptServer { return ts.Value(serverKey{}).(*scriptServer) }

// serveCmd is "serve PROGRAM [ARG ...]": it starts a server and waits until it
// serves. URL is its address then. "! serve" expects that it refuses.
func serveCmd(ts *testscript.TestScript, neg bool, args []string) {
	s := serverOf(ts)
	s.stdout.Reset()
	s.stderr.Reset()
	s.awaited = 0
	path, err := exec.LookPath(args[0])
	ts.Check(err)
	s.cmd = exec.Command(path, args[1:]...)
	s.cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "GORACE", "GOCOVERDIR", "SETTLED_SETTINGS", "SETTLED_DEBUG"} {
		if value := ts.Getenv(name); value != "" {
			s.cmd.Env = append(s.cmd.Env, name+"="+value)
		}
	}
	s.cmd.Stdout, s.cmd.Stderr = &s.stdout, &s.stderr
	s.ended = make(chan struct{})
	ts.Check(s.cmd.Start())
	go func() {
		s.state = s.cmd.Wait()
		close(s.ended)
	}()
	ts.Defer(func() { _ = s.cmd.Process.Kill(); <-s.ended })
	if s.wait() == neg {
		s.show(ts)
		ts.Fatalf("it serves: %v, want %v", !neg, neg)
	}
	if neg {
		s.show(ts)
		return
	}
	ts.Setenv("URL", address.FindStringSubmatch(s.stdout.String())[1])
}

// wait returns whether the server serves.
func (s *scriptServer) wait() bool {
	for range 1000 {
		if strings.Contains(s.stdout.String(), "Quit the server with CONTROL-C.\n") {
			return true
		}
		select {
		case <-s.ended:
			return false
		case <-time.After(10 * time.Millisecond):
		}
	}
	return false
}

var (
	address   = regexp.MustCompile(`Starting server at (https?://\S+)/\n`)
	logTime   = regexp.MustCompile(`(?m)^\[\d\d/[A-Z][a-z]{2}/\d{4} \d\d:\d\d:\d\d\]`)
	startTime = regexp.MustCompile(`(?m)^[A-Z][a-z]+ \d\d, \d{4} - \d\d:\d\d:\d\d$`)
	taken     = regexp.MustCompile(`\b[0-9.]+ m?s\b`)
	port      = regexp.MustCompile(`((?:127\.0\.0\.1|localhost|0\.0\.0\.0|\[::1?\]):)[1-9]\d*`)
)

// show makes the server's output that of the script's command, with names for
// what differs from run to run.
func (s *scriptServer) show(ts *testscript.TestScript) {
	for w, text := range map[io.Writer]string{ts.Stdout(): s.stdout.String(), ts.Stderr(): s.stderr.String()} {
		text = logTime.ReplaceAllString(text, "[TIME]")
		text = startTime.ReplaceAllString(text, "TIME")
		text = taken.ReplaceAllString(text, "TIME")
		text = port.ReplaceAllString(text, "${1}PORT")
		fmt.Fprint(w, text)
	}
}

// awaitCmd is "await REGEXP": it waits until the server writes a line to stderr
// that matches, after those that were awaited before.
func awaitCmd(ts *testscript.TestScript, neg bool, args []string) {
	s, want := serverOf(ts), regexp.MustCompile("(?m)"+args[0]+".*\n")
	for range 1000 {
		if found := want.FindStringIndex(s.stderr.String()[s.awaited:]); found != nil {
			s.awaited += found[1]
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.show(ts)
	ts.Fatalf("nothing matches %s", args[0])
}

// quitCmd is "quit [SIGNAL ...]", INT, TERM or HUP, of which the first stands if
// there is none: it stops the server and shows what it wrote. It expects exit
// status 0.
func quitCmd(ts *testscript.TestScript, neg bool, args []string) {
	s, signals := serverOf(ts), map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP}
	if len(args) == 0 {
		args = []string{"INT"}
	}
	for i, name := range args {
		if i > 0 {
			time.Sleep(300 * time.Millisecond) // or the second could be lost
		}
		ts.Check(s.cmd.Process.Signal(signals[name]))
	}
	select {
	case <-s.ended:
	case <-time.After(20 * time.Second):
		ts.Fatalf("it did not stop")
	}
	s.show(ts)
	if (s.state != nil) != neg {
		ts.Fatalf("it ended with %v", s.state)
	}
}

// getCmd is "get [-2] [METHOD] PATH [NAME:VALUE ...]": it prints the answer,
// headers sorted. -2 is HTTP/2, in cleartext where the server has no TLS.
func getCmd(ts *testscript.TestScript, neg bool, args []string) {
	protocols, method := new(http.Protocols), http.MethodGet
	protocols.SetHTTP1(true)
	if args[0] == "-2" {
		protocols.SetHTTP1(false)
		protocols.SetHTTP2(true)
		protocols.SetUnencryptedHTTP2(true)
		args = args[1:]
	}
	if args[0][0] != '/' {
		method, args = args[0], args[1:]
	}
	req, err := http.NewRequestWithContext(context.Background(), method, ts.Getenv("URL")+args[0], nil)
	ts.Check(err)
	for _, header := range args[1:] {
		name, value, _ := strings.Cut(header, ":")
		req.Header.Set(name, value)
		if name == "Host" {
			req.Host = value
		}
	}
	transport := &http.Transport{Protocols: protocols, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(req)
	if (err != nil) != neg {
		ts.Fatalf("%v", err)
	}
	if err != nil {
		return
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	ts.Check(err)
	fmt.Fprintln(ts.Stdout(), res.Proto, res.Status)
	delete(res.Header, "Date")
	for _, name := range slices.Sorted(maps.Keys(res.Header)) {
		fmt.Fprintf(ts.Stdout(), "%s: %s\n", name, strings.Join(res.Header[name], " | "))
	}
	fmt.Fprintf(ts.Stdout(), "\n%s", body)
}

// hangCmd is "hang PATH": it begins a request and returns when the answer has
// begun.
func hangCmd(ts *testscript.TestScript, neg bool, args []string) {
	res, err := http.Get(ts.Getenv("URL") + args[0])
	ts.Check(err)
	ts.Defer(func() { _ = res.Body.Close() })
}

// certCmd is "cert": it writes cert.pem and key.pem.
func certCmd(ts *testscript.TestScript, neg bool, args []string) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ts.Check(err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"localhost"}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	ts.Check(err)
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	ts.Check(err)
	for name, block := range map[string]*pem.Block{
		"cert.pem": {Type: "CERTIFICATE", Bytes: der},
		"key.pem":  {Type: "PRIVATE KEY", Bytes: keyDER},
	} {
		ts.Check(os.WriteFile(ts.MkAbs(name), pem.EncodeToMemory(block), 0o600))
	}
}

// busyCmd is "busy": PORT is one that is in use until the script ends.
func busyCmd(ts *testscript.TestScript, neg bool, args []string) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { _ = l.Close() })
	ts.Setenv("PORT", fmt.Sprint(l.Addr().(*net.TCPAddr).Port))
}

// lockedBuffer can be read while a process writes to it.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) Reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.b.Reset()
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
