package settled

import (
	"net/http"

	"github.com/settled-go/settled/internal/pages"
)

// NotFound answers 404 for a handler that has nothing at this path, as Django's
// Http404 does. why is for developers: it is shown while DEBUG is on, in a page
// that explains; otherwise the page is short, and Django's. Like the other answers
// here it looks at the Accept header, logs a warning, and leaves the headers that say
// something about the exchange. Call it instead of writing anything; outside of a
// site the short page comes.
func NotFound(w http.ResponseWriter, r *http.Request, why string) {
	refusal{pages.ShortNotFound, "Page not found (404)", "Not Found", why, caller(1)}.answer(w, r)
}

// PermissionDenied answers 403 for who must not do this, as Django's exception of
// that name does. See NotFound.
func PermissionDenied(w http.ResponseWriter, r *http.Request, why string) {
	refusal{pages.ShortForbidden, "Permission denied (403)", "Forbidden (Permission denied)", why, caller(1)}.answer(w, r)
}

// BadRequest answers 400 to a request that makes no sense, as Django's exception of
// that name does. See NotFound.
func BadRequest(w http.ResponseWriter, r *http.Request, why string) {
	log := why
	if why == "" {
		log = "Bad Request"
	}
	refusal{pages.ShortBadRequest, "Bad request (400)", log, why, caller(1)}.answer(w, r)
}

// CSRFFailed answers 403 to a request that a page of another origin may have forged,
// as Django's middleware does. An empty why is worked out from the request's headers,
// so that it serves http.CrossOriginProtection:
//
//	var protection http.CrossOriginProtection
//	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
//		settled.CSRFFailed(w, r, "")
//	}))
//
// See NotFound.
func CSRFFailed(w http.ResponseWriter, r *http.Request, why string) {
	if why == "" {
		why = whyForged(r)
	}
	refusal{pages.ShortCSRFFailed, "Forbidden (403)", "Forbidden (" + why + ")", why, caller(1)}.answerForged(w, r)
}
