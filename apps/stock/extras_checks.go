package stock

import (
	"net/netip"
	"os"
	"path/filepath"
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware/accesslog"
	"github.com/settled-go/settled/middleware/realip"
	"github.com/settled-go/settled/middleware/requestid"
)

func requestIDChecks(a *app[requestid.Settings]) []settled.Check {
	const setting = "REQUEST_ID_HEADER"
	return []settled.Check{{
		IDs: []string{"requestid.E001"}, Tags: []string{"middleware"}, Class: checks.Unbuildable, Settings: []string{setting},
		Run: func(*settled.Project) checks.Messages {
			if requestid.IsHeader(a.settings.RequestIDHeader) {
				return nil
			}
			return checks.Messages{checks.Errorf("requestid.E001",
				"%q in %s is not the name of a header: letters, digits and hyphens", a.settings.RequestIDHeader, setting).
				On(setting).WithHint("write %s = \"X-Request-ID\"", setting).Of(checks.Unbuildable)}
		},
	}}
}

const accessLogFile = "ACCESS_LOG_FILE"

func accessLogChecks(a *app[accesslog.Settings]) []settled.Check {
	return append(regexCheck("accesslog.E001", "ACCESS_LOG_EXEMPT", func() []string { return a.settings.AccessLogExempt }),
		settled.Check{
			IDs: []string{"accesslog.E002"}, Tags: []string{"middleware"}, Settings: []string{accessLogFile, "MIDDLEWARE"},
			Run: func(p *settled.Project) checks.Messages {
				path := p.File().Beside(accessLogFile, a.settings.AccessLogFile)
				why := noLogFile(path)
				if path == "" || why == "" || !slices.Contains(p.Core().Middleware, a.name) {
					return nil
				}
				return checks.Messages{checks.Errorf("accesslog.E002", "%s can't be a log file: %s", accessLogFile, why).
					On(accessLogFile).WithHint("make the folder, or write another path: a relative one starts at the file that has the setting")}
			},
		})
}

// noLogFile says why a path can't be that of a log file, "" if it can.
func noLogFile(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return "it is a folder"
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return "its folder is missing"
	}
	return ""
}

func realIPChecks(*app[realip.Settings]) []settled.Check {
	return []settled.Check{
		{IDs: []string{"realip.W001"}, Tags: []string{"middleware"}, Settings: []string{"TRUSTED_PROXIES", "MIDDLEWARE"}, Run: checkProxiesMissing},
		{IDs: []string{"realip.W002"}, Tags: []string{"settings"}, Settings: []string{"TRUSTED_PROXIES"}, Run: checkEveryoneTrusted},
	}
}

func checkProxiesMissing(p *settled.Project) checks.Messages {
	i := slices.Index(p.Core().Middleware, realIPName)
	if i < 0 || len(p.Core().TrustedProxies) > 0 {
		return nil
	}
	return checks.Messages{checks.Warningf("realip.W001",
		"%s does nothing while TRUSTED_PROXIES is empty: behind a proxy, all requests come from the proxy's address", realIPName).
		On(checks.Path("MIDDLEWARE").Index(i)).
		WithHint("list the proxies, TRUSTED_PROXIES = [\"10.0.0.0/8\"], or take the entry out")}
}

func checkEveryoneTrusted(p *settled.Project) (ms checks.Messages) {
	for i, proxy := range p.Core().TrustedProxies {
		network, err := netip.ParsePrefix(proxy)
		if err != nil || network.Bits() > 0 {
			continue
		}
		ms = append(ms, checks.Warningf("realip.W002",
			"%q in TRUSTED_PROXIES is every address: whoever reaches this site can say who they are, and be believed", proxy).
			On(checks.Path("TRUSTED_PROXIES").Index(i)).
			WithHint("list the networks that your proxies are in"))
	}
	return ms
}
