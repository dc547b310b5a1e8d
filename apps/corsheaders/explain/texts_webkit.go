package explain

import "github.com/settled-go/settled/internal/browser"

// webkit are the texts of Safari. They have no ids of their own.
var webkit = speaker{
	browser: "Safari",
	source:  "WebKit, Source/WebCore/loader/CrossOriginAccessControl.cpp, CrossOriginPreflightResultCache.cpp and ThreadableLoader.cpp",
	says: []saying{
		{id: "origin-not-allowed", reason: browser.MissingAllowOrigin, template: "Origin {origin} is not allowed by Access-Control-Allow-Origin."},
		{id: "wildcard-with-credentials", credentials: true, reason: browser.WildcardOriginNotAllowed,
			template: "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."},
		{id: "several-origins", reason: browser.MultipleAllowOriginValues, template: "Access-Control-Allow-Origin cannot contain more than one origin."},
		{id: "credentials-not-allowed", credentials: true, reason: browser.InvalidAllowCredentials,
			template: `Credentials flag is true, but Access-Control-Allow-Credentials is not "true".`},
		{id: "preflight-not-successful", preflight: true, reason: browser.PreflightInvalidStatus, template: "Preflight response is not successful"},
		{id: "method-not-allowed", preflight: true, reason: browser.MethodDisallowed, template: "Method {method} is not allowed by Access-Control-Allow-Methods."},
		{id: "header-not-allowed", preflight: true, reason: browser.HeaderDisallowed,
			template: "Request header field {header} is not allowed by Access-Control-Allow-Headers."},
		{id: "methods-invalid", preflight: true, reason: browser.InvalidAllowMethods, template: "Header Access-Control-Allow-Methods has an invalid value: {value}"},
		{id: "headers-invalid", preflight: true, reason: browser.InvalidAllowHeaders, template: "Header Access-Control-Allow-Headers has an invalid value: {value}"},
		{id: "redirect-with-password", reason: browser.RedirectContainsCredentials, template: "redirection URL {value} has credentials"},
		{id: "redirect-scheme", means: "the answer redirects to an address that is not of http or https",
			template: "not allowed to follow a cross-origin CORS redirection with non CORS scheme", do: "take the redirect out of the server"},
		{id: "resource-policy", means: "the answer has a Cross-Origin-Resource-Policy header that keeps other sites away. CORS does not overrule it",
			template: "because it violates the resource's Cross-Origin-Resource-Policy response header.",
			do:       "find what sets Cross-Origin-Resource-Policy, here or in front of the site, and let it say cross-origin"},
		{id: "insecure-content", reason: browser.MixedContent, template: "insecure content from {url}"},
		// Safari says this below each of the others, and alone when there was no
		// answer. Who pastes it alone may have left out the others.
		{id: "access-control-checks", reason: untold, template: "cannot load {url} due to access control checks"},
	},
}
