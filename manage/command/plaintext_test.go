package command_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/manage/command"
)

func TestPlainText(t *testing.T) {
	for name, tt := range map[string]struct{ markdown, want string }{
		"a paragraph is wrapped": {"Some `code` and\n**bold** words that are many.", "Some code and bold\nwords that are many.\n"},
		"links":                  {"See [the\nRFC](https://rfc.example).", "See the RFC\n(https://rfc.example).\n"},
		"fenced code stays":      {"Text:\n\n```toml\nA = [\"a long line that stays as it is\"]\n\n## no heading\n```\n\nMore.", "Text:\n\n    A = [\"a long line that stays as it is\"]\n\n    ## no heading\n\nMore.\n"},
		"indented code stays":    {"Text:\n\n    A = 1  # a comment that is long\n\nMore.", "Text:\n\n    A = 1  # a comment that is long\n\nMore.\n"},
		"lists hang":             {"- one two three four five\n  six\n- seven\n1. eight", "- one two three\n  four five six\n- seven\n1. eight\n"},
		"headings":               {"### Heading\n\nText.", "Heading\n\nText.\n"},
		"tables":                 {"Text:\n\n| a | `b` |\n|---|---|\n| long cell | x |\n\nMore.", "Text:\n\n    a          b\n    long cell  x\n\nMore.\n"},
		"windows":                {"a\r\nb\r\n", "a b\n"},
	} {
		if diff := cmp.Diff(tt.want, command.PlainText(tt.markdown, 20)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
