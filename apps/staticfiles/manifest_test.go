package staticfiles_test

import (
	"testing"

	"github.com/settled-go/settled/apps/staticfiles"
)

// The manifest is what Python writes, with json.dumps, of the same names: its hash is that of
// Django 4.2 and later.
func TestManifest(t *testing.T) {
	for _, tt := range []struct {
		paths map[string]string
		want  string
	}{
		{map[string]string{"css/base.css": "css/base.587d2dfc1e67.css", "dl/a.txt": "dl/a.60b725f10c9c.txt", "img/x.svg": "img/x.9402adc03d0b.svg"},
			`{"paths": {"css/base.css": "css/base.587d2dfc1e67.css", "dl/a.txt": "dl/a.60b725f10c9c.txt", "img/x.svg": "img/x.9402adc03d0b.svg"}, "version": "1.1", "hash": "088431d52fcb"}`},
		{map[string]string{"ünï/ß \"q\"\t😀.txt": "x", `b\c`: "\x7f"}, `{"paths": {"b\\c": "\u007f", "\u00fcn\u00ef/\u00df \"q\"\t\ud83d\ude00.txt": "x"}, "version": "1.1", "hash": "270b7b508a29"}`},
	} {
		if got := staticfiles.Manifest(tt.paths); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}
