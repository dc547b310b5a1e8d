package command

import (
	"context"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/internal/requestid"
)

// logTime is how Django's server dates its log lines.
const logTime = "[02/Jan/2006 15:04:05]"

// console is a slog.Handler that writes lines for people:
//
//	[22/Nov/2026 11:51:27] WARNING Invalid HTTP_HOST header: "evil.example" method=GET
//
// What is not printable is escaped, so that a request can't forge a line. An
// attribute called stack is printed below, as the lines that it consists of.
// Records below its level are left out.
type console struct {
	mu    *sync.Mutex // one line at a time
	w     io.Writer
	color bool
	least slog.Level
	attrs string // of With, ready to print
	stack string
	group string // prefix of keys
}

func newConsole(w io.Writer, color bool, least slog.Level) *console {
	return &console{mu: new(sync.Mutex), w: w, color: color, least: least}
}

func (c *console) Enabled(_ context.Context, level slog.Level) bool { return level >= c.least }

func (c *console) Handle(ctx context.Context, r slog.Record) error {
	line := *c
	if id := requestid.From(ctx); id != "" {
		line.add("", slog.String("request_id", id))
	}
	r.Attrs(func(a slog.Attr) bool {
		line.add(c.group, a)
		return true
	})
	name, color := levelStyle(r.Level)
	text := name + " " + printable.Line(r.Message) + line.attrs
	if !r.Time.IsZero() {
		text = r.Time.Format(logTime) + " " + text
	}
	text = paint(c.color, color, text) + "\n" + line.stack
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := io.WriteString(c.w, text)
	return err
}

func (c *console) WithAttrs(attrs []slog.Attr) slog.Handler {
	with := *c
	for _, a := range attrs {
		with.add(c.group, a)
	}
	return &with
}

func (c *console) WithGroup(name string) slog.Handler {
	with := *c
	if name != "" {
		with.group += name + "."
	}
	return &with
}

// add writes an attribute, or those of a group, behind the others.
func (c *console) add(group string, a slog.Attr) {
	value := a.Value.Resolve()
	switch {
	case a.Equal(slog.Attr{}):
	case value.Kind() == slog.KindGroup:
		if a.Key != "" {
			group += a.Key + "."
		}
		for _, inner := range value.Group() {
			c.add(group, inner)
		}
	case a.Key == "stack":
		c.stack += "\t" + strings.ReplaceAll(printable.Lines(strings.TrimRight(value.String(), "\n")), "\n", "\n\t") + "\n"
	default:
		c.attrs += " " + printable.Line(group+a.Key) + "=" + logValue(value)
	}
}

// logValue quotes what would not read as one word.
func logValue(v slog.Value) string {
	s := v.String()
	if v.Kind() == slog.KindTime {
		s = v.Time().Format(time.RFC3339)
	}
	if s == "" || !printable.IsPlain(s) || strings.ContainsAny(s, ` "=`) {
		return strconv.Quote(s)
	}
	return s
}

// levelStyle is a level's name and colour, both Django's.
func levelStyle(l slog.Level) (name, color string) {
	switch {
	case l >= slog.LevelError:
		return "ERROR", roleError
	case l >= slog.LevelWarn:
		return "WARNING", roleWarning
	case l < slog.LevelInfo:
		return "DEBUG", plain
	}
	return "INFO", plain
}
