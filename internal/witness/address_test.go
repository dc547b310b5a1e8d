package witness_test

import (
	"fmt"
	"net/netip"
	"testing"
)

// A pattern for a network of the Internet lets in strangers; one for a network
// of one's own does not.
func TestNetworks(t *testing.T) {
	for first := range 256 {
		seconds := []int{7}
		if first == 169 || first == 172 || first == 192 || first == 25 {
			seconds = nil
			for second := range 256 {
				seconds = append(seconds, second)
			}
		}
		for _, second := range seconds {
			addr := netip.AddrFrom4([4]byte{byte(first), byte(second), 1, 1})
			own := addr.IsPrivate() || addr.IsLoopback() || addr.IsLinkLocalUnicast() || first == 0
			pattern := fmt.Sprintf(`^http://%d\.%d\.\d{1,3}\.[12]$`, first, second)
			if _, v := judge(t, pattern); (v.Stranger == "") != own {
				t.Errorf("%s: %q, private: %v", pattern, v.Stranger, own)
			}
		}
	}
}

// What is no address, or not in a browser's form, is no host.
func TestNumbers(t *testing.T) {
	for pattern, want := range map[string]string{
		`^http://9\.9\.9\.25[0-9]$`:         "http://9.9.9.250",
		`^http://9\.9\.9\.25[6-9]$`:         "",
		`^http://9\.9\.9\.0\d$`:             "",
		`^http://9\.9\.9$`:                  "",
		`^http://9\.9\.9\.9\.[5-9]$`:        "",
		`^http://\d{4}$`:                    "",
		`^http://[a-z]\.\d$`:                "",
		`^http://9\.9\.9\.[0-9]{3}$`:        "http://9.9.9.100",
		`^http://x[0-9]+:6553[5-9]$`:        "http://x0:65535",
		`^http://x[0-9]+:6553[6-9]$`:        "",
		`^http://x[0-9]+:[7-9]\d{4}$`:       "",
		`^http://x[0-9]+:0\d+$`:             "",
		`^http://x[0-9]+:80$`:               "",
		`^http://x[0-9]+:(80|443)$`:         "http://x0:443",
		`^https://x[0-9]+:(80|443)$`:        "https://x0:80",
		`^http://x[0-9]+:8\d{4}$`:           "",
		`^http://x[0-9]+:80[0-9]{2}$`:       "http://x0:8000",
		`^https://x[0-9]+:4[45][0-9]{3}$`:   "https://x0:44000",
		`^https://x[0-9]+:443[0-9]$`:        "https://x0:4430",
		`^http://\[fe80::[0-9a-f]+\]$`:      "",
		`^http://\[2001:db8::[0-9a-f]{2}\]`: "",
	} {
		if _, v := judge(t, pattern); v.Stranger != want {
			t.Errorf("%s: %q, want %q", pattern, v.Stranger, want)
		}
	}
}
