package csrf

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
)

// MaxForm is how many bytes of a form are read for the token: Django's default for
// DATA_UPLOAD_MAX_MEMORY_SIZE. A form without files that is larger is refused with
// 400, as in Django. In one with files, the token has to stand within them; it does
// where it is the form's first field.
const MaxForm = 2621440

var whyTooLarge = fmt.Sprintf("The form has more than the %d bytes in which the token is looked for.", MaxForm)

// formField is the token in the form that the request's body is; empty when it has
// none or can't be read. The body can be read as before. spared says whether a form
// with files need not be read.
func formField(r *http.Request, spared func() bool) (token string, tooLarge bool) {
	if r.Body == nil || r.Body == http.NoBody {
		return "", false
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil:
		return "", false
	case kind == "application/x-www-form-urlencoded":
		return urlencodedField(r)
	case kind == "multipart/form-data" && params["boundary"] != "" && !spared():
		return multipartField(r, params["boundary"]), false
	}
	return "", false
}

func urlencodedField(r *http.Request) (token string, tooLarge bool) {
	if r.ContentLength > MaxForm {
		return "", true
	}
	read := peek(r)
	data, err := io.ReadAll(io.LimitReader(read, MaxForm+1))
	if err != nil { // the client has gone
		return "", false
	}
	if len(data) > MaxForm {
		return "", true
	}
	for pair := range strings.SplitSeq(string(data), "&") {
		key, value, _ := strings.Cut(pair, "=")
		if unescape(key) == fieldName {
			token = unescape(value) // the last one counts
		}
	}
	return token, false
}

// unescape leaves alone what it can't read, which is no token then.
func unescape(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

func multipartField(r *http.Request, boundary string) string {
	parts := multipart.NewReader(io.LimitReader(peek(r), MaxForm), boundary)
	for {
		part, err := parts.NextPart()
		if err != nil {
			return ""
		}
		if part.FormName() != fieldName || part.FileName() != "" {
			continue
		}
		token, err := io.ReadAll(io.LimitReader(part, 1024)) // which is more than a token has
		if err != nil {
			return ""
		}
		return string(token)
	}
}

// peek returns the body for reading, and puts another one in its place that begins
// with what was read of it.
func peek(r *http.Request) io.Reader {
	p := &peeked{body: r.Body}
	r.Body = p
	return io.TeeReader(p.body, &p.seen)
}

// peeked is a body of which some has been seen already. It is read by the check
// first, and by the handler then.
type peeked struct {
	seen bytes.Buffer
	body io.ReadCloser
}

func (p *peeked) Read(b []byte) (int, error) {
	if p.seen.Len() > 0 {
		return p.seen.Read(b)
	}
	return p.body.Read(b)
}

func (p *peeked) Close() error { return p.body.Close() }
