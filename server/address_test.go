package server_test

import (
	"errors"
	"net"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/settled-go/settled/server"
)

func TestParseAddress(t *testing.T) {
	const invalid = "is not a valid port number or address:port pair. " +
		"Write a port, as in 8000, or both, as in 0.0.0.0:8000 or [::1]:8000."
	for _, tt := range []struct {
		arg  string
		ipv6 bool
		want string // or the error
	}{
		{"", false, "127.0.0.1:8000"},
		{"", true, "[::1]:8000"},
		{"8001", false, "127.0.0.1:8001"},
		{"8001", true, "[::1]:8001"},
		{"0", false, "127.0.0.1:0"},
		{"08001", false, "127.0.0.1:8001"},
		{"65535", false, "127.0.0.1:65535"},
		{"127.0.0.1:8001", false, "127.0.0.1:8001"},
		{"0.0.0.0:8001", false, "0.0.0.0:8001"},
		{"0:8001", false, "0.0.0.0:8001"},
		{"0:8001", true, "[::]:8001"},
		{"localhost:8001", false, "localhost:8001"},
		{"localhost:8001", true, "localhost:8001"},
		{"my-host.example:8001", false, "my-host.example:8001"},
		{"[::1]:8001", false, "[::1]:8001"},
		{"[::]:8001", true, "[::]:8001"},
		{"[FE80::1]:8001", false, "[FE80::1]:8001"},

		{"::1", false, `"::1" ` + invalid},
		{"::1:8001", false, `"::1:8001" ` + invalid},
		{"abc", false, `"abc" ` + invalid},
		{"host:abc", false, `"host:abc" ` + invalid},
		{":8001", false, `":8001" ` + invalid},
		{"127.0.0.1", false, `"127.0.0.1" ` + invalid},
		{"127.0.0.1:", false, `"127.0.0.1:" ` + invalid},
		{"foo_bar:8001", false, `"foo_bar:8001" ` + invalid},
		{"a..b:8001", false, `"a..b:8001" ` + invalid},
		{"8001/", false, `"8001/" ` + invalid},
		{"-1", false, `"-1" ` + invalid},
		{"+8001", false, `"+8001" ` + invalid},
		{"[zz]:1", false, `"[zz]:1" ` + invalid},
		{"[]:1", false, `"[]:1" ` + invalid},
		{"[::1:8001", false, `"[::1:8001" ` + invalid},
		{"::1]:8001", false, `"::1]:8001" ` + invalid},
		{"[fe80::1%eth0]:1", false, `"[fe80::1%eth0]:1" ` + invalid},
		{"\u0661:8001", false, "\"\u0661:8001\" " + invalid},
		{"8001\n", false, `"8001\n" ` + invalid},

		{"127.0.0.1:8001", true, `"127.0.0.1" is not a valid IPv6 address.`},
		{"[1:2]:8001", false, `"1:2" is not a valid IPv6 address.`},
		{"999.1.1.1:8001", false, `"999.1.1.1" is not a valid IPv4 address.`},
		{"1.2.3:8001", false, `"1.2.3" is not a valid IPv4 address.`},
		{"010.0.0.1:8001", false, `"010.0.0.1" is not a valid IPv4 address.`},
		{"65536", false, `"65536" is not a valid port number. It must be from 0 to 65535.`},
		{"localhost:99999999999999999999", false, `"99999999999999999999" is not a valid port number. It must be from 0 to 65535.`},
	} {
		name := tt.arg
		if tt.ipv6 {
			name = "-6 " + name
		}
		t.Run(name, func(t *testing.T) {
			a, err := server.ParseAddress(tt.arg, tt.ipv6)
			got := a.String()
			if err != nil {
				got = err.Error()
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestListen(t *testing.T) {
	for _, arg := range []string{"127.0.0.1:0", "localhost:0", "0:0", "[::1]:0"} {
		t.Run(arg, func(t *testing.T) {
			a, err := server.ParseAddress(arg, false)
			if err != nil {
				t.Fatal(err)
			}
			l, err := server.Listen(t.Context(), a)
			if errors.Is(err, syscall.EADDRNOTAVAIL) || errors.Is(err, syscall.EAFNOSUPPORT) {
				t.Skip(err) // a machine without IPv6
			}
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			bound := a.On(l)
			if bound.Port == 0 || bound.Host != a.Host {
				t.Errorf("On: %v, want host %s and the port of %v", bound, a.Host, l.Addr())
			}
			c, err := net.Dial("tcp", bound.String())
			if err != nil {
				t.Fatal(err)
			}
			c.Close()
		})
	}
}

func TestListenErrors(t *testing.T) {
	busy := listen(t)
	defer busy.Close()
	port := busy.Addr().(*net.TCPAddr).Port
	for _, tt := range []struct {
		name  string
		a     server.Address
		cause error
		want  []string
	}{
		{"busy", server.Address{Host: "127.0.0.1", Port: port}, syscall.EADDRINUSE,
			[]string{busy.Addr().String() + ": That port is already in use. ", strconv.Itoa(port + 1)}},
		{"not of this machine", server.Address{Host: "192.0.2.1", Port: 8001}, syscall.EADDRNOTAVAIL,
			[]string{"192.0.2.1:8001: That IP address can't be assigned to. ", "0.0.0.0:8001"}},
		{"unknown name", server.Address{Host: "nosuch.invalid", Port: 8001}, nil,
			[]string{"nosuch.invalid:8001: Name or service not known. "}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l, err := server.Listen(t.Context(), tt.a)
			if err == nil {
				l.Close()
				t.Fatal("no error")
			}
			if tt.cause != nil && !errors.Is(err, tt.cause) {
				t.Errorf("errors.Is does not find %v in %v", tt.cause, err)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q has no %q", err, want)
				}
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("%q is not one line", err)
			}
		})
	}
}
