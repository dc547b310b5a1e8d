package settings_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

type origins struct {
	Origins []string `toml:"CORS_ALLOWED_ORIGINS"`
}

func originsFile(n int, between string) []byte {
	var b strings.Builder
	b.WriteString("DEBUG = false\nCORS_ALLOWED_ORIGINS = [" + between)
	for i := range n {
		fmt.Fprintf(&b, "%q,%s", fmt.Sprintf("https://shop-%06d.example.com", i), between)
	}
	b.WriteString("]\n")
	return []byte(b.String())
}

// The time for an origin should not grow with their number.
func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{10, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			data := originsFile(n, "\n  ")
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				f, err := settings.Parse("test.toml", data, settings.Options{})
				if err != nil {
					b.Fatal(err)
				}
				var dst origins
				if ms := f.Decode("app", &dst); len(ms) > 0 || len(dst.Origins) != n {
					b.Fatal(report(ms))
				}
			}
		})
	}
}

func BenchmarkPlace(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		for name, between := range map[string]string{"lines": "\n  ", "one line": " "} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				f, err := settings.Parse("test.toml", originsFile(n, between), settings.Options{})
				if err != nil {
					b.Fatal(err)
				}
				ms := make(checks.Messages, n)
				for i := range ms {
					ms[i] = checks.Errorf("app.E001", "x").On("CORS_ALLOWED_ORIGINS", i)
				}
				b.ReportAllocs()
				for b.Loop() {
					f.Place(ms)
				}
			})
		}
	}
}

// TestManyOrigins is a settings file as large as one gets.
func TestManyOrigins(t *testing.T) {
	const n = 100_000
	data := originsFile(n, "\n")
	data = append(data, []byte("FOO = 1\n")...)
	f, err := settings.Parse("test.toml", data, settings.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var dst origins
	if ms := f.Decode("app", &dst); len(ms) > 0 || len(dst.Origins) != n {
		t.Errorf("got %d origins\n%s", len(dst.Origins), report(ms))
	}
	for _, m := range f.Unclaimed() {
		if m.Setting == "FOO" && m.At.Start.Line != n+4 {
			t.Errorf("FOO is at %s", m.At)
		}
	}
}

// The time for an unknown name should not grow with their number.
func BenchmarkUnclaimed(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 50_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var text strings.Builder
			for i := range n {
				fmt.Fprintf(&text, "CORS_ALLOWED_ORIGIN_%d = 1\nk%d_key = 1\n", i, i)
			}
			f, err := settings.Parse("test.toml", []byte(text.String()), settings.Options{})
			if err != nil {
				b.Fatal(err)
			}
			f.Decode("site", &site{})
			b.ReportAllocs()
			for b.Loop() {
				if ms := f.Unclaimed(); len(ms) != 2*n {
					b.Fatal(len(ms))
				}
			}
		})
	}
}

// Settings files made to be slow: the time stays in proportion to their size.
func BenchmarkHostile(b *testing.B) {
	repeat := func(n int, format string) string {
		var text strings.Builder
		for i := range n {
			fmt.Fprintf(&text, format, i)
		}
		return text.String()
	}
	for name, text := range map[string]string{
		"like secrets": repeat(500, "PLAIN%d = 1\n") + repeat(100_000, "k%d_key = 1\n"),
		"on one line":  "A = {" + repeat(160_000, "k%d_key = 1, ") + "x = 1 } # end\n",
		"URLs":         "A = '" + repeat(300_000, "x://u%d:p") + "'\n",
		"deep":         "A = [" + repeat(3_000, strings.Repeat("{ a = ", 23)+"%d"+strings.Repeat("}", 23)+",") + "]\n",
		"a fault":      repeat(100_000, "# k%d_key = [\n") + repeat(100_000, "k%d = [ #\n"),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				f, err := settings.Parse("test.toml", []byte(text), settings.Options{})
				if err == nil {
					f.Decode("app", &vault{})
					f.Unclaimed()
				}
			}
		})
	}
}
