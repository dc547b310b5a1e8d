package command

import (
	"net/http"

	"github.com/settled-go/settled/checks"
)

// paint colours text for a role, or makes it bold.
func paint(color bool, role, text string) string {
	if !color {
		return text
	}
	on, off := sgr(role)
	return on + text + off
}

// sgr is what begins and ends a role's colour on a terminal.
func sgr(role string) (on, off string) {
	code := currentPalette()[role]
	if role == bold {
		code = "1"
	}
	if code == "" {
		return "", ""
	}
	return "\x1b[" + code + "m", "\x1b[0m"
}

// paintStatus colours a line of the request log by its status, as Django's
// server does.
func paintStatus(status int) (on, off string) {
	switch {
	case status >= 500:
		return sgr("HTTP_SERVER_ERROR")
	case status == http.StatusNotFound:
		return sgr("HTTP_NOT_FOUND")
	case status >= 400:
		return sgr("HTTP_BAD_REQUEST")
	case status == http.StatusNotModified:
		return sgr("HTTP_NOT_MODIFIED")
	case status >= 300:
		return sgr("HTTP_REDIRECT")
	case status >= 200:
		return sgr("HTTP_SUCCESS")
	}
	return sgr("HTTP_INFO")
}

// printer prints reports in the colours of the palette.
func (r *run) printer(color bool) checks.Printer {
	p := currentPalette()
	return checks.Printer{Color: color, Traceback: r.options.traceback, Palette: &checks.Palette{
		Error: p[roleError], Warning: p[roleWarning], Info: "1", Note: "36",
	}}
}
