package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

var (
	//go:embed nginx.conf
	nginxConf []byte
	//go:embed Caddyfile
	caddyfile []byte
)

// subjects builds the programs and writes what they are to check.
func subjects(dir string) (typical, long []subject, err error) {
	manage, quickstart := filepath.Join(dir, "manage"), filepath.Join(dir, "quickstart")
	err = errors.Join(build(manage, "./manage"), build(quickstart, "./examples/quickstart/manage"),
		os.WriteFile(filepath.Join(dir, "nginx.conf"), nginxConf, 0o666),
		os.WriteFile(filepath.Join(dir, "Caddyfile"), caddyfile, 0o666))
	if err != nil {
		return nil, nil, err
	}
	if nginx, err := exec.LookPath("nginx"); err == nil {
		typical = append(typical, subject{"`nginx -t`", []string{nginx, "-t", "-q", "-p", dir, "-c", "nginx.conf"}, false})
	}
	if caddy, err := exec.LookPath("caddy"); err == nil {
		typical = append(typical, subject{"`caddy validate`", []string{caddy, "validate", "--config", filepath.Join(dir, "Caddyfile")}, false})
	}
	typical = append(typical,
		subject{"`manage check`, the quickstart", []string{quickstart, "check", "../examples/quickstart/settings.toml"}, false},
		subject{"`manage check`, settings.example.toml", []string{manage, "check", "../settings.example.toml"}, false})
	for _, l := range []struct {
		what, setting, entry string
		complains            bool
		n                    []int
	}{
		{"origins", "CORS_ALLOWED_ORIGINS", `"https://host-%06d.example.com"`, false, []int{1000, 10_000, 100_000}},
		{"regexes", "CORS_ALLOWED_ORIGIN_REGEXES", `'^https://([a-z0-9-]+\.)*tenant-%05d\.example\.com(:\d+)?$'`, false, []int{10, 100, 1000}},
		{"regexes that let too much in", "CORS_ALLOWED_ORIGIN_REGEXES", `'^https://.*tenant-%05d.example.com'`, true, []int{10, 100, 1000}},
	} {
		for _, n := range l.n {
			path := filepath.Join(dir, fmt.Sprintf("%s-%d.toml", strings.ReplaceAll(l.what, " ", "-"), n))
			if err := writeList(path, l.setting, l.entry, n); err != nil {
				return nil, nil, err
			}
			long = append(long, subject{fmt.Sprintf("%d %s", n, l.what), []string{manage, "check", path}, l.complains})
		}
	}
	return typical, long, nil
}

func build(out, pkg string) error {
	cmd := exec.Command("go", "build", "-o", out, pkg)
	cmd.Dir = ".."
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, said)
	}
	return nil
}

// writeList writes settings with a list of n entries that differ.
func writeList(path, setting, entry string, n int) error {
	var b strings.Builder
	b.WriteString("DEBUG = true\nINSTALLED_APPS = [\"corsheaders\"]\nMIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\"]\n")
	fmt.Fprintf(&b, "%s = [\n", setting)
	for i := range n {
		fmt.Fprintf(&b, entry+",\n", i)
	}
	b.WriteString("]\n")
	return os.WriteFile(path, []byte(b.String()), 0o666)
}
