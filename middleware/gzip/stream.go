package gzip

import "io"

// A stream compresses a body as it comes.
type stream struct {
	coding  *coding
	encoder encoder
	to      io.Writer
}

// Write is for wrapped.Body.
func (s *stream) Write(p []byte) (int, error) { return s.encoder.Write(p) }

// Flush is for wrapped.Body.
func (s *stream) Flush() error { return s.encoder.Flush() }

// Close is for wrapped.Body.
func (s *stream) Close() error {
	err := s.encoder.Close()
	s.coding.put(s.encoder)
	return err
}

// Abort is for wrapped.Body.
func (s *stream) Abort() { s.coding.put(s.encoder) }

// output is where an encoder writes: to what s.to is at the time.
type output struct{ s *stream }

func (o output) Write(p []byte) (int, error) { return o.s.to.Write(p) }
