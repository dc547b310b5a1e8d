package corsheaders_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// aboutOrigins is what the rules find in a list of origins: for each message
// the id, the part to blame if it is not all, and the fix.
func aboutOrigins(list ...string) (found []string) {
	for _, m := range settings.Validate(listing(list...)) {
		var i int
		fmt.Sscanf(string(m.Setting), "CORS_ALLOWED_ORIGINS[%d]", &i)
		line := strings.TrimPrefix(m.ID, "corsheaders.")
		if m.Span != [2]int{} {
			line += fmt.Sprintf(" %q", list[i][m.Span[0]:m.Span[1]])
		}
		for _, e := range m.Fixes {
			if e.Do == checks.Remove {
				line += " -> nothing"
			} else {
				line += " -> " + e.Text
			}
		}
		found = append(found, line)
	}
	return found
}

func TestForms(t *testing.T) {
	for _, tt := range []struct {
		origin string
		want   []string
	}{
		{"https://user@example.com", []string{"E114 -> https://example.com"}},
		{"https://user:hunter2@example.com:8443", []string{"E114 -> https://example.com:8443"}},
		{"https://example.com@evil.example", []string{"E114"}}, // which of the two is meant?
		{"https://example.com:443@evil.example/", []string{"E014", "E114"}},
		{"http://localhost:3000@evil.example", []string{"E114"}},
		{"https://me:p@example.com@evil.example", []string{"E114"}},
		{"https://example%2ecom@evil.example", []string{"E114"}},
		{"capacitor://me@localhost", []string{"E114 -> capacitor://localhost"}},
		{"https://example.com:443", []string{`E115 ":443" -> https://example.com`}},
		{"http://example.com:80", []string{`E115 ":80" -> http://example.com`}},
		{"https://[::1]:00443", []string{`E115 ":00443" -> https://[::1]`}},
		{"https://example.com:80", nil},
		{"http://example.com:443", nil},
		{"wss://example.com:443", nil},
		{"HTTPS://Example.com", []string{`E116 "HTTPS://Example.com" -> https://example.com`}},
		{"https://Example.com", []string{`E116 "Example.com" -> https://example.com`}},
		{"Http://localhost:3000", []string{`E116 "Http" -> http://localhost:3000`}},
		{" https://example.com", []string{`E116 " " -> https://example.com`}},
		{"https://example.com  ", []string{`E116 "  " -> https://example.com`}},
		{" https://example.com ", []string{`E116 -> https://example.com`}},
		{"https://münchen.example", []string{`E116 "münchen.example" -> https://xn--mnchen-3ya.example`}},
		{"https://xn--mnchen-3ya.example", nil},
		{"http://127.1:8000", []string{`E116 "127.1" -> http://127.0.0.1:8000`}},
		{"http://0x7f.1", []string{`E116 "0x7f.1" -> http://127.0.0.1`}},
		{"http://192.168.01.1", []string{`E116 "192.168.01.1" -> http://192.168.1.1`}},
		{"http://192.168.010.1", []string{`E116 "192.168.010.1"`}}, // is it 10 or 8?
		{"http://[0:0::1]:3000", []string{`E116 "[0:0::1]" -> http://[::1]:3000`}},
		{"http://[2001:DB8::1]", []string{`E116 "[2001:DB8::1]" -> http://[2001:db8::1]`}},
		{"http://localhost:03000", []string{`E116 ":03000" -> http://localhost:3000`}},
		{"http://localhost:", []string{`E116 ":" -> http://localhost`}},
		{"https://ex%61mple.com", []string{`E116 "ex%61mple.com" -> https://example.com`}},
		{"https://example.com?", []string{`E116 "?" -> https://example.com`}},
		{`https://example.com\`, []string{`E116 "\\" -> https://example.com`}},
		// Facts of several ids have one remedy.
		{"https://example.com/", []string{"E014 -> https://example.com"}},
		{"https://example.com/ ", []string{"E014 -> https://example.com", `E116 " " -> https://example.com`}},
		{"HTTPS://user@example.com:443/x", []string{"E014 -> https://example.com", "E114 -> https://example.com",
			`E115 ":443" -> https://example.com`, `E116 "HTTPS" -> https://example.com`}},
		{"https://example.com:443/?q#f", []string{"E014 -> https://example.com", "E014 -> https://example.com",
			"E014 -> https://example.com", `E115 ":443" -> https://example.com`}},
		{"https://*.example.com", []string{`E117 "*"`}},
		{"https://*.example.com/", []string{"E014 -> https://*.example.com", `E117 "*"`}},
		{"http://localhost:*", []string{`E117 "*"`}},
		{"chrome-extension://*", []string{`E117 "*"`}},
		{"https://example.com/*", []string{"E014 -> https://example.com"}},
		{"https://example.com:65536", []string{`E118 ":65536"`}},
		{"https://example.com:port/", []string{"E014 -> https://example.com:port", `E118 ":port"`}},
		{"https://a..example.com", []string{`E118 "a..example.com"`}},
		{"https://" + strings.Repeat("a", 64) + ".example", []string{`E118 "` + strings.Repeat("a", 64) + `"`}},
		{"https://" + strings.Repeat("a.", 126) + "ab", []string{`E118 "` + strings.Repeat("a.", 126) + `ab"`}},
		{"https://" + strings.Repeat("a.", 126) + "a", nil},
		{"https://$HOST", []string{`E118 "$"`}},
		{"https://exam ple.com", []string{`E118 " "`}},
		{"https://a.example,https://b.example", []string{"E119", "E014"}},
		{"https://a.example, https://b.example", []string{"E119", "E014"}},
		{"https://a.example https://b.example/", []string{"E119", "E014"}},
		{"https://a.example;http://localhost:3000;https://c.example", []string{"E119", "E014"}},
		{"https://a.examplehttps://b.example", []string{"E119", "E014"}},
		{"https://a.example/https://b.example", []string{"E119", "E014"}},
		{"https://a.example,b.example:8000", []string{"E119"}},
		{"https://a.example/login?next=https://b.example", []string{"E014 -> https://a.example", "E014 -> https://a.example"}},
		{"https://web.archive.org/web/https://b.example", []string{"E014 -> https://web.archive.org"}},
		{"https://a.example/x,y", []string{"E014 -> https://a.example"}},
		{"https://u@192.168.010.1/", []string{"E014 -> https://192.168.010.1", "E114 -> https://192.168.010.1", `E116 "192.168.010.1"`}},
		// Regexes in the wrong list.
		{`https://app\.example\.com`, []string{`E118 "\\"`}},
		{`https://(app|www).example.com`, []string{`E118 "("`}},
		{"https://.*.example.com", []string{`E117 "*"`}},
		{`https://.*\.example\.com/`, []string{"E014", `E117 "*"`}},
		{`^https://app\.example\.com$`, []string{"E013"}},
		{"https://a.example,", []string{`E118 ","`}},
		// What people write, and nothing is wrong with.
		{"null", nil}, {"file://", nil}, {"http://localhost:3000", nil}, {"http://127.0.0.1:5173", nil}, {"http://[::1]:8080", nil},
		{"http://react:3000", nil}, {"http://my_service:8080", nil}, {"https://a--b.example", nil}, {"https://-.example.com", nil},
		{"https://web-production-a324.up.railway.app", nil}, {"https://1and1.example", nil}, {"https://3.example.com:65535", nil},
		{"https://1.2.3.4.nip.io", nil}, {"https://example.com.", nil}, {"http://10.0.1.5:4200", nil}, {"https://x.0x1g", nil},
		{"capacitor://localhost", nil}, {"ionic://localhost", nil}, {"tauri://localhost", nil}, {"app://obsidian.md", nil},
		{"chrome-extension://abcdefghijklmnopabcdefghijklmnop", nil}, {"moz-extension://0f5c5b5e-3a5a-4b0e-9f5e-000000000000", nil},
		{"https://" + strings.Repeat("a", 63) + ".example", nil},
	} {
		if diff := cmp.Diff(tt.want, aboutOrigins(tt.origin)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.origin, diff)
		}
	}
}

// An origin that the list has is not written a second time.
func TestFormsInAList(t *testing.T) {
	got := aboutOrigins("https://a.example/", "https://a.example", "https://b.example:443/", "https://B.example", "https://c.example")
	want := []string{"E014 -> nothing", "E014 -> https://b.example", `E115 ":443" -> https://b.example`, `E116 "B.example" -> https://b.example`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// What the list says after a fix has nothing left to fix.
func TestFormsAreClean(t *testing.T) {
	for _, origin := range []string{"HTTPS://u:p@Exämple.com:443/x?y#z ", "http://127.1:80", "http://localhost:0080/", "app://u@X:08/", "https://*.A.example/"} {
		for _, m := range settings.Validate(listing(origin)) {
			for _, e := range m.Fixes {
				for _, left := range settings.Validate(listing(e.Text)) {
					if left.ID == m.ID || len(left.Fixes) > 0 {
						t.Errorf("%s: after its fix %s: %v", origin, e.Text, left)
					}
				}
			}
		}
	}
}

// What Django says about a list in one string follows from that, also under
// the setting's old name.
func TestSeveralOriginsFold(t *testing.T) {
	ms := settings.Validate(listing("https://ok.example", "https://a.example,https://b.example"))
	want := checks.Cause{ID: "corsheaders.E119", Setting: "CORS_ALLOWED_ORIGINS[1]"}
	if len(ms) != 2 || ms[0].Setting != want.Setting || ms[1].Because != want {
		t.Errorf("%+v", ms)
	}
	f, err := settings.Parse("test.toml", []byte(`CORS_ORIGIN_WHITELIST = ["https://a.example,https://b.example"]`), settings.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := corsheaders.Defaults()
	want.Setting = "CORS_ORIGIN_WHITELIST[0]"
	if ms := f.Decode("corsheaders", &s); !slices.ContainsFunc(ms, func(m checks.Message) bool { return m.Because == want }) {
		t.Errorf("%+v", ms)
	}
}

func TestFormTexts(t *testing.T) {
	for _, tt := range []struct{ origin, text, hint string }{
		{"https://u:hunter2@example.com", "Origin 'https://u:********************@example.com' in CORS_ALLOWED_ORIGINS has a user's name and password: browsers send none, so that it never matches",
			"write 'https://example.com'"},
		{"https://example.com:443", "Origin 'https://example.com:443' in CORS_ALLOWED_ORIGINS has the port that https has anyway: browsers leave it out, so that it never matches",
			"write 'https://example.com'"},
		{" http://127.1", "Origin ' http://127.1' in CORS_ALLOWED_ORIGINS has a blank before it and an IP address in another form: browsers send 'http://127.0.0.1', so that it never matches",
			"write 'http://127.0.0.1'"},
		{"http://192.168.010.1", "Origin 'http://192.168.010.1' in CORS_ALLOWED_ORIGINS has an IP address in another form: browsers send 'http://192.168.8.1', so that it never matches",
			"write the address that is meant; browsers read a number that begins with 0 as an octal one, which makes it 'http://192.168.8.1'"},
		{"https://example.com:99999", "Origin 'https://example.com:99999' in CORS_ALLOWED_ORIGINS has a port above 65535, the highest there is: no page has such an address, so that it never matches",
			"write the origin as the browser's address bar has it, as scheme://host:port"},
		{"https://a.example,b.example:8000", "Origin 'https://a.example,b.example:8000' in CORS_ALLOWED_ORIGINS is 2 origins in one string: an entry is compared as a whole, so that none of them matches",
			"write an entry for each: 'https://a.example', 'b.example:8000'"},
		{"localhost:3000, localhost:8000", "Origin 'localhost:3000, localhost:8000' in CORS_ALLOWED_ORIGINS is missing scheme or netloc: no browser sends such an origin, so that it lets nobody in",
			"list one origin an entry, as scheme://host:port"},
	} {
		ms := settings.Validate(listing(tt.origin))
		if len(ms) != 1 || ms[0].Text != tt.text || ms[0].Hint != tt.hint {
			t.Errorf("got %v, hint %q", ms, ms[0].Hint)
		}
	}
}
