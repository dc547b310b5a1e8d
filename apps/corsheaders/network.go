package corsheaders

import (
	"strings"

	"github.com/settled-go/settled/internal/browser"
)

// privateNames end the names that no public DNS server has: those that are
// reserved (RFC 6761, RFC 6762, RFC 8375, ICANN's resolution 2024.07.29.06),
// and .lan, which many routers use.
var privateNames = []string{".local", ".internal", ".test", ".home.arpa", ".lan"}

// networkOf says from where a host can be reached. It knows what browsers know,
// and names of private networks. A name without a dot is one: there are no
// websites at it.
func networkOf(host string) browser.Space {
	space := browser.SpaceOf(host)
	if space != browser.Public || strings.HasPrefix(host, "[") {
		return space
	}
	name := strings.TrimSuffix(host, ".")
	if !strings.Contains(name, ".") {
		return browser.Local
	}
	for _, end := range privateNames {
		if strings.HasSuffix(name, end) {
			return browser.Local
		}
	}
	return browser.Public
}
