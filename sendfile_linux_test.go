package settled_test

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"testing"
)

// sent is a line of strace's about a call of sendfile that sent something.
var sent = regexp.MustCompile(`sendfile(?:64)?(?:\(| resumed>).* = (\d+)\n`)

// A static file goes through all the layers that Settled has, and its own server, to the
// kernel as a file: no byte of it but the first ones is copied.
func TestSendfile(t *testing.T) {
	bin := stockProgram(t)
	missing := t.Skipf
	if os.Getenv(straceVariable) == "required" {
		missing = t.Fatalf
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		missing("%v; apt-get install strace", err)
	}
	const size = 3 << 20
	dir := t.TempDir()
	for name, data := range map[string][]byte{
		"assets/film.bin": bytes.Repeat([]byte("x"), size),
		"settings.toml": []byte(`ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["corsheaders", "django.contrib.staticfiles"]
CORS_ALLOWED_ORIGINS = ["https://shop.example"]
STATIC_URL = "/static/"
STATIC_ROOT = "collected"
STATICFILES_DIRS = ["assets"]
MIDDLEWARE = [
    "corsheaders.middleware.CorsMiddleware",
    "settled.middleware.real_ip.RealIPMiddleware",
    "settled.middleware.request_id.RequestIDMiddleware",
    "settled.middleware.access_log.AccessLogMiddleware",
    "settled.middleware.timeout.TimeoutMiddleware",
    "settled.middleware.body_limit.BodyLimitMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
`),
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	made{t, dir}.run(bin, "collectstatic", "--noinput")
	trace := filepath.Join(dir, "trace")
	cmd := exec.Command(strace, "-f", "-qq", "-o", trace, "-e", "trace=sendfile", bin, "runserver", "127.0.0.1:0", "--noreload")
	cmd.Dir, cmd.Env = dir, offline()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // the program gets what strace does not pass on
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := false
	end := func() {
		if !ended {
			ended = true
			syscall.Kill(-cmd.Process.Pid, syscall.SIGINT)
			go io.Copy(io.Discard, out)
			cmd.Wait()
		}
	}
	defer end()
	lines, address, said := bufio.NewScanner(out), "", ""
	for address == "" && lines.Scan() {
		said += lines.Text() + "\n"
		address = served.FindString(lines.Text())
	}
	if address == "" {
		missing("strace does not work here, or the server does not start:\n%s", said)
	}
	client := http.Client{Transport: &http.Transport{DisableCompression: true}} // which would need its bytes
	defer client.CloseIdleConnections()
	resp, err := client.Get(address + "static/film.bin")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || len(body) != size || resp.Header.Get("X-Frame-Options") == "" {
		t.Errorf("%d bytes, %v, %v", len(body), err, resp.Header)
	}
	end()
	data, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, call := range sent.FindAllSubmatch(data, -1) {
		n, _ := strconv.Atoi(string(call[1]))
		total += n
	}
	if total < size-1024 { // the first bytes may tell the Content-Type
		t.Errorf("%d of %d bytes went by sendfile:\n%.2000s", total, size, data)
	}
}
