package staticfiles

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strconv"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/mediatypes"
	"github.com/settled-go/settled/middleware"
)

// Routes serve the files while developing, as Django's runserver does; but through the
// middleware, so that files have the headers that they will have in production.
func (a *App) Routes() []settled.Route {
	prefix := a.settings.prefix()
	if prefix == "" {
		return nil
	}
	route := settled.Path("GET "+prefix, a.serve, "").Marked(middleware.NoAppendSlash)
	route.Develop = true
	return []settled.Route{route}
}

// serve answers with the first file that a finder has. What collectstatic would leave
// out is not found here either.
func (a *App) serve(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, a.settings.prefix())
	f, info, err := a.OpenStatic(name)
	switch {
	case err == nil:
	case name == "" || strings.HasSuffix(name, "/"):
		settled.NotFound(w, r, "Directory indexes are not allowed here.")
		return
	default:
		settled.NotFound(w, r, fmt.Sprintf("'%s' could not be found", name))
		return
	}
	defer f.Close()
	content, tag, err := seekable(f, info)
	if err != nil {
		settled.NotFound(w, r, fmt.Sprintf("'%s' could not be read", name))
		return
	}
	h := w.Header()
	h.Set("Content-Type", mediatypes.Of(name))
	h.Set("Cache-Control", "no-cache")
	h.Set("Etag", tag)
	http.ServeContent(w, r, name, info.ModTime(), content)
}

// ignoredInside says whether a name has a part that collectstatic leaves out.
func ignoredInside(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if privately(part) {
			return true
		}
	}
	return false
}

var privately = ignorer(defaultIgnore)

// seekable is a file's content, and a tag that is another when the content is. A file
// that an app embeds has no time, so its content is the tag.
func seekable(f fs.File, info fs.FileInfo) (content io.ReadSeeker, tag string, err error) {
	content, ok := f.(io.ReadSeeker)
	if ok && !info.ModTime().IsZero() {
		return content, `"` + strconv.FormatInt(info.ModTime().UnixNano(), 16) + "-" + strconv.FormatInt(info.Size(), 16) + `"`, nil
	}
	data, err := io.ReadAll(f)
	sum := sha256.Sum256(data)
	return bytes.NewReader(data), `"` + hex.EncodeToString(sum[:8]) + `"`, err
}
