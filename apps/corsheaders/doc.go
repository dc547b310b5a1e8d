// Package corsheaders decides which websites may read the answers of this one:
// the counterpart of django-cors-headers 4.9, header for header.
//
// As an app it is listed in INSTALLED_APPS, and its middleware comes first in
// MIDDLEWARE. New makes the middleware alone, for any http.Handler.
//
// # What is sent
//
// A preflight request, which is every OPTIONS with an
// Access-Control-Request-Method, is answered here: 200, without a body. All
// other requests reach the handler. On the paths of CORS_URLS_REGEX each
// response has Vary: origin, and if the request's origin is let in, the headers
// that the settings say. The handler can't change that: what it sets of
// Access-Control-* itself is taken out, and what it sets of Vary is kept and
// merged. That holds for errors, redirects and panics, for informational
// responses and for each way to begin a response, but not for what a handler
// writes to a hijacked connection, to what Unwrap returns, or into trailers.
//
// # Who is let in
//
// An Origin header is looked at only if it is one line in the form in which
// browsers send it: null, file://, or scheme://host with an optional port. Then
// it has to be in CORS_ALLOWED_ORIGINS byte for byte, or match one of
// CORS_ALLOWED_ORIGIN_REGEXES from its start, or a Gate has to let it in.
//
// Two things are always refused: all origins with credentials, and a setting
// that would be read in another way than Django reads it.
package corsheaders
