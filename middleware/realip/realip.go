// Package realip makes the address of a request that of its client, where a trusted
// proxy says who that is.
package realip

import (
	"net/http"
	"net/netip"

	"github.com/settled-go/settled/internal/forwarded"
	"github.com/settled-go/settled/middleware"
)

// Traits: it changes the request alone.
var Traits = middleware.Traits{Is: middleware.FindsClient}

// New makes the middleware. A request that comes through a trusted proxy has the
// client's address in RemoteAddr, with port 0, since nobody knows the port; others
// are as they were. That the request came from a proxy is still known to who asks
// the project.
func New(s Settings) (middleware.Func, error) {
	return func(next http.Handler) http.Handler {
		if s.FromTrustedProxy == nil || s.ClientAddr == nil {
			return next
		}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			client, changed := s.client(r)
			if !changed {
				next.ServeHTTP(w, r)
				return
			}
			inner := r.WithContext(forwarded.WithPeer(r.Context(), r.RemoteAddr))
			inner.RemoteAddr = netip.AddrPortFrom(client, 0).String()
			// net/http removes the files of an upload through the request it made.
			defer func() { r.MultipartForm, r.Pattern = inner.MultipartForm, inner.Pattern }()
			next.ServeHTTP(w, inner)
		})
	}, nil
}

func (s *Settings) client(r *http.Request) (addr netip.Addr, changed bool) {
	if !s.FromTrustedProxy(r) {
		return addr, false
	}
	addr = s.ClientAddr(r)
	return addr, addr.IsValid() && addr != forwarded.Peer(r)
}
