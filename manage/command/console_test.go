package command_test

import (
	"bytes"
	"errors"
	"log/slog"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/settled-go/settled/manage/command"
)

func TestConsole(t *testing.T) {
	const at = "[22/Nov/2026 11:51:27] "
	for _, tt := range []struct {
		name  string
		level slog.Level
		msg   string
		attrs []any
		color bool
		want  string
	}{
		{name: "plain", msg: "ready", want: at + "INFO ready\n"},
		{name: "below info", level: slog.LevelDebug, msg: "detail", want: ""},
		{name: "warning", level: slog.LevelWarn, msg: "careful", want: at + "WARNING careful\n"},
		{name: "error", level: slog.LevelError, msg: "no", want: at + "ERROR no\n"},
		{name: "between", level: slog.LevelWarn + 1, msg: "careful", want: at + "WARNING careful\n"},
		{name: "values", msg: "m", attrs: []any{"n", 3, "ok", true, "word", "abc", "two", "a b", "empty", "", "eq", "a=b", "quote", `a"b`},
			want: at + `INFO m n=3 ok=true word=abc two="a b" empty="" eq="a=b" quote="a\"b"` + "\n"},
		{name: "error value", msg: "m", attrs: []any{"err", errors.New("no disk")}, want: at + `INFO m err="no disk"` + "\n"},
		{name: "time", msg: "m", attrs: []any{"at", time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)}, want: at + "INFO m at=2026-01-02T03:04:05Z\n"},
		{name: "group", msg: "m", attrs: []any{slog.Group("g", "a", 1, slog.Group("h", "b", 2)), slog.Group("", "c", 3)},
			want: at + "INFO m g.a=1 g.h.b=2 c=3\n"},
		{name: "empty attribute", msg: "m", attrs: []any{slog.Attr{}}, want: at + "INFO m\n"},
		{name: "forged line", msg: "a\n[22/Nov/2026 11:51:28] INFO forged\r", want: at + `INFO a\n[22/Nov/2026 11:51:28] INFO forged\r` + "\n"},
		{name: "forged value", msg: "m", attrs: []any{"p", "x\nINFO y", "k\ney", "v"}, want: at + `INFO m p="x\nINFO y" k\ney=v` + "\n"},
		{name: "terminal sequences", msg: "a\x1b[2Jb\x9bc\u202ed", want: at + `INFO a\x1b[2Jb\x9bc\u202ed` + "\n"},
		{name: "text beyond ASCII", msg: "Zürich 東京", want: at + "INFO Zürich 東京\n"},
		{name: "stack", level: slog.LevelError, msg: "panic", attrs: []any{"stack", "goroutine 1:\nmain.f()\n\t/a/b.go:3\x1b[0m\n", "id", 7},
			want: at + "ERROR panic id=7\n\tgoroutine 1:\n\tmain.f()\n\t\t/a/b.go:3\\x1b[0m\n"},
		{name: "colour", level: slog.LevelError, msg: "no", color: true, attrs: []any{"stack", "s"}, want: "\x1b[31;1m" + at + "ERROR no\x1b[0m\n\ts\n"},
		{name: "no colour for info", msg: "ready", color: true, want: at + "INFO ready\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			h := command.NewConsole(&b, tt.color, slog.LevelInfo)
			r := slog.NewRecord(time.Date(2026, 11, 22, 11, 51, 27, 0, time.Local), tt.level, tt.msg, 0)
			r.Add(tt.attrs...)
			if h.Enabled(t.Context(), tt.level) {
				if err := h.Handle(t.Context(), r); err != nil {
					t.Fatal(err)
				}
			}
			if b.String() != tt.want {
				t.Errorf("got  %q\nwant %q", b.String(), tt.want)
			}
		})
	}
}

// What a logger carries comes before what a line adds, and loggers made from
// one another share nothing else.
func TestConsoleWith(t *testing.T) {
	var b bytes.Buffer
	base := slog.New(command.NewConsole(&b, false, slog.LevelInfo)).With("app", "blog")
	one := base.WithGroup("one").With("a", 1)
	two := base.With("b", 2)
	one.Info("first", "c", 3)
	two.Info("second")
	base.WithGroup("").Info("third")
	want := "INFO first app=blog one.a=1 one.c=3\nINFO second app=blog b=2\nINFO third app=blog\n"
	if got := regexp.MustCompile(`(?m)^\[.*?\] `).ReplaceAllString(b.String(), ""); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// Lines of several goroutines don't mix: each is one Write, one at a time.
func TestConsoleConcurrent(t *testing.T) {
	var b bytes.Buffer // fails under the race detector without a lock
	log := slog.New(command.NewConsole(&b, false, slog.LevelInfo))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				log.With("k", "v").Info("m", "stack", "a\nb")
			}
		})
	}
	wg.Wait()
	lines := regexp.MustCompile(`(?m)^\[[^]]+\] INFO m k=v\n\ta\n\tb\n`)
	if n := len(lines.FindAllString(b.String(), -1)); n != 400 {
		t.Errorf("%d whole records, want 400", n)
	}
}
