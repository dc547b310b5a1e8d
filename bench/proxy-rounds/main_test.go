package main

import (
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Each proxy that is here passes each kind of request on, and lets the origin in.
func TestProxies(t *testing.T) {
	behind := httptest.NewServer(origin())
	defer behind.Close()
	front := httptest.NewServer(bare(strings.TrimPrefix(behind.URL, "http://")))
	defer front.Close()
	for _, k := range kinds {
		n, taken, err := load(front.Listener.Addr().String(), k, 3, 50*time.Millisecond)
		if err != nil || n < 3 || taken < 50*time.Millisecond {
			t.Errorf("%s: %d answers in %v, error %v", k.title, n, taken, err)
		}
	}
}

// The settings of the gateway are sound.
func TestGateway(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	dir := t.TempDir()
	path, err := build(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range candidates(dir, "", "127.0.0.1:9000") {
		c.command("127.0.0.1:0") // writes its file
	}
	if out, err := exec.Command(path, "check", "--settings", dir+"/gateway.toml").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// A proxy whose answer lets another origin in, or none, is not measured.
func TestJudge(t *testing.T) {
	behind := httptest.NewServer(origin())
	defer behind.Close()
	if _, _, err := load(behind.Listener.Addr().String(), kinds[2], 1, time.Millisecond); err == nil {
		t.Error("an answer without CORS is taken for one")
	}
}
