package gzip

import (
	"crypto/rand"
	"encoding/binary"
	"io"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	kgzip "github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxPadding bounds the random bytes of a response: Django's max_random_bytes. They
// are against BREACH: who makes a browser send requests, and sees how long the
// compressed responses are, must not learn from it whether a guess of a secret was
// right. What is random is the length.
const maxPadding = 100

// An encoder compresses one response after the other, each with padding. It is for
// one at a time.
type encoder interface {
	io.Writer
	Reset(w io.Writer)
	Flush() error
	Close() error
}

// A coding is a content coding with the encoders that wait for work.
type coding struct {
	name  []string // as a line of Content-Encoding
	idle  sync.Pool
	fresh func() encoder
}

var codings = map[string]*coding{
	"gzip": {name: []string{"gzip"}, fresh: newGzip},
	"zstd": {name: []string{"zstd"}, fresh: newZstd},
	"br":   {name: []string{"br"}, fresh: newBrotli},
}

// get is an encoder that writes to w. It goes back to put.
func (c *coding) get(w io.Writer) encoder {
	e, ok := c.idle.Get().(encoder)
	if !ok {
		e = c.fresh()
	}
	e.Reset(w)
	return e
}

func (c *coding) put(e encoder) {
	e.Reset(io.Discard) // the response is not kept
	c.idle.Put(e)
}

// level is Django's, and that of most servers.
const level = 6

type gzipEncoder struct{ *kgzip.Writer }

func newGzip() encoder {
	w, err := kgzip.NewWriterLevel(io.Discard, level)
	if err != nil {
		panic(err) // there is such a level
	}
	return gzipEncoder{w}
}

var name = strings.Repeat("a", maxPadding)

// Reset has the padding in the name of the file, as in Django.
func (e gzipEncoder) Reset(w io.Writer) {
	e.Writer.Reset(w)
	e.Name = name[:padding()]
}

// window is how far back a match may be: no more than a response needs, and far
// less than the 8 MB that RFC 9659 allows.
const window = 256 << 10

type zstdEncoder struct {
	*zstd.Encoder
	w io.Writer
}

func newZstd() encoder {
	e, err := zstd.NewWriter(io.Discard, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true),
		zstd.WithWindowSize(window), zstd.WithZeroFrames(true))
	if err != nil {
		panic(err) // there are such options
	}
	return &zstdEncoder{Encoder: e}
}

func (e *zstdEncoder) Reset(w io.Writer) {
	e.w = w
	e.Encoder.Reset(w)
}

// Close has the padding in a frame of its own that decoders skip (RFC 8878, section
// 3.1.2). It is the last one: who stops after the first has all of the body.
func (e *zstdEncoder) Close() error {
	if err := e.Encoder.Close(); err != nil {
		return err
	}
	var frame [8 + maxPadding]byte
	n := padding()
	binary.LittleEndian.PutUint32(frame[:], 0x184D2A50)
	binary.LittleEndian.PutUint32(frame[4:], uint32(n))
	_, err := e.w.Write(frame[:8+n])
	return err
}

type brotliEncoder struct {
	*brotli.Writer
	w io.Writer
}

func newBrotli() encoder {
	return &brotliEncoder{Writer: brotli.NewWriterOptions(io.Discard, brotli.WriterOptions{Quality: 5, LGWin: 18})}
}

func (e *brotliEncoder) Reset(w io.Writer) {
	e.w = w
	e.Writer.Reset(w)
}

// Close has the padding in a meta-block of metadata (RFC 7932, section 9.2), which
// goes between the bytes that a flush ends and the empty last meta-block.
func (e *brotliEncoder) Close() error {
	if err := e.Writer.Flush(); err != nil {
		return err
	}
	// From the lowest bit: not the last, no size but metadata (2 bits), a reserved
	// one, one byte for the length (2 bits), and the length less one (8 bits).
	var block [2 + maxPadding]byte
	n := 1 + padding()
	binary.LittleEndian.PutUint16(block[:], uint16(0b01_0_11_0|(n-1)<<6))
	if _, err := e.w.Write(block[:2+n]); err != nil {
		return err
	}
	return e.Writer.Close()
}

// padding is a random length, less than maxPadding.
func padding() int {
	var random [4]byte
	rand.Read(random[:])
	return int(binary.LittleEndian.Uint32(random[:]) % maxPadding)
}
