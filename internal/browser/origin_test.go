package browser_test

import (
	"testing"

	"github.com/settled-go/settled/internal/browser"
)

func TestParseOrigin(t *testing.T) {
	for text, want := range map[string]string{
		"https://app.example.com":             "https://app.example.com",
		"HTTPS://App.Example.COM/a?b#c":       "https://app.example.com",
		" https://app.example.com:443 ":       "https://app.example.com",
		"http://app.example.com:080":          "http://app.example.com",
		"https://u:p@app.example.com:8443":    "https://app.example.com:8443",
		"https://bücher.example":              "https://xn--bcher-kva.example",
		"http://[0:0::1]:3000":                "http://[::1]:3000",
		"http://127.1:3000":                   "http://127.0.0.1:3000",
		"http://0x7f000001":                   "http://127.0.0.1",
		"http://192.168.010.1":                "http://192.168.8.1",
		"https://app.example.com:0":           "",
		"http://1.2.3.256":                    "",
		"null":                                "null",
		"file:///home/a.html":                 "null",
		"data:text/html,x":                    "null",
		"capacitor://localhost":               "capacitor://localhost",
		"chrome-extension://ABC/options.html": "chrome-extension://abc",
		"app.example.com":                     "",
		"https://":                            "",
		"https://a b":                         "",
		"":                                    "",
	} {
		got, err := browser.ParseOrigin(text)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q is %q, %v, want %q", text, got, err, want)
		}
	}
}

func TestCanonicalURL(t *testing.T) {
	for text, want := range map[string]string{
		"http://127.1:80/a?b#c":           "http://127.0.0.1/a?b#c",
		"HTTPS://u:p@API.Example.com:444": "https://u:p@api.example.com:444",
		"http://[0:0::1]:8000/":           "http://[::1]:8000/",
		"http://1.2.3.256/":               "http://1.2.3.256/",
		"http://a.com/b/../c/.":           "http://a.com/c/",
		"http://a.com/b/%2E%2e/c/.%2e":    "http://a.com/",
		"http://a.com/../..":              "http://a.com/",
		`http://a.com\b\..\c?d\e/..`:      `http://a.com/c?d\e/..`,
		"http://a.com/.b/c../...//":       "http://a.com/.b/c../...//",
		"http://a.com?/..":                "http://a.com?/..",
	} {
		if got := browser.CanonicalURL(text); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}

func TestIsSameSite(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"https://app.example.com", "https://api.example.com:8443", true},
		{"https://app.example.com", "http://api.example.com", false},
		{"https://a.co.uk", "https://b.co.uk", false},
		{"https://a.vercel.app", "https://b.vercel.app", false},
		{"http://localhost:3000", "http://localhost:8000", true},
		{"http://localhost:3000", "http://127.0.0.1:8000", false},
		{"http://127.0.0.1:3000", "http://127.0.0.1:8000", true},
		{"http://192.168.0.1", "http://192.168.0.2", false},
		{"null", "null", false},
	} {
		if got := browser.IsSameSite(test.a, test.b); got != test.want {
			t.Errorf("%s and %s: %v, want %v", test.a, test.b, got, test.want)
		}
	}
}

func TestSpaceOf(t *testing.T) {
	for host, want := range map[string]browser.Space{
		"localhost": browser.Loopback, "a.localhost": browser.Loopback, "127.1.2.3": browser.Loopback, "::1": browser.Loopback,
		"10.0.0.1": browser.Local, "192.168.1.1": browser.Local, "100.64.0.1": browser.Local, "fe80::1": browser.Local,
		"fd00::1": browser.Local, "printer.local": browser.Local, "::ffff:127.0.0.1": browser.Loopback,
		"0.0.0.0": browser.Loopback, "::": browser.Loopback, "localhost.": browser.Loopback,
		"example.com": browser.Public, "8.8.8.8": browser.Public, "mylocalhost": browser.Public,
	} {
		if got := browser.SpaceOf(host); got != want {
			t.Errorf("%s is %s, want %s", host, got, want)
		}
	}
}
