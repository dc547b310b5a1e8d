package whitenoise

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"sync"
)

// serve answers with the file; false if it is gone.
func (n *noise) serve(w http.ResponseWriter, r *http.Request, e *entry) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		w.Header().Set("Content-Length", "0")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return true
	}
	if e.redirect != "" {
		w.Header().Set("Cache-Control", n.maxAge)
		w.Header().Set("Location", (&url.URL{Path: e.redirect}).EscapedPath())
		w.WriteHeader(http.StatusFound)
		return true
	}
	a := answer{w: w, r: r, file: e.current.Load()}
	a.variant = choose(a.file.variants, r.Header["Accept-Encoding"])
	if e.immutable && a.isNotModified() { // no need to look
		a.notModified()
		return true
	}
	opened, err := n.open(e, &a)
	if err != nil {
		return false
	}
	defer opened.Close()
	if a.isNotModified() {
		a.notModified()
	} else {
		a.send(opened)
	}
	return true
}

// open opens the variant. What is known of the file is what is opened, however often the
// file is replaced.
func (n *noise) open(e *entry, a *answer) (fs.File, error) {
	for range 3 {
		if a.variant.encoding != "" && !e.immutable && isStale(e, a.file) {
			if err := n.again(e, a); err != nil {
				return nil, err
			}
		}
		opened, info, err := a.variant.open()
		if err == nil && info.Size() == a.variant.size && info.ModTime().Equal(a.variant.time) {
			return opened, nil
		}
		if err == nil {
			opened.Close()
		}
		if err := n.again(e, a); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("the file changes all the time")
}

// again looks at the file anew.
func (n *noise) again(e *entry, a *answer) (err error) {
	if a.file, err = n.describe(e); err == nil {
		a.variant = choose(a.file.variants, a.r.Header["Accept-Encoding"])
	}
	return err
}

// isStale says whether the file is another than the one that the variants are of.
func isStale(e *entry, f *file) bool {
	info, err := os.Stat(e.disk)
	if err != nil {
		return true
	}
	main := choose(f.variants, nil)
	return main.size != info.Size() || !main.time.Equal(info.ModTime())
}

// An answer is the response to one request for a file.
type answer struct {
	w       http.ResponseWriter
	r       *http.Request
	file    *file
	variant *variant
	values  []string // of headers; no two responses share them
}

// set sets a header.
func (a *answer) set(key, value string) {
	a.values = append(a.values, value)
	n := len(a.values)
	a.w.Header()[key] = a.values[n-1 : n : n]
}

func (a *answer) isNotModified() bool { return isNotModified(a.r, a.file, a.variant) }

// validators are the headers that a 304 has, too.
func (a *answer) validators() {
	a.values = make([]string, 0, 10)
	a.set("Cache-Control", a.file.cacheControl)
	a.set("Etag", a.variant.etag)
	if len(a.file.variants) > 1 {
		if vary := a.w.Header()["Vary"]; len(vary) > 0 {
			a.w.Header().Add("Vary", "Accept-Encoding")
		} else {
			a.set("Vary", "Accept-Encoding")
		}
	}
}

func (a *answer) notModified() {
	a.validators()
	a.w.WriteHeader(http.StatusNotModified)
}

// send sends the variant, or the part of it that is asked for.
func (a *answer) send(opened fs.File) {
	whole := span{0, a.variant.size}
	part, status := whole, http.StatusOK
	if header := a.r.Header.Get("Range"); header != "" && wantsRange(a.r, a.file, a.variant) {
		s, satisfiable, ok := rangeOf(header, a.variant.size)
		switch {
		case ok && !satisfiable:
			a.unsatisfiable()
			return
		case ok:
			part, status = s, http.StatusPartialContent
		}
	}
	a.validators()
	if a.file.allOrigins {
		a.set("Access-Control-Allow-Origin", "*")
	}
	a.set("Content-Type", a.file.contentType)
	if a.file.lastModified != "" {
		a.set("Last-Modified", a.file.lastModified)
	}
	if a.variant.encoding != "" {
		a.set("Content-Encoding", a.variant.encoding)
	}
	if status == http.StatusOK {
		a.set("Content-Length", a.variant.length)
	} else {
		a.set("Content-Length", strconv.FormatInt(part.length, 10))
		a.set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", part.start, part.start+part.length-1, a.variant.size))
	}
	if a.r.Method == http.MethodHead {
		a.w.WriteHeader(status)
		return
	}
	a.body(opened, part, status)
}

func (a *answer) unsatisfiable() {
	a.values = make([]string, 0, 2)
	a.set("Content-Range", "bytes */"+a.variant.length)
	a.set("Content-Length", "0")
	a.w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
}

// small is up to what size a file is read before it is sent: header and body then leave
// in one piece.
const small = 16 << 10

var buffers = sync.Pool{New: func() any { return new([small]byte) }}

// body sends a part of the file. If there is less than there should be, since the
// file was cut while it was read, the connection breaks off: the client must not take
// the rest for the whole.
func (a *answer) body(opened fs.File, part span, status int) {
	err := skip(opened, part.start)
	if err == nil && part.length <= small {
		buffer := buffers.Get().(*[small]byte)
		defer buffers.Put(buffer)
		if _, err = io.ReadFull(opened, buffer[:part.length]); err == nil {
			a.w.WriteHeader(status)
			_, _ = a.w.Write(buffer[:part.length]) // the client may have gone
			return
		}
	}
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	a.w.WriteHeader(status)
	// As far as it goes, this is sendfile.
	if n, err := io.CopyN(a.w, opened, part.length); n < part.length && errors.Is(err, io.EOF) {
		panic(http.ErrAbortHandler)
	}
}

// skip goes to a place in the file.
func skip(opened fs.File, to int64) error {
	if to == 0 {
		return nil
	}
	if s, ok := opened.(io.Seeker); ok {
		_, err := s.Seek(to, io.SeekStart)
		return err
	}
	_, err := io.CopyN(io.Discard, opened, to)
	return err
}
