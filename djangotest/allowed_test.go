package djangotest

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync/atomic"
)

// An allowance is a difference that there may be, with its reason. One that does not
// occur any more fails the test.
type allowance struct {
	why  string
	fits func(exchange, difference) bool
	used atomic.Int64
}

var allowed = []*allowance{
	{why: "net/http says the length of a small body by itself; a WSGI server does, too, but here it is not asked",
		fits: func(_ exchange, d difference) bool { return d.what == "Content-Length" && d.django == "" }},
	{why: "Settled looks at the host of each request, Django when somebody asks for it",
		fits: func(e exchange, _ difference) bool {
			return e.hasBadHost() && e.settled.status == http.StatusBadRequest && e.django.status != http.StatusBadRequest && !slices.Contains(e.site.middleware, common)
		}},
	{why: "net/http's ServeMux sends whoever asks for a path with //, . or .. in it to the clean one; in Django it is not found",
		fits: func(e exchange, _ difference) bool {
			return isUnclean(e.request.path()) && e.django.status == http.StatusNotFound &&
				(e.settled.status == http.StatusTemporaryRedirect || e.settled.status == http.StatusForbidden && e.mayBeForged())
		}},
	{why: "an escaped slash separates no segments in net/http's ServeMux, and does in Django, which unescapes first",
		fits: func(e exchange, _ difference) bool {
			return strings.Contains(e.request.target, "%2F") && e.settled.status == http.StatusNotFound
		}},
	{why: "the pages that explain while DEBUG is on are Settled's own, with headers of their own",
		fits: func(e exchange, d difference) bool {
			return e.site.settings["DEBUG"] == true && d.what != "status" && e.settled.status >= 400 && e.settled.status == e.django.status
		}},
	{why: "Django 6.0: APPEND_SLASH can't redirect a DELETE either, which it says while DEBUG is on",
		fits: func(e exchange, _ difference) bool {
			return e.site.settings["DEBUG"] == true && e.request.method == "DELETE" && e.django.status == http.StatusMovedPermanently && e.settled.status == http.StatusInternalServerError
		}},
	{why: "Django 4.0 and later: of several schemes that proxies name, the first counts",
		fits: func(e exchange, _ difference) bool {
			return e.request.get("X-Forwarded-Proto") == "https, http" && e.site.settings["SECURE_PROXY_SSL_HEADER"] != nil
		}},
	{why: "a redirect keeps the path as it was asked for; Django unescapes and escapes it, and so means the same",
		fits: func(_ exchange, d difference) bool { return d.what == "Location" && sameURL(d.django, d.settled) }},
	{why: "a redirect leads to the clean path at once, which ServeMux would send to next",
		fits: func(e exchange, d difference) bool {
			return d.what == "Location" && isUnclean(e.request.path()) && isUnclean(pathOf(d.django)) && !isUnclean(pathOf(d.settled))
		}},
	{why: "there is no www in front of an address; Django 3.2 fails over it",
		fits: func(e exchange, _ difference) bool {
			return strings.HasPrefix(e.request.get("Host"), "[::1]") && e.site.settings["PREPEND_WWW"] == true && e.django.status == http.StatusInternalServerError
		}},
	{why: "without the CSRF middleware there is no token; Django makes one that nobody looks at",
		fits: func(e exchange, d difference) bool {
			return e.request.path() == "/form/" && !slices.Contains(e.site.middleware, csrf) && (d.what == "body" || d.what == "Content-Length")
		}},
	{why: "a page with a token is another one each time",
		fits: func(e exchange, d difference) bool { return e.request.path() == "/form/" && d.what == "Etag" }},
	{why: "django-cors-headers 4: Vary names the header in lower case",
		fits: func(_ exchange, d difference) bool {
			return d.what == "Vary" && strings.HasSuffix(d.django, "Origin") && d.settled == strings.TrimSuffix(d.django, "Origin")+"origin"
		}},
	{why: "Django 4.0 and later: SecurityMiddleware sets Cross-Origin-Opener-Policy",
		fits: func(e exchange, d difference) bool {
			return d.what == "Cross-Origin-Opener-Policy" && d.django == "" && slices.Contains(e.site.middleware, security)
		}},
	{why: "django-cors-headers 4.3: credentials are allowed to origins that are allowed, and to no other",
		fits: func(e exchange, d difference) bool {
			return d.what == "Access-Control-Allow-Credentials" && d.settled == "" && e.django.header.Get("Access-Control-Allow-Origin") == ""
		}},
	{why: "django-cors-headers 4: browsers may always send these, so a preflight need not allow them",
		fits: func(_ exchange, d difference) bool {
			return d.what == "Access-Control-Allow-Headers" && strings.NewReplacer("accept-encoding, ", "", "dnt, ", "", "origin, ", "").Replace(d.django) == d.settled
		}},
	{why: "a preflight has no body, and so no type of one",
		fits: func(e exchange, d difference) bool {
			return d.what == "Content-Type" && d.settled == "" && e.request.get("Access-Control-Request-Method") != "" && e.settled.body == ""
		}},
	{why: "RFC 9110, section 13.1.2: If-None-Match compares weakly, and * stands for what there is; WhiteNoise compares text",
		fits: func(e exchange, _ difference) bool {
			return e.isFile() && e.request.get("If-None-Match") != "" && e.settled.status == http.StatusNotModified && e.django.status == http.StatusOK
		}},
	{why: "RFC 9110, section 14.2: a range that makes no sense is as none",
		fits: func(e exchange, _ difference) bool {
			return e.isFile() && e.request.get("Range") == "bytes=4-2" && e.settled.status == http.StatusOK && e.django.status == http.StatusRequestedRangeNotSatisfiable
		}},
	{why: "RFC 9110, section 8.8.3: a compressed file has a tag of its own",
		fits: func(e exchange, d difference) bool {
			return e.isFile() && d.what == "Etag" && strings.TrimSuffix(d.settled, `-gzip"`)+`"` == d.django
		}},
	{why: "where the CORS middleware stands, it decides who may read a file; WhiteNoise lets everyone",
		fits: func(e exchange, d difference) bool {
			return e.isFile() && d.what == "Access-Control-Allow-Origin" && d.django == "*" && slices.Contains(e.site.middleware, cors)
		}},
	{why: "RFC 9110, section 8.6: a 204 has no Content-Length",
		fits: func(e exchange, d difference) bool {
			return d.what == "Content-Length" && d.django == "0" && d.settled == "" && e.settled.status == http.StatusNoContent
		}},
	{why: "while DEBUG is on, Settled's welcome page is at the root, where the project has no route",
		fits: func(e exchange, _ difference) bool {
			return e.site.settings["DEBUG"] == true && e.request.path() == "/" && e.django.status == http.StatusNotFound
		}},
	{why: "the page about a refused request is Settled's own; the reason is in the log",
		fits: func(e exchange, d difference) bool {
			return slices.Contains([]string{"body", "Content-Length", "Content-Encoding"}, d.what) && e.settled.status == http.StatusForbidden && e.django.status == http.StatusForbidden && e.mayBeForged()
		}},
	{why: "Django 4.0 and later: the Origin of a request is looked at",
		fits: func(e exchange, _ difference) bool {
			return e.request.get("Origin") != "" && e.settled.status == http.StatusForbidden && e.django.status == http.StatusOK && e.mayBeForged()
		}},
	{why: "Django 4.1 and later: a CSRF cookie that makes no sense is replaced at once, and a page's token is of its own",
		fits: func(e exchange, d difference) bool {
			return slices.Contains(e.site.middleware, csrf) && hasBadCookie(e.request.get("Cookie")) && (d.what == "Set-Cookie" || d.what == "Vary" || d.what == "body")
		}},
}

// isFile says whether the request is for a static file.
func (e exchange) isFile() bool {
	return strings.HasPrefix(e.request.target, "/static/") && slices.Contains(e.site.middleware, whitenoise)
}

// mayBeForged says whether the CSRF middleware looks at the request.
func (e exchange) mayBeForged() bool {
	return slices.Contains(e.site.middleware, csrf) && !slices.Contains([]string{"GET", "HEAD", "OPTIONS", "TRACE"}, e.request.method)
}

func hasBadCookie(cookie string) bool {
	return cookie == "csrftoken=short" || strings.HasPrefix(cookie, "csrftoken=--")
}

func pathOf(location string) string {
	if u, err := url.Parse(location); err == nil {
		return u.Path
	}
	return location
}

// sameURL says whether two URLs differ only in what is escaped.
func sameURL(a, b string) bool {
	x, errX := url.PathUnescape(a)
	y, errY := url.PathUnescape(b)
	return errX == nil && errY == nil && a != "" && x == y
}

// permit says whether a difference is allowed, and notes that it occurred.
func permit(e exchange, d difference) bool {
	for _, a := range allowed {
		if a.fits(e, d) {
			a.used.Add(1)
			return true
		}
	}
	return false
}

// hasBadHost says whether the request is for no host of base.
func (e exchange) hasBadHost() bool {
	return slices.Contains([]string{"evil.com", "bad_host", "example.com:x", "[::1", "exampleXorg"}, e.request.get("Host"))
}

func isUnclean(target string) bool {
	clean := path.Clean(target)
	return target != clean && target != clean+"/"
}
