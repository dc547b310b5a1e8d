package gzip_test

import (
	"bytes"
	stdgzip "compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"github.com/settled-go/settled/middleware/gzip"
)

// What is packed comes out again, is small, and is the same each time.
func TestPack(t *testing.T) {
	data := []byte(strings.Repeat("body { color: red }\n", 500))
	for coding, unpack := range map[string]func(io.Reader) (io.Reader, error){
		"gzip": func(r io.Reader) (io.Reader, error) { return stdgzip.NewReader(r) },
		"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
	} {
		packed, err := gzip.Pack(coding, data)
		if err != nil {
			t.Fatal(err)
		}
		again, err := gzip.Pack(coding, data)
		if err != nil || !bytes.Equal(packed, again) {
			t.Errorf("%s: two runs differ (%v)", coding, err)
		}
		r, err := unpack(bytes.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, data) || len(packed) > 200 {
			t.Errorf("%s: %d bytes from %d (%v)", coding, len(got), len(packed), err)
		}
	}
	if _, err := gzip.Pack("nope", nil); err == nil {
		t.Error("there is a coding nope")
	}
}
