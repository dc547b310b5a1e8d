package staticfiles

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/settled-go/settled"
)

// URL is the URL of a static file: Django's template tag static. With a storage that
// hashes names it is the hashed one, of the manifest that collectstatic wrote before
// the site started; while DEBUG is on, the plain one. A name that the manifest
// does not have is an error, unless manifest_strict is false: the file was not
// there when collectstatic ran. name may have a query and a fragment.
//
// r is a request of a site that has the app installed. URL is safe for concurrent use.
func URL(r *http.Request, name string) (string, error) {
	a, ok := settled.AppOf[*App](r)
	if !ok {
		return "", errors.New("staticfiles.URL needs a request of a site with " + Name + " in INSTALLED_APPS")
	}
	return a.URL(name)
}

// URL is like the function of that name.
func (a *App) URL(name string) (string, error) {
	if a.manifest == nil {
		return joinURL(a.settings.base(), quotePath(name)), nil
	}
	name, rest := cutQuery(name)
	if !a.debug {
		var err error
		if name, err = a.storedName(name); err != nil {
			return "", err
		}
	}
	return joinURL(a.settings.base(), quotePath(name)) + rest, nil
}

// cutQuery takes the query and the fragment off a name.
func cutQuery(name string) (clean, rest string) {
	if i := strings.IndexAny(name, "?#"); i >= 0 {
		return name[:i], name[i:]
	}
	return name, ""
}

// storedName is the name with the hash.
func (a *App) storedName(name string) (string, error) {
	clean := strings.TrimSpace(name)
	if clean == "" || strings.HasSuffix(clean, "/") { // a folder has no hash
		return name, nil
	}
	if hashed, ok := a.manifest.paths[clean]; ok {
		return hashed, nil
	}
	if a.settings.strict() {
		return "", fmt.Errorf("missing staticfiles manifest entry for '%s': run collectstatic, then restart or reload the site", clean)
	}
	return clean, nil
}

// joinURL puts a name behind STATIC_URL; it never leads out of it.
func joinURL(base, name string) string { return base + strings.TrimLeft(name, "/") }

// quotePath escapes what can't stand in the path of a URL, as Django's
// filepath_to_uri does.
func quotePath(name string) string {
	const plain = "-_.~/()*!'"
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte(plain, c) >= 0 {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}
