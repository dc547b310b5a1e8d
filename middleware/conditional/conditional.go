// Package conditional answers requests for what a client has already, as Django's
// ConditionalGetMiddleware does.
package conditional

import (
	"crypto/fips140"
	"crypto/md5"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"github.com/settled-go/settled/internal/wrapped"
	"github.com/settled-go/settled/middleware"
)

// Traits: it stands further out than what changes bodies, and further in than what
// compresses them.
var Traits = middleware.Traits{Is: middleware.Conditional}

// MaxBody is the length, in bytes, of the largest body that gets an ETag: so much is
// held back for each response until its handler has returned.
const MaxBody = 1 << 20

// New makes the middleware. For GET it
//
//   - sets an ETag, the MD5 sum of the body, unless the handler has set one, the body
//     is empty or longer than MaxBody, the response is flushed on its way, or says
//     Cache-Control: no-store;
//   - answers 304, or 412, where the ETag or Last-Modified of a successful response
//     and the request's If-Match, If-Unmodified-Since, If-None-Match and
//     If-Modified-Since say so, in the order of RFC 9110, section 13.2.2.
//
// A 304 has only those headers of the handler's that keep a cache right, and its
// cookies; a 412 has none. Headers of layers further out are on both.
func New(Settings) (middleware.Func, error) {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet {
				next.ServeHTTP(w, r)
				return
			}
			wrapped.Hold(next, w, r, newKeeper(w, r))
		})
	}, nil
}

// A keeper gives responses ETags.
type keeper struct{}

// newKeeper is one for all requests without conditions.
func newKeeper(w http.ResponseWriter, r *http.Request) wrapped.Keeper {
	for _, name := range [...]string{"If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since"} {
		if len(r.Header[name]) > 0 {
			return newJudge(w.Header())
		}
	}
	return keeper{}
}

// Hold is for wrapped.Keeper.
func (keeper) Hold(h http.Header, _ *http.Request, status int) int {
	if !needsETag(h, status) {
		return -1
	}
	if lines := h["Content-Length"]; len(lines) == 1 {
		if n, err := strconv.ParseInt(lines[0], 10, 64); err == nil && n > MaxBody {
			return -1
		}
	}
	return MaxBody
}

// needsETag says whether the body is to get an ETag. The sum of a part would be
// none of the whole: there Django is wrong.
func needsETag(h http.Header, status int) bool {
	if len(h["Etag"]) > 0 || status == http.StatusPartialContent || len(h["Content-Range"]) > 0 {
		return false
	}
	for _, line := range h["Cache-Control"] {
		for more := true; more; {
			var directive string
			directive, line, more = strings.Cut(line, ",")
			if strings.EqualFold(strings.Trim(directive, " \t"), "no-store") {
				return false
			}
		}
	}
	return true
}

// Send is for wrapped.Keeper.
func (keeper) Send(w http.ResponseWriter, r *http.Request, b wrapped.Beginning) wrapped.Body {
	h := w.Header()
	setETag(h, b)
	b.SetLength(h, r)
	w.WriteHeader(b.Status)
	if len(b.Bytes) > 0 {
		w.Write(b.Bytes)
	}
	return nil
}

func setETag(h http.Header, b wrapped.Beginning) {
	if !b.Whole || len(b.Bytes) == 0 || !needsETag(h, b.Status) {
		return
	}
	var tag [2 + 2*md5.Size]byte
	tag[0], tag[len(tag)-1] = '"', '"'
	sum := sumOf(b.Bytes)
	hex.Encode(tag[1:], sum[:])
	h["Etag"] = []string{string(tag[:])}
}

// sumOf keeps nothing secret, so FIPS 140 does not forbid it.
func sumOf(body []byte) (sum [md5.Size]byte) {
	if !fips140.Enforced() {
		return md5.Sum(body)
	}
	fips140.WithoutEnforcement(func() { sum = md5.Sum(body) })
	return sum
}
