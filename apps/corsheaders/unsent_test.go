package corsheaders_test

import (
	"slices"
	"testing"

	"github.com/settled-go/settled/checks"
)

// A regex that matches nothing is found, and the reason where it is one slip.
func TestUnsentRegexes(t *testing.T) {
	const someone = "write it for origins such as https://app.example.com"
	for _, tt := range []struct{ regex, part, hint string }{
		{`/\.foo\.com$/`, "/", `write '^https://.*\.foo\.com$'`},
		{`/^https:\/\/example\.com$/i`, "/", `write '^https:\/\/example\.com$'`},
		{`localhost:4200`, "", `write '^http://localhost:4200'`},
		{`example\.com`, "", `write '^https://example\.com$'`},
		{`^(www\.)?example\.com$`, "", `write '^https://(www\.)?example\.com$'`},
		{`^a\.com|b\.com$`, "", `write '^https://(?:a\.com|b\.com$)$'`},
		{`^https://example\.com/$`, "/$", `write '^https://example\.com$'`},
		{`^https:\/\/example\.com\/app$`, `\/app$`, `write '^https:\/\/example\.com$'`},
		{`^https://.*\.example\.com/`, "/", `write '^https://.*\.example\.com$'`},
		{`^https://.*\.com/$`, "/$", someone}, // without it, it would let in too many
		{`^https://Example\.com$`, "E", `write '^https://example\.com$'`},
		{`^https://example\.com:443$`, ":443", `write '^https://example\.com$'`},
		{`^https://.*:443$`, ":443", someone},
		{`^https://\\w+\\.example\\.com$`, `\\`, `write '^https://\w+\.example\.com$'`},
		{`^http://[::1]:3000$`, "[::1]", `write '^http://\[::1\]:3000$'`},
		{`^ https://example\.com$`, " ", `write '^https://example\.com$'`},
		{`^https:/example\.com$`, "", someone},
		{`^https://user@example\.com$`, "", someone},
		{`^https://example\.com$x`, "", someone},
		{`^https://\.example\.com$`, "", someone},
		{`^https://example\.com:70000$`, "", someone},
		{`^https://1\.2\.3$`, "", someone},
		{`^$`, "", someone},
	} {
		ms := judgeRegex(t, tt.regex, "CORS_ALLOW_CREDENTIALS = true")
		if got := idsOf(ms); !slices.Equal(got, []string{"E136"}) {
			t.Errorf("%s: %v", tt.regex, ms)
			continue
		}
		m := ms.Select(func(m checks.Message) bool { return m.ID == "corsheaders.E136" })[0]
		if got := tt.regex[m.Span[0]:m.Span[1]]; got != tt.part || m.Hint != tt.hint {
			t.Errorf("%s: points at %q, hint %s", tt.regex, got, m.Hint)
		}
	}
}

// What anything sends may be matched: none of these is said to match nothing.
func TestSentRegexes(t *testing.T) {
	for _, regex := range []string{
		`^http://127\.0\.0\.1$`, `^http://10\.1\.1\.1:\d+$`, `^https://\[::1\]$`, `^https://\[::ffff:7f00:1\]$`, `^http://localhost\.:\d+$`,
		`^https://example\.com\.$`, `^https://a_b\.example\.com$`, `^https://-a\.example\.com$`, `^http://printer$`, `^https://example\.com:65535$`,
		`^http://example\.com:443$`, `^file://$`, `^app://obsidian\.md$`, `^vscode-webview://[a-z0-9]+$`, `^com\.[a-z]+\.app://Main$`, `^wss?://example\.com$`,
		`^null$`, `null`, `capacitor`, `^(https://)?example\.com$`, `^https://example\.com/$|^https://example\.com:8443$`, `^https://example\.com/?$`,
		`(?i)^HTTPS://EXAMPLE\.COM$`, `^https://x{70}\.com$`, `^https://xn--bcher-kva\.de$`, `^https://.{1,900}\.example\.com$`, `^[a-z]+.{3}example\.com$`,
	} {
		if ids := idsOf(judgeRegex(t, regex, "")); slices.Contains(ids, "E136") {
			t.Errorf("%s: %v", regex, ids)
		}
	}
}
