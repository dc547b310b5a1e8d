package browser

// A Reason is why a browser blocks a request. The names are those of Chromium's
// CorsError (services/network/public/mojom/cors.mojom), which DevTools shows,
// where it has one.
type Reason string

// The reasons that Do can give.
const (
	BadRequest                Reason = "BadRequest" // fetch itself throws: no request is made
	NoAnswer                  Reason = "NoAnswer"
	MixedContent              Reason = "MixedContent"
	CorsDisabledScheme        Reason = "CorsDisabledScheme"
	MissingAllowOrigin        Reason = "MissingAllowOriginHeader"
	WildcardOriginNotAllowed  Reason = "WildcardOriginNotAllowed"
	MultipleAllowOriginValues Reason = "MultipleAllowOriginValues"
	InvalidAllowOriginValue   Reason = "InvalidAllowOriginValue"
	AllowOriginMismatch       Reason = "AllowOriginMismatch"
	InvalidAllowCredentials   Reason = "InvalidAllowCredentials"

	PreflightInvalidStatus      Reason = "PreflightInvalidStatus"
	PreflightDisallowedRedirect Reason = "PreflightDisallowedRedirect"
	InvalidAllowMethods         Reason = "InvalidAllowMethodsPreflightResponse"
	InvalidAllowHeaders         Reason = "InvalidAllowHeadersPreflightResponse"
	MethodDisallowed            Reason = "MethodDisallowedByPreflightResponse"
	HeaderDisallowed            Reason = "HeaderDisallowedByPreflightResponse"
	RedirectContainsCredentials Reason = "RedirectContainsCredentials"
	TooManyRedirects            Reason = "TooManyRedirects"
)

const preflight Reason = "Preflight"

// Plain is the reason without saying whether the preflight or the request
// itself is meant.
func (r Reason) Plain() Reason {
	switch r {
	case PreflightInvalidStatus, PreflightDisallowedRedirect:
		return r
	}
	if len(r) > len(preflight) && r[:len(preflight)] == preflight {
		return r[len(preflight):]
	}
	return r
}
