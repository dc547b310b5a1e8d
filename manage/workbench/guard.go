package workbench

import (
	"net"
	"net/http"
	"net/netip"

	"github.com/settled-go/settled/internal/hosts"
	"github.com/settled-go/settled/internal/pages"
)

// guard lets programs on this machine through, to a name of this machine: a page
// of the web whose name was made to resolve to here has that name in Host. To
// all others the workbench is not there.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		domain, ok := hosts.Domain(r.Host)
		if !ok || !hosts.Allowed(domain, hosts.Debug()) || !isLoopback(r.RemoteAddr) {
			pages.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}
