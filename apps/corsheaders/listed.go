package corsheaders

import (
	"iter"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
)

// A listed is an entry of CORS_ALLOWED_ORIGINS that lets someone in.
type listed struct {
	origin             string
	scheme, host, port string // port is empty for the scheme's own
	on                 checks.Path
}

// listed are the entries that let someone in: none when all origins are let in
// anyway, and not those that no browser sends, which have messages of their
// own.
func (a *App) listed() iter.Seq[listed] {
	return func(yield func(listed) bool) {
		if a.settings.AllowAllOrigins {
			return
		}
		for i, origin := range a.settings.AllowedOrigins {
			if l, ok := listedOf(origin); ok {
				l.on = checks.Path(origins).Index(i)
				if !yield(l) {
					return
				}
			}
		}
	}
}

func listedOf(origin string) (listed, bool) {
	if origin == "null" {
		return listed{origin: origin}, true
	}
	if origin == "file://" {
		return listed{origin: origin, scheme: "file"}, true
	}
	if !browser.IsPlainOrigin(origin) && !isSent(origin) {
		return listed{}, false
	}
	a := browser.Split(origin)
	l := listed{origin: origin, scheme: a.Scheme(), host: a.Host()}
	if a.Port() != "" {
		l.port = a.Port()[1:]
	}
	return l, true
}

// isSent says whether a browser sends the origin as it is.
func isSent(origin string) bool {
	return isSerialised(origin) && findInOrigin(origin, "", &mender{}) == nil
}

// isWeb says whether the pages of the origin are those of a website.
func (l listed) isWeb() bool { return browser.DefaultPort(l.scheme) != "" }

// with is the same scheme and port at another host.
func (l listed) with(host string) string {
	origin := l.scheme + "://" + host
	if l.port != "" {
		origin += ":" + l.port
	}
	return origin
}
