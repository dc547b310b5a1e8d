package corsheaders

import (
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/pyre"
)

// A covering finds the regex that lets in a listed origin too. It holds those
// regexes that are proved to keep to some hosts, by these hosts, so that a
// long list and many regexes take no longer than both are long.
type covering map[string][]cover

type cover struct {
	pattern *pyre.Pattern
	on      checks.Path
}

// maxCovers is how many regexes for one host are asked about an origin.
const maxCovers = 16

func (a *App) covering() covering {
	c := covering{}
	for _, v := range a.verdicts() {
		for _, tail := range v.tails() {
			if len(c[tail]) == maxCovers {
				continue
			}
			if re, err := pyre.Compile(v.pattern); err == nil {
				c[tail] = append(c[tail], cover{re, v.on})
			}
		}
	}
	return c
}

// of is the place of a regex that lets the origin in, or "".
func (c covering) of(l listed) checks.Path {
	if len(c) == 0 {
		return ""
	}
	for host := l.host; host != ""; {
		for _, candidate := range c[host] {
			if candidate.pattern.Match(l.origin) {
				return candidate.on
			}
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return ""
}
