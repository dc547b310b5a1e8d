package gzip_test

import (
	"net/http"
	"testing"
)

// Whatever a handler writes, and whenever it flushes: the client reads what was
// written.
func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte("\x05hello\x00"), uint8(0))
	f.Add([]byte(text), uint8(1))
	f.Add([]byte{200, 1, 2, 3, 0, 0, 255}, uint8(2))
	encodings := []string{"gzip", "zstd", "br", "", "gzip, zstd, br"}
	f.Fuzz(func(t *testing.T, plan []byte, which uint8) {
		var written []byte
		h := wrap(t, func(w http.ResponseWriter, _ *http.Request) {
			for len(plan) > 0 { // a byte is a flush, or how often the next ones are written
				n := int(plan[0])
				plan = plan[1:]
				if n == 0 {
					w.(http.Flusher).Flush()
					continue
				}
				part := plan[:min(n%32, len(plan))]
				plan = plan[len(part):]
				for range n {
					written = append(written, part...)
					w.Write(part)
				}
			}
		})
		w := get(h, encodings[int(which)%len(encodings)])
		if got := decode(t, w.Header().Get("Content-Encoding"), w.Body.Bytes()); got != string(written) {
			t.Errorf("got %d bytes of %d", len(got), len(written))
		}
	})
}
