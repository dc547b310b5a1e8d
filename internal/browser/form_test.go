package browser_test

import (
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/browser"
)

// canonical is the origin, or else the part that is to blame and why.
func canonical(url string) (origin, part, why string) {
	f := browser.Canonical(url)
	if f.Bad == nil {
		return f.Origin, "", ""
	}
	return "", url[f.Bad.Start:f.Bad.End], f.Bad.Why
}

// What a browser sends for a page at a URL: new URL(...).origin, tried in one.
func TestCanonical(t *testing.T) {
	for _, tt := range []struct{ url, want string }{
		{"https://example.com", "https://example.com"},
		{"HTTPS://Example.COM", "https://example.com"},
		{"  https://example.com ", "https://example.com"},
		{"https://example.com/", "https://example.com"},
		{"https://example.com?q#f", "https://example.com"},
		{`https://example.com\path`, "https://example.com"},
		{"https://user:pass@example.com", "https://example.com"},
		{"https://a@b@example.com/@", "https://example.com"},
		{"https://@example.com", "https://example.com"},
		{"https://example.com.", "https://example.com."},
		{"http://my_app:3000", "http://my_app:3000"},
		{"https://a-.-b.example", "https://a-.-b.example"},
		// Ports.
		{"https://example.com:443", "https://example.com"},
		{"http://example.com:80/", "http://example.com"},
		{"https://example.com:80", "https://example.com:80"},
		{"http://example.com:443", "http://example.com:443"},
		{"https://example.com:", "https://example.com"},
		{"https://example.com:08443", "https://example.com:8443"},
		{"https://example.com:000000443", "https://example.com"},
		{"https://example.com:65535", "https://example.com:65535"},
		// IPv4.
		{"http://127.0.0.1:3000", "http://127.0.0.1:3000"},
		{"http://127.1", "http://127.0.0.1"},
		{"http://1", "http://0.0.0.1"},
		{"http://192.168.257", "http://192.168.1.1"},
		{"http://0x7f.1", "http://127.0.0.1"},
		{"http://0X7F000001", "http://127.0.0.1"},
		{"http://2130706433", "http://127.0.0.1"},
		{"http://192.168.010.1", "http://192.168.8.1"},
		{"http://127.0.0.1.", "http://127.0.0.1"},
		{"http://0x", "http://0.0.0.0"},
		{"http://１２７.0.0.1", "http://127.0.0.1"},
		{"http://1.2.3.4a", "http://1.2.3.4a"},
		{"http://1.2.3.a4", "http://1.2.3.a4"},
		// IPv6.
		{"http://[::1]:8080", "http://[::1]:8080"},
		{"http://[0:0:0:0:0:0:0:1]", "http://[::1]"},
		{"http://[2001:DB8::0:1]", "http://[2001:db8::1]"},
		{"http://[2001:db8:0:0:1:0:0:1]", "http://[2001:db8::1:0:0:1]"},
		{"http://[2001:db8:0:1:1:1:1:1]", "http://[2001:db8:0:1:1:1:1:1]"},
		{"http://[::ffff:192.168.0.1]", "http://[::ffff:c0a8:1]"},
		{"http://[::192.168.0.1]", "http://[::c0a8:1]"},
		{"http://[1:2:3:4:5:6:7::]", "http://[1:2:3:4:5:6:7:0]"},
		// Names outside ASCII.
		{"https://münchen.example", "https://xn--mnchen-3ya.example"},
		{"https://MÜNCHEN.example", "https://xn--mnchen-3ya.example"},
		{"https://straße.example", "https://xn--strae-oqa.example"},
		{"https://XN--Mnchen-3YA.example", "https://xn--mnchen-3ya.example"},
		{"https://пример.рф", "https://xn--e1afmkfd.xn--p1ai"},
		{"https://例え。テスト", "https://xn--r8jz45g.xn--zckzah"},
		{"https://ex%61mple.com", "https://example.com"},
		{"https://m%C3%BCnchen.example", "https://xn--mnchen-3ya.example"},
		{"https://example.com\u200b", "https://example.com"},
		// Other schemes.
		{"capacitor://localhost", "capacitor://localhost"},
		{"Capacitor://localhost/", "capacitor://localhost"},
		{"app://Some.Name:08", "app://Some.Name:8"},
	} {
		if got, _, why := canonical(tt.url); got != tt.want || why != "" {
			t.Errorf("%s: got %q, %s; want %s", tt.url, got, why, tt.want)
		}
	}
}

func TestCanonicalRefuses(t *testing.T) {
	label := strings.Repeat("a", 64)
	for _, tt := range []struct{ url, part, why string }{
		{"https://example.com:65536", ":65536", "a port above 65535, the highest there is"},
		{"https://example.com:123456", ":123456", "a port above 65535, the highest there is"},
		{"https://example.com:0", ":0", "the port 0, which no server has"},
		{"https://example.com:port/", ":port", "a port that is no number"},
		{"https://example.com:80:81", ":80:81", "a port that is no number"},
		{"https://a..example.com", "a..example.com", "an empty label in its host"},
		{"https://.example.com", ".example.com", "an empty label in its host"},
		{"https://example.com..", "example.com..", "an empty label in its host"},
		{"https://@/", "", "an empty label in its host"},
		{"https://" + label + ".example", label, "a label of 64 characters in its host, and labels have at most 63"},
		{"https://" + strings.Repeat("a.", 127), "", ""},
		{"https://" + strings.Repeat("a.", 127) + "a", strings.Repeat("a.", 127) + "a", "a host of 255 characters, and host names have at most 253"},
		{"https://u@exam ple.com", " ", "a ' ' in its host"},
		{"https://$HOST", "$", "a '$' in its host"},
		{"https://{{host}}.example.com", "{", "a '{' in its host"},
		{"https://<your-domain>", "<", "a '<' in its host"},
		{"https://100%", "100%", "a % in its host"},
		{"https://\xd8.example", "\xd8.example", "a host that is no domain name"},
		{"https://xn--a.example", "xn--a.example", "a host that is no domain name"},
		{"http://256.0.0.1", "256.0.0.1", "a host that ends in a number, as only IPv4 addresses do, and is none"},
		{"http://1.2.3.4.5", "1.2.3.4.5", "a host that ends in a number, as only IPv4 addresses do, and is none"},
		{"http://example.com.123", "example.com.123", "a host that ends in a number, as only IPv4 addresses do, and is none"},
		{"http://127.0.0.08", "127.0.0.08", "a host that ends in a number, as only IPv4 addresses do, and is none"},
		{"http://[fe80::1%eth0]", "[fe80::1%eth0]", "brackets that hold no IPv6 address"},
		{"http://[v1.x]:80", "[v1.x]", "brackets that hold no IPv6 address"},
		{"http://[::1]x", "[::1]x", "brackets that hold no IPv6 address"},
		{"http://x[::1]", "[", "a '[' in its host"},
		{"app://a b", "a b", "a host that no page has"},
	} {
		got, part, why := canonical(tt.url)
		if (got == "") != (tt.why != "") || part != tt.part || why != tt.why {
			t.Errorf("%s: got %q, %q: %q; want %q: %q", tt.url, got, part, why, tt.part, tt.why)
		}
	}
}

// Plain origins are exactly as browsers send them.
func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{"https://example.com:8443", "http://127.1", "HTTPS://[::1]:080/", "https://münchen.example", "https://a.b.xn--c", "http://0x:1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, url string) {
		if !strings.Contains(url, "://") {
			return
		}
		origin, _, why := canonical(url)
		if (origin == "") == (why == "") {
			t.Fatalf("%q: %q and %q", url, origin, why)
		}
		if browser.IsPlainOrigin(url) && origin != url {
			t.Errorf("%q is plain, and browsers send %q", url, origin)
		}
		if origin == "" {
			return
		}
		if again, _, why := canonical(origin); again != origin {
			t.Errorf("%q becomes %q, and that %q: %s", url, origin, again, why)
		}
	})
}
