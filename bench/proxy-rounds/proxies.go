package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A proxy is one of those compared: a process.
type proxy struct {
	title, address string
	process        *exec.Cmd
}

// start starts the server behind and all proxies that there are here, of which the
// first is what the others are compared with.
func start(dir string) (all []*proxy, stop func(), err error) {
	var processes []*proxy
	stop = func() {
		for _, p := range processes {
			_ = p.process.Process.Signal(os.Interrupt)
			_ = p.process.Wait()
		}
	}
	self, err := os.Executable()
	if err != nil {
		return nil, stop, err
	}
	begin := func(title, path string, command func(address string) []string) error {
		p := &proxy{title: title}
		if p.address, err = freeAddress(); err != nil {
			return err
		}
		p.process = exec.Command(path, command(p.address)...)
		p.process.Dir = dir
		p.process.Env = append(os.Environ(), "XDG_CONFIG_HOME="+dir, "XDG_DATA_HOME="+dir) // of caddy
		if err := p.process.Start(); err != nil {
			return fmt.Errorf("%s: %w", title, err)
		}
		processes = append(processes, p)
		return p.wait()
	}
	err = begin("the server behind", self, func(address string) []string {
		return []string{"-serve", "origin", "-address", address}
	})
	if err != nil {
		return nil, stop, err
	}
	behind := processes[0].address
	for _, c := range candidates(dir, self, behind) {
		path, err := c.find()
		if errors.Is(err, exec.ErrNotFound) {
			fmt.Printf("%s is not installed here and left out\n", c.title)
			continue
		}
		if err == nil {
			err = begin(c.title, path, c.command)
		}
		if err != nil {
			return nil, stop, err
		}
	}
	return processes[1:], stop, nil
}

// A candidate is a proxy to be.
type candidate struct {
	title   string
	find    func() (path string, err error)
	command func(address string) []string
}

func candidates(dir, self, behind string) []candidate {
	installed := func(name string) func() (string, error) {
		return func() (string, error) { return exec.LookPath(name) }
	}
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			panic(err)
		}
		return path
	}
	return []candidate{
		{"httputil.ReverseProxy", func() (string, error) { return self, nil }, func(address string) []string {
			return []string{"-serve", "bare", "-address", address, "-behind", behind}
		}},
		{"Settled, which logs each request", func() (string, error) { return build(dir) }, func(address string) []string {
			return []string{"runserver", "--noreload", "--settings", file("gateway.toml", fmt.Sprintf(gateway, behind)), address}
		}},
		{"caddy", installed("caddy"), func(address string) []string {
			return []string{"run", "--adapter", "caddyfile", "--config", file("Caddyfile", fmt.Sprintf(caddyfile, address, "", behind))}
		}},
		{"caddy, logging each request", installed("caddy"), func(address string) []string {
			return []string{"run", "--adapter", "caddyfile", "--config", file("Caddyfile.log", fmt.Sprintf(caddyfile, address, "log", behind))}
		}},
		{"nginx", installed("nginx"), func(address string) []string {
			return []string{"-p", dir, "-e", filepath.Join(dir, "error.log"), "-c", file("nginx.conf", fmt.Sprintf(nginxConf, dir, behind, address))}
		}},
	}
}

// build makes Settled's program from the folder around this module.
func build(dir string) (string, error) {
	path := filepath.Join(dir, "settled")
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/settled-go/settled").Output()
	if err != nil {
		return "", err
	}
	c := exec.Command("go", "build", "-o", path, "./manage")
	c.Dir = strings.TrimSpace(string(root))
	c.Stderr = os.Stderr
	return path, c.Run()
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// wait returns when the process accepts connections.
func (p *proxy) wait() error {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if conn, err := net.Dial("tcp", p.address); err == nil {
			return conn.Close()
		}
	}
	return fmt.Errorf("%s does not listen at %s", p.title, p.address)
}

// cpu is what the process and its children have used of the CPUs, where there is
// /proc, in steps of 10 ms.
func (p *proxy) cpu() (all time.Duration) {
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	own := strconv.Itoa(p.process.Process.Pid)
	for _, name := range files {
		data, err := os.ReadFile(name)
		_, after, ok := strings.Cut(string(data), ") ") // behind the program's name
		fields := strings.Fields(after)
		if err != nil || !ok || len(fields) < 13 {
			continue
		}
		if pid := filepath.Base(filepath.Dir(name)); pid != own && fields[1] != own {
			continue
		}
		for _, field := range fields[11:13] { // in user and in kernel mode
			ticks, _ := strconv.Atoi(field)
			all += time.Duration(ticks) * 10 * time.Millisecond
		}
	}
	return all
}
