//go:build linux

package server_test

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/settled-go/settled/server"
)

// A port that needs a right that the process does not have. Root has every
// right, so the test runs itself as nobody, in a network of its own where ports
// below 1024 need one.
func TestListenWithoutPermission(t *testing.T) {
	if os.Getenv("SETTLEDTEST_NOBODY") == "" && os.Geteuid() == 0 {
		runAsNobody(t)
		return
	}
	l, err := server.Listen(t.Context(), server.Address{Host: "127.0.0.1", Port: 1})
	if err == nil {
		l.Close()
		if start, _ := os.ReadFile("/proc/sys/net/ipv4/ip_unprivileged_port_start"); string(start) == "0\n" {
			t.Skip("ports below 1024 need no right in this container")
		}
		t.Fatal("no error")
	}
	if want := "127.0.0.1:1: You don't have permission to access that port. "; !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %q, want %q", err, want)
	}
}

func runAsNobody(t *testing.T) {
	cmd := exec.Command("/proc/self/exe", "-test.run=^TestListenWithoutPermission$", "-test.v")
	cmd.Env = append(os.Environ(), "SETTLEDTEST_NOBODY=1")
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Credential: &syscall.Credential{Uid: 65534, Gid: 65534},
		Cloneflags: syscall.CLONE_NEWNET,
	}
	out, err := cmd.CombinedOutput()
	if errors.Is(err, syscall.EPERM) {
		t.Skip("this container's root may not make a network")
	}
	if err != nil || !strings.Contains(string(out), "--- PASS: TestListenWithoutPermission") {
		t.Errorf("as nobody: %v\n%s", err, out)
	}
}
