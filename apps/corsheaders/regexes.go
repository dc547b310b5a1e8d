package corsheaders

import (
	"slices"
	"strings"
	"sync"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/pyre"
	"github.com/settled-go/settled/internal/witness"
)

// A verdict is what is known of a regex of CORS_ALLOWED_ORIGIN_REGEXES.
type verdict struct {
	witness.Verdict
	pattern string
	on      checks.Path
	// everyone says that it amounts to all origins, and null that it lets
	// that origin in.
	everyone, null bool
}

// tails are the hosts that the regex was proved to keep to: each and all below
// it. There are none when it lets in others.
func (v verdict) tails() []string {
	if v.everyone || !v.Safe() {
		return nil
	}
	return v.Tails
}

// anchored is the regex with its end anchored. Where it is for this machine or
// a private network, with what has been let in all the same: pages under
// development have ports.
func (v verdict) anchored() string {
	fixed := v.Anchored()
	bare, ends := strings.CutSuffix(fixed, "$")
	if !ends || strings.HasSuffix(bare, `\`) || !slices.ContainsFunc(v.Tails, v.needsPort) {
		return fixed
	}
	return bare + `(:\d+)?$`
}

func (v verdict) needsPort(host string) bool {
	const port = ":3000"
	before, errBefore := pyre.Compile(v.pattern)
	after, errAfter := pyre.Compile(v.Anchored())
	origin := "http://" + host + port
	return networkOf(host) != browser.Public && errBefore == nil && errAfter == nil && before.Match(origin) && !after.Match(origin)
}

// judged are the verdicts of an app, which several checks ask for.
type judged struct {
	once sync.Once
	all  []verdict
}

// verdicts are about the regexes that have a say: none when all origins are
// let in anyway, and not those that cannot be read or are refused, which have
// messages of their own. One budget is for all of them.
func (a *App) verdicts() []verdict {
	a.judged.once.Do(func() {
		s := a.settings
		if s.AllowAllOrigins {
			return
		}
		budget := witness.NewBudget()
		for i, pattern := range s.AllowedOriginRegexes {
			re, err := pyre.Compile(pattern)
			if err != nil || findControl(pattern, "") != nil {
				continue
			}
			v := verdict{pattern: pattern, on: checks.Path(regexes).Index(i), everyone: admitsAll(re), null: re.Match("null")}
			if v.everyone && s.AllowCredentials {
				continue // E101
			}
			v.Verdict = witness.Judge(re, budget)
			a.judged.all = append(a.judged.all, v)
		}
	})
	return a.judged.all
}
