package printable_test

import (
	"testing"

	"github.com/settled-go/settled/internal/printable"
)

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"":               "",
		"plain ~":        "plain ~",
		"a\nb\x00":       `a\nb\x00`,
		"\xff\x1b[31m":   `\xff\x1b[31m`,
		"é\u200b東":       `é\u200b東`,
		`back\slash "q"`: `back\slash "q"`,
	} {
		if got := printable.Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
	if n := testing.AllocsPerRun(100, func() { printable.Line("an ordinary line") }); n != 0 {
		t.Errorf("%v allocations for an ordinary line", n)
	}
}
