package command_test

import (
	"strings"
	"testing"

	"github.com/settled-go/settled/manage/command"
)

// DJANGO_COLORS is read as Django reads it: see django/utils/termcolors.py.
func TestPalette(t *testing.T) {
	for setting, want := range map[string]string{
		"":                                 "ERROR=31;1 NOTICE=31 HTTP_NOT_FOUND=33",
		"dark":                             "ERROR=31;1 NOTICE=31 HTTP_NOT_FOUND=33",
		"light":                            "ERROR=31;1 NOTICE=31 HTTP_NOT_FOUND=31",
		"LIGHT":                            "ERROR=31;1 NOTICE=31 HTTP_NOT_FOUND=31",
		"nocolor":                          "none",
		"nonsense":                         "none",
		"error=yellow,bold;notice=magenta": "ERROR=33;1 NOTICE=35 HTTP_NOT_FOUND=",
		"error=yellow/blue,blink":          "ERROR=33;44;5 NOTICE= HTTP_NOT_FOUND=",
		"error=white/black":                "ERROR=37;40 NOTICE= HTTP_NOT_FOUND=",
		"light;notice=cyan,underscore":     "ERROR=31;1 NOTICE=36;4 HTTP_NOT_FOUND=31",
		"notice=cyan;light":                "ERROR=31;1 NOTICE=31 HTTP_NOT_FOUND=31",
		"dark;error=":                      "ERROR=31;1 NOTICE=31 HTTP_NOT_FOUND=33",
		"dark;error=pink,loud":             "ERROR=31;1 NOTICE=31 HTTP_NOT_FOUND=33",
		"error=,bold":                      "ERROR=1 NOTICE= HTTP_NOT_FOUND=",
		"none=red":                         "none",
		"error=red=blue":                   "none",
	} {
		p := command.ParsePalette(setting)
		got := "none"
		if p != nil {
			got = strings.Join([]string{"ERROR=" + p["ERROR"], "NOTICE=" + p["NOTICE"], "HTTP_NOT_FOUND=" + p["HTTP_NOT_FOUND"]}, " ")
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", setting, got, want)
		}
	}
}

// A line of the request log has the colour of its status's role.
func TestPaintStatus(t *testing.T) {
	for status, want := range map[int]string{
		101: "\x1b[1m", 200: "", 301: "\x1b[32m", 304: "\x1b[36m", 404: "\x1b[33m", 403: "\x1b[31;1m", 500: "\x1b[35;1m",
	} {
		t.Setenv("DJANGO_COLORS", "")
		if on, _ := command.PaintStatus(status); on != want {
			t.Errorf("%d: got %q, want %q", status, on, want)
		}
		t.Setenv("DJANGO_COLORS", "http_success=blue")
		want = map[bool]string{true: "\x1b[34m"}[status == 200]
		if on, off := command.PaintStatus(status); on != want || (off != "") != (on != "") {
			t.Errorf("%d: got %q and %q, want %q", status, on, off, want)
		}
	}
}
