package gateway_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/apps/proxy"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/settledtest"
)

// settings are those of the example, for servers elsewhere.
func settings(t *testing.T, main, reports string) string {
	t.Helper()
	data, err := os.ReadFile("gateway.toml")
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("http://127.0.0.1:9000", main, "http://127.0.0.1:9001", reports).Replace(string(data))
}

// The example is sound as it stands.
func TestSound(t *testing.T) {
	apps := settledtest.Apps{"corsheaders": corsheaders.NewApp, "proxy": proxy.NewApp}.WithBuiltin(stock.Apps())
	if ids := settledtest.Check(t, apps, settings(t, "http://127.0.0.1:9000", "http://127.0.0.1:9001")); len(ids) > 0 {
		t.Errorf("check finds %q", ids)
	}
}

// The stock program serves it.
func TestGateway(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the stock program")
	}
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		fmt.Fprintf(w, "%s %s", r.URL.Path, r.Header.Get("X-Forwarded-For"))
	}))
	defer backend.Close()
	gone := httptest.NewServer(nil)
	gone.Close()
	url := serve(t, settings(t, backend.URL, gone.URL))
	for _, tt := range []struct {
		path, origin string
		status       int
		body         string
		allowed      []string
	}{
		{"/hello", "http://localhost:3000", 200, "/hello 127.0.0.1", []string{"http://localhost:3000"}},
		{"/hello", "https://evil.example", 200, "/hello 127.0.0.1", nil},
		{"/reports/2026", "http://localhost:3000", 502, "does not accept connections", []string{"http://localhost:3000"}},
	} {
		r, err := http.NewRequest("GET", url+tt.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Origin", tt.origin)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != tt.status || !strings.Contains(string(body), tt.body) || !slices.Equal(res.Header["Access-Control-Allow-Origin"], tt.allowed) {
			t.Errorf("%s from %s: %d %v\n%s", tt.path, tt.origin, res.StatusCode, res.Header, body)
		}
	}
}

// serve builds the stock program, and runs it with the settings.
func serve(t *testing.T, toml string) (url string) {
	t.Helper()
	dir := t.TempDir()
	program, file := filepath.Join(dir, "manage.exe"), filepath.Join(dir, "gateway.toml")
	if out, err := exec.Command("go", "build", "-o", program, "../../manage").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	if err := os.WriteFile(file, []byte(toml), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "runserver", "--settings", file, "127.0.0.1:0")
	out, in := io.Pipe()
	cmd.Stdout, cmd.Stderr = in, in
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // says that it was killed
		_ = in.Close()
	})
	lines := bufio.NewScanner(out)
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	for lines.Scan() {
		if url = address.FindString(lines.Text()); url != "" {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return url
		}
	}
	t.Fatal("the program says no address")
	return ""
}

// The settings of the page and of the README are the same, and sound.
func TestPages(t *testing.T) {
	apps := settledtest.Apps{"corsheaders": corsheaders.NewApp, "proxy": proxy.NewApp}.WithBuiltin(stock.Apps())
	page, err := os.ReadFile("../../docs/gateway.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```toml\n")
	block, _, found := strings.Cut(rest, "```")
	if ids := settledtest.Check(t, apps, block); !found || len(ids) > 0 {
		t.Errorf("check finds %q in\n%s", ids, block)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(block) {
		if line = strings.TrimSpace(line); line != "" && !strings.Contains(string(readme), "\n    "+line+"\n") {
			t.Errorf("the README has no line %s", line)
		}
	}
}
