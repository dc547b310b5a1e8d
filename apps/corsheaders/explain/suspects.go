package explain

import (
	"strings"

	"github.com/settled-go/settled/internal/browser"
)

// untold is the reason when a text says that the answer was kept from the page,
// and not why.
const untold browser.Reason = "untold"

// meanings are what the browser did, by the reason.
var meanings = map[browser.Reason]string{
	browser.MissingAllowOrigin:          "the answer did not say that this page may read it",
	browser.WildcardOriginNotAllowed:    "the answer lets any page read it, by *, and that is never enough for a request with credentials",
	browser.MultipleAllowOriginValues:   "the answer has Access-Control-Allow-Origin several times. Settled sends it once",
	browser.InvalidAllowOriginValue:     "the answer names something that is no origin. Settled sends the page's own origin, or *",
	browser.AllowOriginMismatch:         "the answer lets a page of another origin read it. Settled sends the page's own origin, or *",
	browser.InvalidAllowCredentials:     "the script sends credentials, and the answer does not allow them",
	browser.PreflightInvalidStatus:      "the browser asked first, and got an answer that is no success. Settled answers every preflight with 200",
	browser.PreflightDisallowedRedirect: "the browser asked first, and was redirected, which a preflight may not be. Settled redirects none",
	browser.InvalidAllowMethods:         "the list of methods in the answer is not readable",
	browser.InvalidAllowHeaders:         "the list of headers in the answer is not readable",
	browser.MethodDisallowed:            "the browser asked first, and the answer does not allow the method",
	browser.HeaderDisallowed:            "the browser asked first, and the answer does not allow a header that the script sets. * stands for no Authorization, and for nothing with credentials",
	browser.RedirectContainsCredentials: "the answer redirects to an address with a user and a password in it",
	browser.MixedContent:                "a page of https:// called http://. The browser stopped it before CORS was looked at",
	browser.NoAnswer:                    "there was no answer at all, so that CORS has nothing to do with it",
	untold:                              "the browser kept the answer from the page. Why is in the line above this one in the console; where there is none, there was no answer at all",
}

const (
	oldServer   = "a server with other settings runs: start it again"
	otherServer = "the answer came from elsewhere: another port, another host, a development server in between"
	inFront     = "something in front of the site, such as a proxy or a CDN, "
)

// suspects are what can be the cause when the settings are not.
var suspects = map[browser.Reason][]string{
	browser.MissingAllowOrigin: {oldServer, otherServer,
		inFront + "takes the header out, or answers itself: an error page, a login, a limit on size or rate",
		"a cache gives out an answer that was made for a request without Origin"},
	browser.WildcardOriginNotAllowed:  {oldServer, otherServer, inFront + "writes Access-Control-Allow-Origin: * itself: let it leave CORS to the site"},
	browser.MultipleAllowOriginValues: {inFront + "adds the header a second time (add_header in nginx, Header add in Apache): let it leave CORS to the site"},
	browser.InvalidAllowOriginValue:   {inFront + "writes the header itself: let it leave CORS to the site", otherServer},
	browser.AllowOriginMismatch: {inFront + "writes one fixed origin: let it leave CORS to the site",
		"a cache gives the answer for one page to another, since Vary: origin is taken out on the way", otherServer},
	browser.InvalidAllowCredentials: {oldServer, otherServer, inFront + "takes the header out"},
	browser.PreflightInvalidStatus: {inFront + "answers OPTIONS itself: it asks for a login (401, 403), does not know the method (404, 405), or can't reach the site (502, 503, 504)",
		otherServer},
	browser.PreflightDisallowedRedirect: {inFront + "redirects: from http:// to https://, to a login, or to the same path with a slash. Call the address that it leads to", otherServer},
	browser.InvalidAllowMethods:         {inFront + "writes the header itself: let it leave CORS to the site", otherServer},
	browser.InvalidAllowHeaders:         {inFront + "writes the header itself: let it leave CORS to the site", otherServer},
	browser.MethodDisallowed:            {oldServer, otherServer, inFront + "answers OPTIONS itself, with a list of its own", "the browser kept the answer to an earlier preflight: CORS_PREFLIGHT_MAX_AGE says for how long"},
	browser.HeaderDisallowed:            {oldServer, otherServer, inFront + "answers OPTIONS itself, with a list of its own", "the browser kept the answer to an earlier preflight: CORS_PREFLIGHT_MAX_AGE says for how long"},
	browser.RedirectContainsCredentials: {"the view, or something in front of the site, redirects there: take user and password out of the address"},
	browser.MixedContent:                {"the script calls http://: call https://, and serve the site there"},
	browser.NoAnswer: {"the server does not run, or at another port or host", "the name leads nowhere", "the certificate is not trusted: open the address in a tab of its own",
		"an extension of the browser, such as an ad blocker, stopped it", "the server, or something in front of it, broke the connection off: see its log"},
	untold: {"a line above this one says more: paste it with this one", oldServer, otherServer, "the server does not run, or at another port or host"},
}

// statusMeans says where an answer with such a status comes from.
func statusMeans(status string) string {
	switch {
	case status == "(null)":
		return "there was no answer"
	case status == "401" || status == "403":
		return "something asks for a login before CORS is looked at"
	case status == "404" || status == "405":
		return "something that does not know the path or the method answers"
	case status == "413" || status == "429":
		return "a limit on size or rate is enforced before CORS is looked at"
	case strings.HasPrefix(status, "3"):
		return "something redirects before CORS is looked at"
	case strings.HasPrefix(status, "5"):
		return "a proxy that can't reach the site answers so, or the site failed; this site's own errors have the CORS headers"
	}
	return "see the log of the server"
}
