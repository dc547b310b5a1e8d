// Package whitenoise serves static files from inside the middleware chain, as WhiteNoise
// does for Django: with long caching for names that have a hash, compressed variants that
// are made in advance, ranges, and nothing but the files that were there.
//
//	mw, err := whitenoise.New(whitenoise.Settings{
//		StaticURL: "/static/", StaticRoot: "public", Charset: "utf-8",
//	})
package whitenoise

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/settled-go/settled/internal/pyre"
	"github.com/settled-go/settled/middleware"
)

// Traits: it serves files.
var Traits = middleware.Traits{Is: middleware.Static | middleware.Answers}

// New makes the middleware. It looks at the folders now, unless AutoRefresh is on; a
// file that comes later is not served. The error says which setting can't be used.
func New(s Settings) (middleware.Func, error) {
	n, err := newNoise(s)
	if err != nil {
		return nil, err
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if f := n.find(r.URL.Path); f == nil || !n.serve(w, r, f) {
				next.ServeHTTP(w, r)
			}
		})
	}, nil
}

// noise is the settings, made ready. It is safe for concurrent use.
type noise struct {
	autoRefresh bool
	finder      Finder // nil: not used
	prefix      string // of static files, "/static/"
	maxAge      string // the header's value
	charset     string
	types       map[string]string
	index       string
	immutable   func(path string) bool
	origins     func(path string) bool // whether all may read
	roots       []root                 // the first counts
	files       map[string]*entry      // by path; nil with autoRefresh
}

// A root is a folder and where its files are served.
type root struct{ dir, prefix string }

const forever = "max-age=315360000, public, immutable"

func newNoise(s Settings) (*noise, error) {
	index, ok := s.index()
	if !ok || strings.ContainsAny(index, "/\\\x00") {
		return nil, errors.New("WHITENOISE_INDEX_FILE should be true, false or the name of a file")
	}
	n := &noise{
		autoRefresh: or(s.AutoRefresh, s.Debug), charset: s.Charset, types: s.MimeTypes, index: index,
		prefix: "/" + strings.Trim(or(s.StaticPrefix, s.StaticURL), "/") + "/",
	}
	if n.prefix == "//" {
		n.prefix = "/"
	}
	if or(s.UseFinders, s.Debug) {
		n.finder = s.Finder
	}
	age := 60
	if s.Debug {
		age = 0
	}
	n.maxAge = fmt.Sprintf("max-age=%d, public", or(s.MaxAge, age))
	n.origins = func(path string) bool {
		return s.AllowAllOrigins && (s.CORSDecides == nil || !s.CORSDecides(path))
	}
	var err error
	if n.immutable, err = immutableTest(s, n.prefix); err != nil {
		return nil, err
	}
	if s.Root != "" {
		n.roots = append(n.roots, root{s.Root, "/"})
	}
	if s.StaticRoot != "" {
		n.roots = append(n.roots, root{s.StaticRoot, n.prefix})
	}
	if n.autoRefresh {
		return n, nil
	}
	n.files, err = n.scan()
	return n, err
}

// immutableTest says which paths are those of files that never change.
func immutableTest(s Settings, prefix string) (func(path string) bool, error) {
	if s.ImmutableFileTest != "" {
		p, err := pyre.CompileSearch(s.ImmutableFileTest)
		if err != nil {
			return nil, fmt.Errorf("WHITENOISE_IMMUTABLE_FILE_TEST: %w", err)
		}
		return p.Match, nil
	}
	return func(path string) bool {
		name, ok := strings.CutPrefix(path, prefix)
		return ok && s.IsHashed != nil && s.IsHashed(name)
	}, nil
}

// find is what is served at a path, nil for nothing.
func (n *noise) find(path string) *entry {
	if n.autoRefresh {
		return n.look(path)
	}
	return n.files[path]
}
