package settings_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// parse is a file without an environment; t fails when it is not TOML.
func parse(t testing.TB, text string, env ...string) *settings.File {
	t.Helper()
	f, err := settings.Parse("test.toml", []byte(text), settings.Options{Env: env})
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	return f
}

// failure is the messages of an error; t fails when it holds none.
func failure(t testing.TB, err error) checks.Messages {
	t.Helper()
	var f *checks.Failure
	if !errors.As(err, &f) {
		t.Fatalf("got error %v, want a *checks.Failure", err)
	}
	return f.Messages
}

// report is messages as lines: place, level, class, text, id, hint, excerpt.
func report(ms checks.Messages) string {
	var b strings.Builder
	for _, m := range ms {
		b.WriteString(m.String() + "\n")
		for _, r := range m.Related {
			b.WriteString("  note: " + r.At.String() + ": " + r.Text + "\n")
		}
		if m.Hint != "" {
			b.WriteString("  hint: " + m.Hint + "\n")
		}
	}
	return b.String()
}

// hinted fails for messages that leave the reader alone.
func hinted(t testing.TB, ms checks.Messages) {
	t.Helper()
	for _, m := range ms {
		if m.Hint == "" {
			t.Errorf("no hint: %s", m)
		}
	}
}

// underlined is the part of the excerpt that a message marks.
func underlined(t testing.TB, r checks.Range) string {
	t.Helper()
	source := []rune(r.Source)
	if r.Mark[0] < 0 || r.Mark[1] < r.Mark[0] || r.Mark[1] > len(source) {
		t.Fatalf("mark %v is not in %q", r.Mark, r.Source)
	}
	return string(source[r.Mark[0]:r.Mark[1]])
}

// written is the part of the text that a range covers.
func written(text string, r checks.Range) string {
	text = strings.TrimPrefix(text, "\ufeff")
	return text[offset(text, r.Start):offset(text, r.End)]
}

// offset is a place in bytes; columns count characters.
func offset(text string, p checks.Pos) int {
	at := 0
	for range p.Line - 1 {
		at += strings.IndexByte(text[at:], '\n') + 1
	}
	for range p.Column - 1 {
		at++
		for at < len(text) && text[at]&0xC0 == 0x80 {
			at++
		}
	}
	return at
}

// ids are the ids of messages, in order.
func ids(ms checks.Messages) []string {
	var all []string
	for _, m := range ms {
		all = append(all, m.ID)
	}
	return all
}

func sameIDs(t testing.TB, ms checks.Messages, want ...string) {
	t.Helper()
	if got := ids(ms); !slices.Equal(got, want) {
		t.Errorf("got ids %q, want %q:\n%s", got, want, report(ms))
	}
}
