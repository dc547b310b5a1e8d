package command

import "net/http"

// The colours of Django's dark palette, as SGR codes; plain is none.
const (
	plain   = ""
	bold    = "1"
	red     = "31;1"
	green   = "32;1"
	yellow  = "33;1"
	magenta = "35;1"
)

func paint(color bool, code, text string) string {
	on, off := sgr(code)
	if !color {
		return text
	}
	return on + text + off
}

func sgr(code string) (on, off string) {
	if code == plain {
		return "", ""
	}
	return "\x1b[" + code + "m", "\x1b[0m"
}

// paintStatus colours a line of the request log by its status.
func paintStatus(status int) (on, off string) {
	switch {
	case status >= 500:
		return sgr(magenta)
	case status == http.StatusNotFound:
		return sgr("33")
	case status >= 400:
		return sgr(red)
	case status == http.StatusNotModified:
		return sgr("36")
	case status >= 300:
		return sgr("32")
	case status >= 200:
		return sgr(plain)
	}
	return sgr(bold)
}
