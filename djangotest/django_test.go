// Package djangotest compares Settled with a real Django, Debian's python3-django with
// python3-django-cors-headers: the same MIDDLEWARE list, settings and views, and the same
// requests over sockets. What may differ is a table, with a reason for each entry
// (allowed_test.go).
package djangotest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// djangoVariable says "required" where a missing Django is a failure.
const djangoVariable = "SETTLEDTEST_DJANGO"

// python is the interpreter that Debian's packages are for.
const python = "/usr/bin/python3"

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

// needDjango ends the test where there is no Django.
func needDjango(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a Django")
	}
	out, err := exec.Command(python, "-c", "import django, corsheaders, whitenoise; print(django.get_version())").CombinedOutput()
	switch version := strings.TrimSpace(string(out)); {
	case err == nil && strings.HasPrefix(version, "3.2."):
	case os.Getenv(djangoVariable) == "required":
		t.Fatalf("python3-django 3.2 with python3-django-cors-headers and python3-whitenoise is required: %v %s", err, out)
	default:
		t.Skipf("no python3-django 3.2 with python3-django-cors-headers and python3-whitenoise: %v %s", err, out)
	}
}

// A server is the process that all sites of Django are forks of.
type server struct {
	mu    sync.Mutex
	stdin io.WriteCloser
	ports *bufio.Reader
}

func startServer(t *testing.T) *server {
	t.Helper()
	cmd := exec.Command(python, "testdata/serve.py")
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stdin.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("%s: %v", strings.Join(cmd.Args, " "), err)
		}
	})
	return &server{stdin: stdin, ports: bufio.NewReader(stdout)}
}

// serve starts a site and returns its address.
func (s *server) serve(t *testing.T, middleware []string, settings map[string]any) string {
	t.Helper()
	line, err := json.Marshal(map[string]any{"middleware": middleware, "settings": settings})
	if err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.stdin.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	port, err := s.ports.ReadString('\n')
	if err != nil || port == "failed\n" {
		t.Fatalf("Django does not serve %v: %v", middleware, err)
	}
	return fmt.Sprintf("127.0.0.1:%s", strings.TrimSpace(port))
}
