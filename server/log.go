package server

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A logger writes lines that begin with the time, each in one Write.
type logger struct {
	mu     sync.Mutex
	line   []byte // the one being made
	second int64  // what stamp shows, in Unix time
	stamp  []byte
}

// begin starts a line; the caller holds mu.
func (l *logger) begin() {
	now := time.Now()
	if second := now.Unix(); second != l.second {
		l.second = second
		l.stamp = now.AppendFormat(l.stamp[:0], "[02/Jan/2006 15:04:05] ")
	}
	l.line = append(l.line[:0], l.stamp...)
}

// end writes the line; the caller holds mu. There is no one to tell of a log
// that can't be written.
func (l *logger) end(w io.Writer) {
	l.line = append(l.line, '\n')
	_, _ = w.Write(l.line)
}

func (s *Server) logRequest(e *exchange) {
	if s.RequestLog == nil {
		return
	}
	status, size := e.outcome()
	if s.Unlogged != nil && s.Unlogged(e.request, status) {
		return
	}
	var on, off string
	if s.Paint != nil {
		on, off = s.Paint(status)
	}
	l := &s.log
	l.mu.Lock()
	defer l.mu.Unlock()
	l.begin()
	l.line = append(l.line, on...)
	l.line = append(l.line, '"')
	l.line = appendEscaped(l.line, e.method)
	l.line = append(l.line, ' ')
	l.line = appendEscaped(l.line, e.target)
	l.line = append(l.line, ' ')
	l.line = appendEscaped(l.line, e.proto)
	l.line = append(l.line, `" `...)
	l.line = strconv.AppendInt(l.line, int64(status), 10)
	l.line = append(l.line, ' ')
	if size < 0 {
		l.line = append(l.line, '-')
	} else {
		l.line = strconv.AppendInt(l.line, size, 10)
	}
	l.line = append(l.line, off...)
	l.end(s.RequestLog)
}

// outcome is the status and the size of the body that was sent, -1 when it is
// not known.
func (e *exchange) outcome() (status int, size int64) {
	status = e.rec.Status()
	switch {
	case status == 0 && e.rec.Committed(), status == http.StatusSwitchingProtocols:
		return http.StatusSwitchingProtocols, -1 // hijacked
	case status == 0 && !e.returned:
		return http.StatusInternalServerError, -1
	case status == 0:
		return http.StatusOK, 0
	case e.method == http.MethodHead:
		return status, 0
	}
	return status, e.rec.Bytes()
}

const hexDigits = "0123456789abcdef"

// appendEscaped leaves nothing that could end the line, close the quotes or
// reach a terminal as a control sequence. It works on bytes, because what a
// client sends need not be UTF-8.
func appendEscaped(line []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c > '~' || c == '"' || c == '\\':
			line = append(line, '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
		default:
			line = append(line, c)
		}
	}
	return line
}

// failures is the writer of http.Server.ErrorLog: one Write, one failure.
type failures struct{ server *Server }

func (f failures) Write(p []byte) (int, error) {
	text := strings.TrimPrefix(string(bytes.TrimSpace(p)), "http: ")
	// A client that only connected gets no handshake from a draining server.
	if f.server.draining.Load() && strings.HasPrefix(text, "TLS handshake error") {
		return len(p), nil
	}
	f.server.report(text)
	return len(p), nil
}

// report writes a line to ErrorLog. Only the stack of a panic has lines of its
// own.
func (s *Server) report(text string) {
	if s.ErrorLog == nil {
		return
	}
	const goroutine = "\ngoroutine "
	stack := ""
	if i := strings.LastIndex(text, goroutine); i >= 0 {
		text, stack = text[:i], text[i:]
	}
	l := &s.log
	l.mu.Lock()
	defer l.mu.Unlock()
	l.begin()
	l.line = appendPrintable(l.line, text)
	l.line = append(l.line, stack...)
	l.end(s.ErrorLog)
}

// appendPrintable is for text that is no part of a request line: it keeps
// quotes, and what is printable beyond ASCII.
func appendPrintable(line []byte, s string) []byte {
	for _, r := range s {
		if strconv.IsPrint(r) {
			line = append(line, string(r)...)
			continue
		}
		quoted := strconv.QuoteRuneToASCII(r)
		line = append(line, quoted[1:len(quoted)-1]...)
	}
	return line
}
