package explain

import "github.com/settled-go/settled/internal/browser"

// lookalikes stand in the console where CORS errors do, or are all that a script
// gets to see of one.
var lookalikes = speaker{
	browser: "The browser",
	source:  "Chromium, net/base/net_error_list.h and mixed_content_checker.cc; Firefox, security.properties; the messages of fetch's TypeError",
	says: []saying{
		{id: "mixed-content", reason: browser.MixedContent, template: "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure {kind} '{url}'"},
		{id: "mixed-content", reason: browser.MixedContent, template: `Blocked loading mixed active content "{url}"`},
		{id: "content-security-policy", template: "violates the following Content Security Policy directive", means: csp, do: cspDo},
		{id: "content-security-policy", template: "Content-Security-Policy: The page's settings blocked", means: csp, do: cspDo},
		{id: "blocked-by-client", template: "net::ERR_BLOCKED_BY_CLIENT", means: "an extension of the browser, such as an ad blocker, stopped the request. The site was not asked",
			do: "try a private window without extensions; a path with words such as ads, track or analytics provokes them"},
		{id: "blocked-by-local-network-access", template: "net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", means: "a page called into a more private network without the user's permission. No header of this site can replace it",
			do: "allow local network access in the site settings, to the left of the address"},
		{id: "blocked-by-private-network-access", template: "net::ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS", means: "a page called into a more private network (Chrome up to 141). No header of this site can replace it", do: updateChrome},
		{id: "blocked-by-orb", template: "net::ERR_BLOCKED_BY_ORB", means: "an element such as <img> or <script> without crossorigin asked for what is no image and no script. CORS was not asked for",
			do: "add crossorigin to the element, or use fetch"},
		{id: "blocked-by-response", template: "net::ERR_BLOCKED_BY_RESPONSE", means: "the answer's Cross-Origin-Resource-Policy, or the page's Cross-Origin-Embedder-Policy, keeps it away. CORS does not overrule them",
			do: "find what sets these headers, here or in front of the site"},
		{id: "connection-refused", reason: browser.NoAnswer, template: "net::ERR_CONNECTION_REFUSED"},
		{id: "connection-lost", reason: browser.NoAnswer, template: "net::ERR_CONNECTION_{kind}"},
		{id: "empty-answer", reason: browser.NoAnswer, template: "net::ERR_EMPTY_RESPONSE"},
		{id: "timed-out", reason: browser.NoAnswer, template: "net::ERR_TIMED_OUT"},
		{id: "name-not-resolved", reason: browser.NoAnswer, template: "net::ERR_NAME_NOT_RESOLVED"},
		{id: "certificate", reason: browser.NoAnswer, template: "net::ERR_CERT_{kind}"},
		{id: "tls", reason: browser.NoAnswer, template: "net::ERR_SSL_{kind}"},
		{id: "offline", reason: browser.NoAnswer, template: "net::ERR_INTERNET_DISCONNECTED"},
		{id: "failed", template: "net::ERR_FAILED", means: seeConsole, do: seeConsoleDo},
		{id: "failed-to-fetch", template: "Failed to fetch", means: seeConsole, do: seeConsoleDo},
		{id: "network-error", template: "NetworkError when attempting to fetch resource", means: seeConsole, do: seeConsoleDo},
		{id: "load-failed", template: "TypeError: Load failed", means: seeConsole, do: seeConsoleDo},
		{id: "axios-network-error", template: "AxiosError: Network Error", means: seeConsole, do: seeConsoleDo},
	},
}

const (
	csp          = "the page's own Content-Security-Policy forbids the request. The site was not asked, and CORS has nothing to do with it"
	cspDo        = "add the origin of this site to connect-src in the Content-Security-Policy of the page"
	seeConsole   = "this is all that a script gets to know. The console has a further line that says why"
	seeConsoleDo = "paste that line: it names the address and begins with \"Access to\", \"Cross-Origin Request Blocked\" or \"Origin\""
)
