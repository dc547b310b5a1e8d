package accept_test

import (
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/accept"
)

var codings = []string{"zstd", "gzip", "br"}

func TestEncoding(t *testing.T) {
	for _, tt := range []struct{ header, want string }{
		{"", ""},
		{"gzip", "gzip"},
		{"GZip", "gzip"},
		{"x-gzip", "gzip"},
		{"deflate", ""},
		{"gzip, deflate, br, zstd", "zstd"}, // a browser
		{"gzip, deflate, br", "gzip"},
		{"br", "br"},
		{"gzip;q=0.8, br", "br"},
		{"gzip ; Q=0.8 ,\tbr; q=0.801", "br"},
		{"zstd;q=0.1,gzip;q=0.2,br;q=0.15", "gzip"},
		{"gzip;q=0", ""},
		{"gzip;q=0.0, br;q=0.000", ""},
		{"gzip;q=0.001", "gzip"},
		{"*", "gzip"},
		{"*;q=0", ""},
		{"*, gzip;q=0", ""},
		{"br;q=0.5, *", "gzip"},
		{"identity", ""},
		{"identity, *;q=0", ""},
		{"identity;q=1, gzip;q=0.5", ""},
		{"identity;q=0.5, gzip;q=0.5", "gzip"},
		{"identity;q=0.5, gzip;q=0.6", "gzip"},
		{"identity;q=0", ""},
		{"gzip;q=nonsense", ""},
		{"gzip;q=2", ""},
		{"gzip;q=-1", ""},
		{"gzip;q=", ""},
		{"gzip;level=9", "gzip"},
		{"notgzip, gzipped", ""},
		{", ,gzip,,", "gzip"},
		{"gzip;q=0, gzip", "gzip"}, // the last one counts
	} {
		if got := accept.Encoding([]string{tt.header}, codings); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.header, got, tt.want)
		}
	}
	if got := accept.Encoding([]string{"identity;q=0.9", "br"}, codings); got != "br" {
		t.Errorf("two lines: got %q", got)
	}
	if got := accept.Encoding([]string{"*"}, []string{"zstd"}); got != "" {
		t.Errorf("*, without gzip: got %q", got)
	}
	if got := accept.Encoding(nil, codings); got != "" {
		t.Errorf("no header: got %q", got)
	}
}

func TestEncodingAllocatesNothing(t *testing.T) {
	lines := []string{"gzip;q=0.8, deflate, br;q=0.5, zstd;q=0.7, *;q=0.1"}
	if n := testing.AllocsPerRun(100, func() { accept.Encoding(lines, codings) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Whatever a client sends: what is chosen is on offer, and in the header.
func FuzzEncoding(f *testing.F) {
	for _, seed := range []string{"gzip, deflate, br, zstd", "gzip;q=0", "*;q=0.5, identity;q=0.6", "br;q=1.000;x,,;q=", "x-gzip; q = 0.3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		got := accept.Encoding([]string{header}, codings)
		switch {
		case got == "":
		case got != "zstd" && got != "gzip" && got != "br":
			t.Errorf("%q: %q is not on offer", header, got)
		case !strings.Contains(strings.ToLower(header), got) && !(got == "gzip" && strings.Contains(header, "*")):
			t.Errorf("%q: nobody asked for %q", header, got)
		}
		if again := accept.Encoding([]string{header + ", gzip;q=0, br;q=0, zstd;q=0"}, codings); again != "" {
			t.Errorf("%q: %q was refused", header, again)
		}
	})
}

func TestQuality(t *testing.T) {
	lines := []string{"br;q=0.5, X-GZIP", "zstd;q=2, zstd;q=0, *"}
	for coding, want := range map[string]int{"br": 500, "gzip": 1000, "zstd": 0, "identity": -1} {
		q, named := accept.Quality(lines, coding)
		if !named {
			q = -1
		}
		if q != want {
			t.Errorf("%s: got %d, want %d", coding, q, want)
		}
	}
}
