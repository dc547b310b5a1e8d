package settled_test

import (
	"fmt"
	"strings"
	"testing"

	_ "github.com/settled-go/settled/apps/corsheaders"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/settings"
)

// BenchmarkCheck is manage check without the process: a text becomes settings,
// a project and messages. Ten times the entries take ten times as long; ns/entry
// shows it.
func BenchmarkCheck(b *testing.B) {
	const head = "DEBUG = true\nINSTALLED_APPS = [\"corsheaders\"]\nMIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\"]\n"
	for _, tt := range []struct {
		name, setting, entry string
		sizes                []int
	}{
		{"origins", "CORS_ALLOWED_ORIGINS", `"https://host-%06d.example.com"`, []int{10, 10_000, 100_000}},
		{"faulty origins", "CORS_ALLOWED_ORIGINS", `"https://host-%06d.example.com/"`, []int{10, 10_000, 100_000}},
		{"regexes", "CORS_ALLOWED_ORIGIN_REGEXES", `'^https://([a-z0-9-]+\.)*tenant-%05d\.example\.com(:\d+)?$'`, []int{10, 100, 1000}},
		{"faulty regexes", "CORS_ALLOWED_ORIGIN_REGEXES", `'^https://.*tenant-%05d.example.com'`, []int{10, 100, 1000}},
	} {
		for _, n := range tt.sizes {
			b.Run(fmt.Sprintf("%s/%d", tt.name, n), func(b *testing.B) {
				text := head + tt.setting + " = [\n"
				entries := make([]string, n)
				for i := range entries {
					entries[i] = fmt.Sprintf(tt.entry, i)
				}
				data := []byte(text + strings.Join(entries, ",\n") + "\n]\n")
				b.ReportAllocs()
				for b.Loop() {
					f, err := settings.Parse("settings.toml", data, settings.Options{})
					if err != nil {
						b.Fatal(err)
					}
					p, _ := settled.Setup(f)
					p.Check(settled.Selection{})
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/entry")
			})
		}
	}
}
