package corsheaders

import "strings"

// Why a host is no place to trust with a user's session.
const (
	anyone  = "anyone can put a page there"
	editor  = "it runs what anyone writes in an online editor"
	tunnel  = "it is a tunnel to a developer's machine, under a name that others may get later"
	preview = "it is a preview, with code that nobody has approved yet"
)

// sandboxes are hosts of pages by strangers, and with a dot before them those
// below which such hosts are. Hosts that a customer keeps, as
// example.vercel.app, example.netlify.app and example.github.io, are none.
var sandboxes = map[string]string{
	"jsfiddle.net":         editor,
	".jsfiddle.net":        editor,
	"fiddle.jshell.net":    editor,
	"codepen.io":           editor,
	".codepen.io":          editor,
	"cdpn.io":              editor,
	".cdpn.io":             editor,
	"codesandbox.io":       editor,
	".codesandbox.io":      editor,
	".csb.app":             editor,
	"stackblitz.com":       editor,
	".stackblitz.io":       editor,
	".webcontainer.io":     editor,
	".webcontainer-api.io": editor,
	"jsbin.com":            editor,
	".jsbin.com":           editor,
	"plnkr.co":             editor,
	".plnkr.co":            editor,
	"playcode.io":          editor,
	".replit.dev":          editor,
	".repl.co":             editor,
	".gitpod.io":           editor,
	".app.github.dev":      editor,

	// Buckets of all customers are paths of one origin.
	"storage.googleapis.com": anyone,
	"s3.amazonaws.com":       anyone,

	".ngrok.io":              tunnel,
	".ngrok.app":             tunnel,
	".ngrok.dev":             tunnel,
	".ngrok-free.app":        tunnel,
	".ngrok-free.dev":        tunnel,
	".loca.lt":               tunnel,
	".localtunnel.me":        tunnel,
	".trycloudflare.com":     tunnel,
	".serveo.net":            tunnel,
	".serveousercontent.com": tunnel,
	".lhr.life":              tunnel,
	".localhost.run":         tunnel,
	".pinggy.link":           tunnel,
	".devtunnels.ms":         tunnel,
}

// sandbox says why a host is no place to trust with a user's session, or "".
func sandbox(host string) string {
	if why := sandboxes[host]; why != "" {
		return why
	}
	for i := strings.IndexByte(host, '.'); i >= 0; {
		if why := sandboxes[host[i:]]; why != "" {
			return why
		}
		next := strings.IndexByte(host[i+1:], '.')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	if isPreview(host) {
		return preview
	}
	return ""
}

// isPreview knows the names that services give to the state of a branch:
// https://docs.netlify.com/deploy/deploy-overview/,
// https://vercel.com/docs/deployments/generated-urls and
// https://developers.cloudflare.com/pages/configuration/preview-deployments/.
func isPreview(host string) bool {
	if name, ok := strings.CutSuffix(host, ".netlify.app"); ok {
		return strings.Contains(name, "--")
	}
	if name, ok := strings.CutSuffix(host, ".vercel.app"); ok {
		return strings.Contains(name, "-git-")
	}
	name, ok := strings.CutSuffix(host, ".pages.dev")
	return ok && strings.Contains(name, ".")
}
