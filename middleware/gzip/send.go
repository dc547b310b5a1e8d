package gzip

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/settled-go/settled/internal/wrapped"
)

// describe is what compression changes in the headers.
func (c *coding) describe(h http.Header) {
	h["Content-Encoding"] = c.name
	delete(h, "Content-Length")
	delete(h, "Accept-Ranges")
	if tags := h["Etag"]; len(tags) > 0 && strings.HasPrefix(tags[0], `"`) {
		h["Etag"] = []string{"W/" + tags[0]}
	}
}

// sendWhole compresses a whole body, and sends it as it was unless it has got
// smaller.
func (c *coding) sendWhole(w http.ResponseWriter, b wrapped.Beginning) {
	out := outputs.Get().(*bytes.Buffer)
	defer giveBack(out)
	e := c.get(out)
	_, err := e.Write(b.Bytes)
	if err == nil {
		err = e.Close()
	}
	c.put(e)
	if err != nil || out.Len() >= len(b.Bytes) {
		plain(w, b)
		return
	}
	h := w.Header()
	c.describe(h)
	h["Content-Length"] = []string{strconv.Itoa(out.Len())}
	w.WriteHeader(b.Status)
	w.Write(out.Bytes())
}

// sendPart begins a body of unknown length. If the first part does not get smaller,
// the rest is not compressed either.
func (c *coding) sendPart(w http.ResponseWriter, b wrapped.Beginning) wrapped.Body {
	out := outputs.Get().(*bytes.Buffer)
	defer giveBack(out)
	s := &stream{coding: c, to: out}
	s.encoder = c.get(output{s})
	first := b.Bytes[:min(len(b.Bytes), maxHeld)]
	if len(first) > 0 {
		_, err := s.encoder.Write(first)
		if err == nil {
			err = s.encoder.Flush()
		}
		if err != nil || len(first) >= minBody && out.Len() >= len(first) {
			s.Abort()
			return plain(w, b)
		}
	}
	c.describe(w.Header())
	w.WriteHeader(b.Status)
	if out.Len() > 0 {
		w.Write(out.Bytes())
	}
	s.to = w
	if rest := b.Bytes[len(first):]; len(rest) > 0 {
		s.encoder.Write(rest)
	}
	return s
}

// maxKept is the largest output that is kept for another response.
const maxKept = 1 << 20

var outputs = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func giveBack(out *bytes.Buffer) {
	if out.Cap() <= maxKept {
		out.Reset()
		outputs.Put(out)
	}
}
