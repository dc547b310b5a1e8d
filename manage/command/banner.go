package command

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/manage/workbench"
	"github.com/settled-go/settled/server"
)

// banner is Django's, without its warning: net/http is made for production.
// watched says what reloads.
func (r *run) banner(s *server.Server, address server.Address, p *settled.Project, local bool, watched string) {
	scheme := "http"
	if s.TLS != nil {
		scheme = "https"
	}
	var b strings.Builder
	fmt.Fprintln(&b, time.Now().Format("January 02, 2006 - 15:04:05"))
	fmt.Fprintf(&b, "Settled version %s, using settings %s\n", settled.Version, quote(p.File().Name()))
	fmt.Fprintf(&b, "Starting server at %s://%s/\n", scheme, address)
	if at, ok := here(address, local); ok && p.Debug() {
		fmt.Fprintf(&b, "Workbench at %s://%s%s, for this machine only\n", scheme, at, workbench.Path)
	}
	b.WriteString(debugNote(p.Debug(), local))
	b.WriteString(watched)
	b.WriteString("Quit the server with CONTROL-C.\n")
	fmt.Fprint(r.Stdout, b.String())
}

// here is the address under a name of this machine; ok is false when that leads
// elsewhere.
func here(a server.Address, local bool) (at server.Address, ok bool) {
	if ip, err := netip.ParseAddr(a.Host); err == nil && ip.IsUnspecified() {
		a.Host = "localhost"
		return a, true
	}
	return a, local
}

// debugNote says what DEBUG = true means at the address that is served.
func debugNote(debug, local bool) string {
	switch {
	case debug && local:
		return "DEBUG is on. Turn it off before others can reach this site.\n"
	case debug:
		return "WARNING: DEBUG is on, and other machines can reach this address. Pages about errors show them\n" +
			"source and settings. Set DEBUG = false, or serve 127.0.0.1.\n"
	}
	return ""
}
