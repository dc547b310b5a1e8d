package settled

import (
	"context"
	"net/http"
)

type siteKey struct{}

// SiteFrom returns the site that answers the request whose context ctx is, or
// one made from that. ok is false for a context that no site's handler made.
func SiteFrom(ctx context.Context) (s *Site, ok bool) {
	s, ok = ctx.Value(siteKey{}).(*Site)
	return s, ok
}

// carry makes the site known to everything inside the chain, the chain too.
func (s *Site) carry(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner := r.WithContext(context.WithValue(r.Context(), siteKey{}, s))
		// net/http removes the files of an upload through the request it made.
		defer func() { r.MultipartForm, r.Pattern = inner.MultipartForm, inner.Pattern }()
		next.ServeHTTP(w, inner)
	})
}
