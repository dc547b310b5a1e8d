package proxy_test

import (
	"bufio"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/settled-go/settled/apps/proxy"
)

// What a server is asked for is the path that came: decoded it is the same, with the same
// slashes encoded; and a rewritten one is below what the route says.
func FuzzPath(f *testing.F) {
	for _, seed := range []string{"/", "/a/b", "//a//%2F", "/a%2fb;c/", "/a|b%2F\"<>", "/\xc3\xa9", "/a/..%2f", "/./a/%2e/", "/%61/b?c", "/a\\..\\b", "/#%2F"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, target string) {
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")))
		if err != nil || !strings.HasPrefix(r.URL.Path, "/") || r.RequestURI != target {
			return
		}
		asked, refused := proxy.Asked(r, "/", "")
		if refused {
			if !strings.Contains(r.URL.Path, ".") {
				t.Errorf("%q is refused", target)
			}
			return
		}
		plain, err := url.PathUnescape(asked)
		if err != nil || plain != r.URL.Path {
			t.Errorf("%q becomes %q, which is %q and not %q (%v)", target, asked, plain, r.URL.Path, err)
		}
		sent, _, _ := strings.Cut(target, "?")
		if strings.HasPrefix(sent, "/") && strings.Count(asked, "/") != strings.Count(sent, "/") {
			t.Errorf("%q becomes %q: another number of parts", target, asked)
		}
		for part := range strings.FieldsFuncSeq(plain, func(r rune) bool { return r == '/' || r == '\\' }) {
			if part == ".." || part == "." && !strings.Contains(sent, "/.") {
				t.Errorf("%q climbs", target)
			}
		}
		if strings.ContainsFunc(asked, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
			t.Errorf("%q becomes %q, which is no request target", target, asked)
		}
		if below, _ := proxy.Asked(r, "/a/", "/v2/w/"); below != "/v2/w" && !strings.HasPrefix(below, "/v2/w/") {
			t.Errorf("%q becomes %q, which is not below /v2/w/", target, below)
		}
	})
}

// What is written can be read, and what is read is no header of another form.
func FuzzForwarded(f *testing.F) {
	for _, seed := range []string{"", "for=1.2.3.4", `for="[::1]:80";host="a\"b", for=_x;proto=https`, "for=a;for=b", `host="`, "1.2.3.4, ::1", "a=b;,"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		elements, hops, ok := proxy.Parse(text)
		if ok && len(strings.Split(hops, ", ")) != len(elements) {
			t.Errorf("%q has %d elements and the hops %q", text, len(elements), hops)
		}
		for hop := range strings.SplitSeq(hops, ", ") {
			if _, err := netip.ParseAddr(hop); ok && err != nil && hop != "unknown" {
				t.Errorf("%q has the hop %q", text, hop)
			}
		}
		for _, made := range []string{proxy.Element(netip.MustParseAddr("2001:db8::1"), text, "https"), proxy.ElementsOf(text)} {
			if _, _, ok := proxy.Parse(made); !ok {
				t.Errorf("%q becomes %q, which can't be read", text, made)
			}
		}
		elements, hops, _ = proxy.Parse(proxy.Element(netip.MustParseAddr("2001:db8::1"), text, "https"))
		if len(elements) != 1 || elements[0]["host"] != text || hops != "2001:db8::1" {
			t.Errorf("%q becomes %v", text, elements)
		}
	})
}
