package accesslog

import (
	"net/http"
	"strings"

	"github.com/settled-go/settled/internal/shown"
)

// target is what is logged of the URL: never a user's name or password.
func (l *Log) target(r *http.Request) string {
	path := r.URL.EscapedPath()
	if path == "" {
		path = r.URL.Opaque // of CONNECT, or nothing
		if path == "" {
			path = "/"
		}
		path, _, _ = strings.Cut(path, "?")
	}
	if l.settings.AccessLogQuery && r.URL.RawQuery != "" {
		return path + "?" + shown.Query(r.URL.RawQuery)
	}
	return path
}

// referer is the Referer without what is secret, and without a query unless those
// are logged.
func (l *Log) referer(r *http.Request) string {
	referer := r.Header.Get("Referer")
	if referer == "" {
		return ""
	}
	if !l.settings.AccessLogQuery {
		referer, _, _ = strings.Cut(referer, "?")
	}
	referer, _, _ = strings.Cut(referer, "#")
	return shown.URL(referer)
}
