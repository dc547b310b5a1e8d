package middleware

import (
	"errors"
	"io"
	"net/http"
)

// firstBytes is as much as net/http looks at to guess a content type.
const firstBytes = 512

// CopyBody is what the ReadFrom of a ResponseWriter's wrapper does: it copies src
// to below, the writer that is wrapped, so that net/http can use sendfile.
//
// Unless the response has begun, the first bytes go through the wrapper's Write.
// So the response does not begin before src has given some: src may fail, and
// the handler answer with an error, or it may set headers. first and rest are
// how many bytes took either way.
func CopyBody(wrapper, below http.ResponseWriter, begun bool, src io.Reader) (first, rest int64, err error) {
	if !begun {
		first, err = io.CopyN(writerOnly{wrapper}, src, firstBytes)
		if err != nil {
			return first, 0, ignoreEOF(err)
		}
	}
	rest, err = io.Copy(below, src)
	return first, rest, err
}

// writerOnly hides ReadFrom from io.Copy.
type writerOnly struct{ io.Writer }

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
