package corsheaders_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled/apps/corsheaders"
)

const origin = "https://app.example.com"

// listing are the defaults with origins listed.
func listing(origins ...string) corsheaders.Settings {
	s := corsheaders.Defaults()
	s.AllowedOrigins = origins
	return s
}

// wrap puts the middleware around a handler.
func wrap(t testing.TB, s corsheaders.Settings, h http.HandlerFunc) http.Handler {
	t.Helper()
	f, err := corsheaders.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return f(h)
}

// serve is the address of a server with the handler.
func serve(t testing.TB, h http.Handler) string {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv.Listener.Addr().String()
}

// A response is one as it came over the wire.
type response struct {
	status int
	lines  []string // of the header, unparsed
	body   string
}

// values are those of a header, in all spellings of its name.
func (r response) values(name string) (values []string) {
	for _, line := range r.lines {
		key, value, _ := strings.Cut(line, ":")
		if strings.EqualFold(key, name) {
			values = append(values, strings.TrimSpace(value))
		}
	}
	return values
}

// cors are the lines that this package answers for, in lower case but for the
// values, and sorted.
func (r response) cors() []string {
	var lines []string
	for _, line := range r.lines {
		key, value, _ := strings.Cut(line, ":")
		key = strings.ToLower(key)
		if key == "vary" || strings.HasPrefix(key, "access-control-") {
			lines = append(lines, key+": "+strings.TrimSpace(value))
		}
	}
	slices.Sort(lines)
	return lines
}

// ask sends a request with the header lines given, and reads all responses up
// to the final one, which it returns last.
func ask(t testing.TB, addr, method, path string, header ...string) []response {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	lines := append([]string{method + " " + path + " HTTP/1.1", "Host: localhost", "Connection: close"}, header...)
	if _, err := io.WriteString(conn, strings.Join(lines, "\r\n")+"\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	r, responses := textproto.NewReader(bufio.NewReader(conn)), []response(nil)
	for {
		one := readHead(t, r)
		responses = append(responses, one)
		if one.status >= 200 || one.status == http.StatusSwitchingProtocols {
			break
		}
	}
	body, _ := io.ReadAll(r.R)
	responses[len(responses)-1].body = string(body)
	return responses
}

func readHead(t testing.TB, r *textproto.Reader) (one response) {
	t.Helper()
	line, err := r.ReadLine()
	if err != nil {
		t.Fatalf("reading the status line: %v", err)
	}
	if _, err := fmt.Sscanf(line, "HTTP/1.1 %d", &one.status); err != nil {
		t.Fatalf("status line %q: %v", line, err)
	}
	for {
		line, err := r.ReadLine()
		if err != nil {
			t.Fatal(err)
		}
		if line == "" {
			return one
		}
		one.lines = append(one.lines, line)
	}
}

// last is the final response.
func last(responses []response) response { return responses[len(responses)-1] }

func wantLines(t testing.TB, got, want []string) {
	t.Helper()
	want = slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("CORS headers:\ngot\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}
