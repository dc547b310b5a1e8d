package gzip

import (
	"bytes"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	kgzip "github.com/klauspost/compress/gzip"
)

// Pack compresses data as far as it goes, for files that are compressed in advance. coding
// is "gzip" or "br". The same data always gives the same bytes.
func Pack(coding string, data []byte) ([]byte, error) {
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		var err error
		if w, err = kgzip.NewWriterLevel(&b, kgzip.BestCompression); err != nil {
			return nil, err
		}
	case "br":
		w = brotli.NewWriterLevel(&b, brotli.BestCompression)
	default:
		return nil, fmt.Errorf("no coding is called %q", coding)
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}
