package browser

// A Request is what a script of a page asks for, with fetch or XMLHttpRequest.
type Request struct {
	// Origin is that of the page, as a browser serialises it: scheme://host,
	// with the port unless it is the scheme's own, or null.
	Origin string
	// URL is absolute.
	URL string
	// Method is as the script writes it. Empty is GET.
	Method  string
	Headers []Header
	// Credentials is true for the credentials mode "include": withCredentials
	// of XMLHttpRequest. Otherwise it is "same-origin", the default of fetch.
	Credentials bool
	// Preflight asks for a preflight in any case, as a listener for the
	// progress of an upload does.
	Preflight bool
}

// A Header is one line of a request's header.
type Header struct{ Name, Value string }
