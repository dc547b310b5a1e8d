package explain

import "github.com/settled-go/settled/internal/browser"

const failsCheck = "Response to preflight request doesn't pass access control check: "

// chromium are the texts of Chrome, Edge, Opera and Brave. The ids are those of
// Network.CorsError in the DevTools protocol; four of them are the names of
// older versions.
var chromium = speaker{
	browser: "Chrome",
	source:  "Chromium, third_party/blink/renderer/platform/loader/cors/cors_error_string.cc",
	says: []saying{
		{id: "PreflightWildcardOriginNotAllowed", preflight: true, credentials: true, reason: browser.WildcardOriginNotAllowed,
			template: failsCheck + "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'."},
		{id: "PreflightMissingAllowOriginHeader", preflight: true, reason: browser.MissingAllowOrigin,
			template: failsCheck + "No 'Access-Control-Allow-Origin' header is present on the requested resource."},
		{id: "PreflightMultipleAllowOriginValues", preflight: true, reason: browser.MultipleAllowOriginValues,
			template: failsCheck + "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed."},
		{id: "PreflightInvalidAllowOriginValue", preflight: true, reason: browser.InvalidAllowOriginValue,
			template: failsCheck + "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'."},
		{id: "PreflightAllowOriginMismatch", preflight: true, reason: browser.AllowOriginMismatch,
			template: failsCheck + "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin."},
		{id: "PreflightInvalidAllowCredentials", preflight: true, credentials: true, reason: browser.InvalidAllowCredentials,
			template: failsCheck + "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'."},
		{id: "PreflightInvalidStatus", preflight: true, reason: browser.PreflightInvalidStatus,
			template: "It does not have HTTP ok status."},
		{id: "PreflightDisallowedRedirect", preflight: true, reason: browser.PreflightDisallowedRedirect,
			template: "Redirect is not allowed for a preflight request."},

		{id: "WildcardOriginNotAllowed", credentials: true, reason: browser.WildcardOriginNotAllowed,
			template: "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'."},
		{id: "MissingAllowOriginHeader", reason: browser.MissingAllowOrigin,
			template: "No 'Access-Control-Allow-Origin' header is present on the requested resource."},
		{id: "MultipleAllowOriginValues", reason: browser.MultipleAllowOriginValues,
			template: "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed."},
		{id: "InvalidAllowOriginValue", reason: browser.InvalidAllowOriginValue,
			template: "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'."},
		{id: "AllowOriginMismatch", reason: browser.AllowOriginMismatch,
			template: "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin."},
		{id: "InvalidAllowCredentials", credentials: true, reason: browser.InvalidAllowCredentials,
			template: "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'."},
		{id: "InvalidAllowMethodsPreflightResponse", preflight: true, reason: browser.InvalidAllowMethods,
			template: "Cannot parse Access-Control-Allow-Methods response header field in preflight response."},
		{id: "InvalidAllowHeadersPreflightResponse", preflight: true, reason: browser.InvalidAllowHeaders,
			template: "Cannot parse Access-Control-Allow-Headers response header field in preflight response."},
		{id: "MethodDisallowedByPreflightResponse", preflight: true, reason: browser.MethodDisallowed,
			template: "Method {method} is not allowed by Access-Control-Allow-Methods in preflight response."},
		{id: "HeaderDisallowedByPreflightResponse", preflight: true, reason: browser.HeaderDisallowed,
			template: "Request header field {header} is not allowed by Access-Control-Allow-Headers in preflight response."},
		{id: "AuthorizationCoveredByWildcard", preflight: true, reason: browser.HeaderDisallowed,
			template: "{header} will not be covered by the wildcard symbol (*) in CORS 'Access-Control-Allow-Headers' handling."},
		{id: "RedirectContainsCredentials", reason: browser.RedirectContainsCredentials,
			template: "Redirect location '{value}' contains a username and password, which is disallowed for cross-origin requests."},
		{id: "CorsDisabledScheme", means: "the address is not of http or https; a page from a file often asks for another file",
			template: "Cross origin requests are only supported for protocol schemes: {value}", do: serveIt},
		{id: "DisallowedByMode", means: "the script asked for this itself, with mode: \"same-origin\"",
			template: "Cross origin requests are not allowed by request mode.", do: "take mode out of the script's fetch, or write mode: \"cors\""},
		{id: "NoCorsRedirectModeNotFollow", means: "the script set mode: \"no-cors\" and a redirect mode that does not go with it",
			template: `Request mode is "no-cors" but the redirect mode is not "follow".`, do: "take mode and redirect out of the script's fetch"},
		{id: "InvalidResponse", means: "the answer was none that a browser can use: it broke off, or a service worker made a bad one",
			template: "The response is invalid.", do: "look at the request in the browser's network tab, and at the server's log"},

		{id: "InsecureLocalNetwork", template: "The request client is not a secure context and the resource is in more-private address space '{space}'.",
			means: "a page of http:// may not call into a more private network. No header of this site can allow it",
			do:    "serve the page at https://, or open it from the same network, as http://localhost"},
		{id: "InvalidLocalNetworkAccess", template: "Request had a target IP address space of '{space}' yet the resource is in address space '{value}'.",
			means: "the script said with targetAddressSpace in which network the address is, and it is in another. No header of this site can allow it",
			do:    "correct targetAddressSpace in the script's fetch, or the address that the name leads to"},
		{id: "LocalNetworkAccessPermissionDenied", template: "Permission was denied for this request to access the '{space}' address space.",
			means: "a page of a public site called into the user's network or machine, and Chrome has no permission for that from the user. No header of this site can replace it",
			do:    "answer Chrome's question, or allow local network access in the site settings, to the left of the address; or serve page and API from the same network"},
		{id: "UnexpectedPrivateNetworkAccess", template: "Request had no target IP address space, yet the resource is in address space '{space}'.",
			means: "a page called into a more private network (Chrome up to 141). No header of this site can allow it", do: updateChrome},
		{id: "PreflightMissingAllowPrivateNetwork", template: "No 'Access-Control-Allow-Private-Network' header was present in the preflight response for this private network request targeting the '{space}' address space.",
			means: "an old Chrome asked for a header of a draft that browsers have dropped since", do: updateChrome + ", or set CORS_ALLOW_PRIVATE_NETWORK = true until then"},
		{id: "PreflightInvalidAllowPrivateNetwork", template: "The 'Access-Control-Allow-Private-Network' header in the preflight response for this private network request targeting the '{space}' address space had a value of '{value}', not 'true'.",
			means: "an old Chrome asked for a header of a draft that browsers have dropped since, and something other than these settings wrote it", do: updateChrome},
		{id: "PreflightMissingPrivateNetworkAccessId", template: "No 'Private-Network-Access-Id' header was present in the preflight response", means: "an old Chrome asked for a header of a draft that browsers have dropped since", do: updateChrome},
		{id: "PreflightMissingPrivateNetworkAccessName", template: "No 'Private-Network-Access-Name' header was present in the preflight response", means: "an old Chrome asked for a header of a draft that browsers have dropped since", do: updateChrome},
		{id: "PrivateNetworkAccessPermissionUnavailable", template: "Unable to ask for permission to access the '{space}' IP address space.",
			means: "Chrome could not ask the user whether the page may call into a more private network. No header of this site can allow it", do: updateChrome},
		{id: "PreflightMissingAllowExternal", template: "No 'Access-Control-Allow-External' header was present in the preflight response", means: "a very old Chrome asked for a header of a draft that browsers have dropped since", do: updateChrome},
		{id: "PreflightInvalidAllowExternal", template: "The 'Access-Control-Allow-External' header in the preflight response for this external request had a value of '{value}', not 'true'", means: "a very old Chrome asked for a header of a draft that browsers have dropped since", do: updateChrome},
	},
}

const (
	updateChrome = "update the browser: since Chrome 142 the user is asked instead"
	serveIt      = "serve the page with a server, such as http://localhost, and call an address of http or https"
)
