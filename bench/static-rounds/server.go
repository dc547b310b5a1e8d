package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/staticfiles"
	"github.com/settled-go/settled/apps/stock"
	settledserver "github.com/settled-go/settled/server"
	"github.com/settled-go/settled/settings"
)

// A server is one of those compared, as it runs.
type server struct {
	name, address string
	cmd           *exec.Cmd
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(os.Interrupt)
	done := make(chan struct{})
	go func() { _ = s.cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		_ = s.cmd.Process.Kill()
		<-done
	}
}

// startAll starts Settled first, with which the others are compared, and those that are
// installed. What it returns is to be stopped, also when there is an error.
func startAll(dir, root string) (all []*server, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, "-serve", root)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	settled := &server{name: "Settled, WhiteNoise", cmd: cmd}
	all = append(all, settled)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return all, err
	}
	settled.address = strings.TrimSpace(line)
	for _, start := range []func(dir, root string) (*server, error){startNginx, startCaddy} {
		s, err := start(dir, root)
		if errors.Is(err, exec.ErrNotFound) {
			continue
		}
		if err != nil {
			return all, err
		}
		all = append(all, s)
		if err := await(s.address); err != nil {
			return all, fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return all, nil
}

func startNginx(dir, root string) (*server, error) {
	path, err := exec.LookPath("nginx")
	if err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	config := fmt.Sprintf(`
daemon off; worker_processes auto; pid %[1]s/nginx.pid; error_log stderr error;
events { worker_connections 512; }
http {
	types { text/css css; image/png png; }
	access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
	client_body_temp_path %[1]s/b; proxy_temp_path %[1]s/p; fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;
	server {
		listen %[2]s;
		location /static/ { alias %[3]s/; gzip_static on; gzip_vary on; add_header Cache-Control "max-age=60, public"; }
	}
}
`, dir, address, root)
	return startWith("nginx", address, filepath.Join(dir, "nginx.conf"), config, path, "-p", dir, "-c")
}

func startCaddy(dir, root string) (*server, error) {
	path, err := exec.LookPath("caddy")
	if err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	config := fmt.Sprintf(`{
	admin off
	auto_https off
	log {
		level ERROR
	}
}
http://%s {
	handle_path /static/* {
		root * %s
		header Cache-Control "max-age=60, public"
		file_server {
			precompressed gzip
		}
	}
}
`, address, root)
	return startWith("Caddy", address, filepath.Join(dir, "Caddyfile"), config, path, "run", "--adapter", "caddyfile", "--config")
}

// startWith starts a program whose last argument is its configuration.
func startWith(name, address, file, config, path string, args ...string) (*server, error) {
	if err := os.WriteFile(file, []byte(config), 0o644); err != nil {
		return nil, err
	}
	cmd := exec.Command(path, append(args, file)...)
	cmd.Env = append(os.Environ(), "HOME="+filepath.Dir(file), "XDG_DATA_HOME="+filepath.Dir(file), "XDG_CONFIG_HOME="+filepath.Dir(file))
	cmd.Stderr = os.Stderr
	return &server{name: name, address: address, cmd: cmd}, cmd.Start()
}

// freeAddress is one that nobody listens to, for now.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func await(address string) error {
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			return conn.Close()
		}
		if time.Now().After(deadline) {
			return err
		}
	}
}

// beSettled serves as runserver does, without a request log as the others, until its
// input ends.
func beSettled(root string, _ io.Reader, out io.Writer) error {
	file, err := settings.Parse("settings.toml", fmt.Appendf(nil, `
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["django.contrib.staticfiles"]
MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware"]
STATIC_ROOT = %q
`, root), settings.Options{})
	if err != nil {
		return err
	}
	var registry settled.Registry
	registry.Register(staticfiles.Name, staticfiles.NewApp)
	for name, new := range stock.Apps() {
		registry.RegisterBuiltin(name, new)
	}
	project, found := registry.Setup(file)
	if err := found.Err(); err != nil {
		return err
	}
	site, err := project.Start(context.Background())
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintln(out, l.Addr())
	return (&settledserver.Server{Handler: site.Handler(), ErrorLog: os.Stderr}).Serve(context.Background(), l)
}
