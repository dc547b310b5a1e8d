package accesslog

import (
	"context"
	"log/slog"
	"strconv"
	"time"
)

// formats write an entry.
var formats = map[string]func(*Log, *entry){
	"json":     (*Log).writeJSON,
	"common":   func(l *Log, e *entry) { l.writeApache(e, false) },
	"combined": func(l *Log, e *entry) { l.writeApache(e, true) },
	"django":   (*Log).writeDjango,
}

func (l *Log) writeJSON(e *entry) {
	status, size := e.outcome()
	attrs := make([]slog.Attr, 0, 13)
	attrs = append(attrs,
		slog.String("method", e.method), slog.String("path", e.target), slog.String("proto", e.proto),
		slog.String("host", e.request.Host), slog.Int("status", status))
	if size >= 0 {
		attrs = append(attrs, slog.Int64("bytes", size))
	}
	attrs = append(attrs, slog.Float64("duration_ms", float64(e.took.Microseconds())/1000))
	if e.client.IsValid() {
		attrs = append(attrs, slog.String("client", e.client.String()))
	}
	for _, a := range [...]slog.Attr{
		slog.String("request_id", e.id()), slog.String("referer", l.referer(e.request)), slog.String("user_agent", e.request.UserAgent()),
	} {
		if a.Value.String() != "" {
			attrs = append(attrs, a)
		}
	}
	if !e.returned {
		attrs = append(attrs, slog.Bool("aborted", true))
	}
	l.json.LogAttrs(context.Background(), slog.LevelInfo, "request", attrs...)
}

// writeApache writes Apache's formats "common" and "combined". The user is never
// known: a name is a part of credentials.
func (l *Log) writeApache(e *entry, combined bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.line[:0]
	if e.client.IsValid() {
		b = e.client.AppendTo(b)
	} else {
		b = append(b, '-')
	}
	b = append(b, " - - ["...)
	b = e.began.AppendFormat(b, "02/Jan/2006:15:04:05 -0700")
	b = append(b, "] "...)
	b = appendRequest(b, e)
	if combined {
		b = appendQuoted(append(b, ' '), l.referer(e.request))
		b = appendQuoted(append(b, ' '), e.request.UserAgent())
	}
	l.end(b)
}

// writeDjango writes a line as Django's runserver does.
func (l *Log) writeDjango(e *entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := time.Now().AppendFormat(l.line[:0], "[02/Jan/2006 15:04:05] ")
	l.end(appendRequest(b, e))
}

// end writes the line; the caller holds mu. There is no one to tell of a log that
// can't be written.
func (l *Log) end(line []byte) {
	l.line = append(line, '\n')
	_, _ = l.out.Write(l.line)
}

// appendRequest is the request line, the status and the size.
func appendRequest(b []byte, e *entry) []byte {
	status, size := e.outcome()
	b = append(b, '"')
	b = append(appendEscaped(b, e.method), ' ')
	b = append(appendEscaped(b, e.target), ' ')
	b = append(appendEscaped(b, e.proto), `" `...)
	b = append(strconv.AppendInt(b, int64(status), 10), ' ')
	if size < 0 {
		return append(b, '-')
	}
	return strconv.AppendInt(b, size, 10)
}

// appendQuoted is a header's value, "-" for none.
func appendQuoted(b []byte, s string) []byte {
	if s == "" {
		s = "-"
	}
	return append(appendEscaped(append(b, '"'), s), '"')
}

const hexDigits = "0123456789abcdef"

// appendEscaped leaves nothing that could end the line, close the quotes or reach a
// terminal as a control sequence. It works on bytes, because what a client sends need
// not be UTF-8.
func appendEscaped(b []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c > '~' || c == '"' || c == '\\':
			b = append(b, '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
		default:
			b = append(b, c)
		}
	}
	return b
}
