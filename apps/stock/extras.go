package stock

import (
	"maps"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/accesslog"
	"github.com/settled-go/settled/middleware/bodylimit"
	"github.com/settled-go/settled/middleware/realip"
	"github.com/settled-go/settled/middleware/requestid"
	"github.com/settled-go/settled/middleware/timeout"
)

// extras are the apps of the middleware that is Settled's own.
var extras = map[string]func() settled.App{
	"settled.middleware.access_log": newAccessLog,
	"settled.middleware.body_limit": newBodyLimit,
	"settled.middleware.real_ip":    newRealIP,
	"settled.middleware.request_id": newRequestID,
	"settled.middleware.timeout":    newTimeout,
}

// The init functions of a package run in the order of its files: that of stock.go
// registers all.
func init() { maps.Copy(apps, extras) }

func newRequestID() settled.App {
	return &app[requestid.Settings]{
		settings: requestid.Defaults(),
		name:     "settled.middleware.request_id.RequestIDMiddleware",
		traits:   requestid.Traits,
		docs:     requestid.Docs,
		checks:   requestIDChecks,
		new: func(s requestid.Settings, _ *settled.Project) (middleware.Func, error) {
			s.FromTrustedProxy = settled.FromTrustedProxy
			return requestid.New(s)
		},
	}
}

func newAccessLog() settled.App {
	var log *accesslog.Log
	return &app[accesslog.Settings]{
		settings: accesslog.Defaults(),
		name:     "settled.middleware.access_log.AccessLogMiddleware",
		traits:   accesslog.Traits,
		docs:     accesslog.Docs,
		checks:   accessLogChecks,
		new: func(s accesslog.Settings, p *settled.Project) (f middleware.Func, err error) {
			s.ClientAddr = settled.ClientAddr
			s.AccessLogFile = p.File().Beside(accessLogFile, s.AccessLogFile)
			if log, err = accesslog.Open(s); err != nil {
				return nil, err
			}
			return log.Wrap, nil
		},
		close: func() error {
			if log == nil {
				return nil
			}
			return log.Close()
		},
	}
}

func newTimeout() settled.App {
	return &app[timeout.Settings]{
		settings: timeout.Defaults(),
		name:     "settled.middleware.timeout.TimeoutMiddleware",
		traits:   timeout.Traits,
		docs:     timeout.Docs,
		checks: func(a *app[timeout.Settings]) []settled.Check {
			return regexCheck("timeout.E001", "REQUEST_TIMEOUT_EXEMPT", func() []string { return a.settings.RequestTimeoutExempt })
		},
		new: func(s timeout.Settings, _ *settled.Project) (middleware.Func, error) { return timeout.New(s) },
	}
}

func newBodyLimit() settled.App {
	return &app[bodylimit.Settings]{
		settings: bodylimit.Defaults(),
		name:     "settled.middleware.body_limit.BodyLimitMiddleware",
		traits:   bodylimit.Traits,
		docs:     bodylimit.Docs,
		checks: func(a *app[bodylimit.Settings]) []settled.Check {
			return regexCheck("bodylimit.E001", "REQUEST_BODY_LIMIT_EXEMPT", func() []string { return a.settings.RequestBodyLimitExempt })
		},
		new: func(s bodylimit.Settings, _ *settled.Project) (middleware.Func, error) { return bodylimit.New(s) },
	}
}

const realIPName = "settled.middleware.real_ip.RealIPMiddleware"

func newRealIP() settled.App {
	return &app[realip.Settings]{
		settings: realip.Defaults(),
		name:     realIPName,
		traits:   realip.Traits,
		docs:     realip.Docs,
		checks:   realIPChecks,
		new: func(s realip.Settings, _ *settled.Project) (middleware.Func, error) {
			s.FromTrustedProxy, s.ClientAddr = settled.FromTrustedProxy, settled.ClientAddr
			return realip.New(s)
		},
	}
}

// regexCheck is the check of a list of regular expressions.
func regexCheck(id, setting string, patterns func() []string) []settled.Check {
	return []settled.Check{{
		IDs: []string{id}, Tags: []string{"middleware"}, Class: checks.Unbuildable, Settings: []string{setting},
		Run: func(*settled.Project) checks.Messages { return badRegexes(id, setting, patterns()) },
	}}
}
