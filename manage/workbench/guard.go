package workbench

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/settled-go/settled/internal/hosts"
	"github.com/settled-go/settled/internal/pages"
)

// guard lets programs on this machine through, to a name of this machine, when
// no page of another origin made them ask. To all others the workbench is not
// there.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isHere(r) || !isOurs(r) {
			pages.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", pages.FramePolicy)
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// isHere says whether the client is on this machine, and asks for a name of this
// machine: a page of the web whose name was made to resolve to here has that
// name in Host. Behind a proxy the client may be anywhere.
func isHere(r *http.Request) bool {
	domain, ok := hosts.Domain(r.Host)
	return ok && hosts.Allowed(domain, hosts.Debug()) && isLoopback(r.RemoteAddr) && !isForwarded(r)
}

func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// isForwarded says whether a proxy has left its mark: a header about its client, or
// HTTP/1.0, which no browser speaks and nginx does unless it is told otherwise. It
// then names nobody, and asks for the host that it was given, which is this machine.
func isForwarded(r *http.Request) bool {
	if !r.ProtoAtLeast(1, 1) {
		return true
	}
	for name := range r.Header {
		if strings.HasPrefix(name, "X-Forwarded") || strings.HasSuffix(name, "-Ip") || slices.Contains(marks, name) {
			return true
		}
	}
	return false
}

// marks are headers that proxies and tunnels set, beside X-Forwarded-For and those
// that end like X-Real-IP and CF-Connecting-IP.
var marks = []string{"Forwarded", "Via", "Cdn-Loop", "X-Original-Forwarded-For", "X-Original-Host"}

// isOurs says whether the request is of no other origin's making: a page of this
// one, a program that is no browser, or a person who follows a link. Another
// port of this machine is another origin, with other people's programs.
func isOurs(r *http.Request) bool {
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		if err != nil || u.Host != r.Host {
			return false
		}
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	}
	return reads && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}
