package whitenoise

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/settled-go/settled/internal/mediatypes"
)

// An entry is what is served at a path: a file as it is known, or a redirect to the path
// of a folder.
type entry struct {
	path      string
	redirect  string // relative; "" for a file
	immutable bool
	open      opener
	disk      string           // the file's path; "" for what the finders find
	variants  func() []variant // compressed ones, looked up anew; nil for none
	current   atomic.Pointer[file]
}

// opener opens a file with what is known of it.
type opener func() (fs.File, fs.FileInfo, error)

// A file is what was known of one when it was looked at.
type file struct {
	contentType, cacheControl string
	lastModified              string
	modified                  time.Time // in whole seconds; zero for none
	allOrigins                bool
	variants                  []variant // the smallest first; one has no encoding
}

// A variant is a file in one encoding.
type variant struct {
	encoding string // "" for the file as it is
	open     opener
	size     int64
	length   string // size
	time     time.Time
	etag     string
}

// encodings are the names of compressed variants.
var encodings = []struct{ name, suffix string }{{"gzip", ".gz"}, {"br", ".br"}, {"zstd", ".zst"}}

// isVariant says whether a file is the compressed form of another, which then is what is
// served.
func isVariant(name string, exists func(string) bool) bool {
	return slices.ContainsFunc(encodings, func(e struct{ name, suffix string }) bool {
		plain, ok := strings.CutSuffix(name, e.suffix)
		return ok && exists(plain)
	})
}

// onDisk is the entry of a file on disk.
func (n *noise) onDisk(url, name string) *entry {
	e := &entry{path: url, immutable: n.immutable(url), open: openDisk(name), disk: name}
	e.variants = func() []variant {
		var all []variant
		for _, enc := range encodings {
			open := openDisk(name + enc.suffix)
			if info, err := os.Stat(name + enc.suffix); err == nil && info.Mode().IsRegular() {
				all = append(all, variant{encoding: enc.name, open: open, size: info.Size(), time: info.ModTime()})
			}
		}
		return all
	}
	return e
}

func openDisk(name string) opener {
	return func() (fs.File, fs.FileInfo, error) {
		f, err := os.Open(name)
		if err != nil {
			return nil, nil, err
		}
		info, err := f.Stat()
		if err == nil && !info.Mode().IsRegular() {
			err = fs.ErrNotExist
		}
		if err != nil {
			f.Close()
			return nil, nil, err
		}
		return f, info, nil
	}
}

// found is the entry of a file that the finders find.
func (n *noise) found(url, name string) *entry {
	return &entry{path: url, immutable: n.immutable(url), open: func() (fs.File, fs.FileInfo, error) { return n.finder.OpenStatic(name) }}
}

// describe looks at the file and keeps what is known of it.
func (n *noise) describe(e *entry) (*file, error) {
	opened, info, err := e.open()
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	f := &file{contentType: n.contentType(e.path), cacheControl: n.maxAge, allOrigins: n.origins(e.path)}
	if e.immutable {
		f.cacheControl = forever
	}
	main := variant{open: e.open, size: info.Size(), time: info.ModTime()}
	if !main.time.IsZero() {
		f.modified = main.time.Truncate(time.Second)
		f.lastModified = f.modified.UTC().Format(http.TimeFormat)
		main.etag = etagOf(main.time, main.size, "")
	} else if main.etag, err = contentTag(opened); err != nil {
		return nil, err
	}
	f.variants = []variant{main}
	if e.variants != nil {
		for _, v := range e.variants() {
			if v.time.Before(main.time) { // made of an older file
				continue
			}
			v.etag = etagOf(main.time, main.size, "-"+v.encoding)
			f.variants = append(f.variants, v)
		}
	}
	for i := range f.variants {
		f.variants[i].length = strconv.FormatInt(f.variants[i].size, 10)
	}
	slices.SortStableFunc(f.variants, func(a, b variant) int { return int(min(max(a.size-b.size, -1), 1)) })
	e.current.Store(f)
	return f, nil
}

// etagOf is WhiteNoise's tag, with the encoding: bytes that differ have tags that differ.
func etagOf(at time.Time, size int64, encoding string) string {
	return `"` + strconv.FormatInt(at.Unix(), 16) + "-" + strconv.FormatInt(size, 16) + encoding + `"`
}

// contentTag is for files without a time.
func contentTag(r io.Reader) (string, error) {
	sum := sha256.New()
	_, err := io.Copy(sum, r)
	return `"` + hex.EncodeToString(sum.Sum(nil)[:8]) + `"`, err
}

func (n *noise) contentType(url string) string {
	t := mediatypes.Bare(url, n.types)
	if strings.HasPrefix(t, "text/") {
		t += `; charset="` + n.charset + `"`
	}
	return t
}

// scan makes the entries of all files.
func (n *noise) scan() (map[string]*entry, error) {
	files := map[string]*entry{}
	for _, r := range slices.Backward(n.roots) {
		names := map[string]bool{}
		if err := scanTree(r.dir, ".", nil, names); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for name := range names {
			if !isVariant(name, func(other string) bool { return names[other] }) {
				n.put(files, n.onDisk(r.prefix+name, filepath.Join(r.dir, filepath.FromSlash(name))))
			}
		}
	}
	if n.finder != nil {
		names, err := n.finder.StaticNames()
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			n.put(files, n.found(n.prefix+name, name))
		}
	}
	for url, e := range files {
		if e.redirect != "" {
			continue
		}
		if _, err := n.describe(e); err != nil {
			delete(files, url) // it is gone, or can't be read
		}
	}
	return files, nil
}

// put adds an entry; of an index file, that of its folder and redirects to that.
func (n *noise) put(files map[string]*entry, e *entry) {
	folder, isIndex := strings.CutSuffix(e.path, "/"+n.index)
	if n.index == "" || !isIndex {
		files[e.path] = e
		return
	}
	files[e.path] = &entry{path: e.path, redirect: "./"}
	if folder != "" {
		files[folder] = &entry{path: folder, redirect: path.Base(folder) + "/"}
	}
	files[folder+"/"] = e
	e.path = folder + "/" + n.index // whose type is the file's
}

// scanTree lists the regular files of a folder, through links: collectstatic --link makes
// them. above are the folders that dir is in, so that no circle is followed.
func scanTree(base, dir string, above []fs.FileInfo, names map[string]bool) error {
	full := filepath.Join(base, filepath.FromSlash(dir))
	info, err := os.Stat(full)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(above, func(a fs.FileInfo) bool { return os.SameFile(a, info) }) {
		return nil
	}
	entries, err := os.ReadDir(full)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		found, err := os.Stat(filepath.Join(base, filepath.FromSlash(name)))
		switch {
		case err != nil: // a link that leads nowhere
		case found.IsDir():
			if err := scanTree(base, name, append(above[:len(above):len(above)], info), names); err != nil {
				return err
			}
		case found.Mode().IsRegular():
			names[name] = true
		}
	}
	return nil
}
