package corsheaders

import (
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// schemeCheck is about pages that are not those of websites.
func (a *App) schemeCheck() settled.Check {
	return settled.Check{
		IDs:      []string{"corsheaders.I121"},
		Settings: []string{origins, regexes, allOrigins},
		Run:      a.checkScheme,
	}
}

func (a *App) checkScheme(*settled.Project) (ms checks.Messages) {
	for l := range a.listed() {
		if l.isWeb() || l.origin == "null" {
			continue
		}
		who, hint := whoHas(l.scheme)
		ms = append(ms, checks.Infof("corsheaders.I121", "Origin %s is let in, and is no website: %s", quote(l.origin), who).
			On(l.on).WithHint("%s", hint))
	}
	for _, v := range a.verdicts() {
		if v.App == "" {
			continue
		}
		scheme, _, _ := strings.Cut(v.App, "://")
		who, hint := whoHas(scheme)
		ms = append(ms, checks.Infof("corsheaders.I121", "Origin %s is let in by regex %s, and is no website: %s", quote(v.App), quote(v.pattern), who).
			On(v.on).WithHint("%s; if only websites are meant, begin the regex with ^https://", hint))
	}
	return ms
}

// whoHas says whose pages have a scheme.
func whoHas(scheme string) (who, hint string) {
	const meant = "keep it if that is meant: whether it is your app, only a token of the user can say"
	switch scheme {
	case "capacitor", "ionic", "tauri", "app":
		return "every app made in this way has the same origin, on each device", meant
	case "chrome-extension", "moz-extension", "safari-web-extension":
		return "it is a browser extension, which its user can change", "keep it if that extension is meant"
	case "file":
		return "some apps and old browsers send it for any file that is opened", meant
	case "ws", "wss":
		return "a page that uses a web socket has the origin of its own address, so that it never matches",
			"write the origin of the page, with http or https"
	case "ftp":
		return "browsers have no pages of this scheme any more, so that it never matches", "take it out"
	}
	return "an app decides what has this origin", meant
}
