// Package requestid is where the id of a request is kept, for the middleware that
// gives it and for all that logs.
package requestid

import (
	"context"
	"net/http"

	"github.com/settled-go/settled/middleware"
)

type key struct{}

// With keeps the id for the request that it returns. In a site that is r itself.
func With(r *http.Request, id *string) *http.Request { return middleware.Note(r, key{}, id) }

// From is the id of the request whose context it is, "" for none.
func From(ctx context.Context) string {
	if id, ok := ctx.Value(key{}).(*string); ok {
		return *id
	}
	return ""
}
