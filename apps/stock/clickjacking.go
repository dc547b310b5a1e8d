package stock

import (
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/clickjacking"
)

const (
	clickjackingName = "django.middleware.clickjacking.XFrameOptionsMiddleware"
	frameOptions     = "X_FRAME_OPTIONS"
)

func newClickjacking() settled.App {
	return &app[clickjacking.Settings]{
		settings: clickjacking.Defaults(),
		name:     clickjackingName,
		traits:   clickjacking.Traits,
		docs:     clickjacking.Docs,
		checks:   clickjackingChecks,
		new: func(s clickjacking.Settings, _ *settled.Project) (middleware.Func, error) {
			return clickjacking.New(s)
		},
	}
}

func clickjackingChecks(a *app[clickjacking.Settings]) []settled.Check {
	tags := []string{"security"}
	return []settled.Check{
		{IDs: []string{"security.W002"}, Tags: tags, Settings: []string{"MIDDLEWARE"}, Deploy: true, Run: checkFramed},
		{IDs: []string{"security.W019"}, Tags: tags, Settings: []string{"MIDDLEWARE", frameOptions}, Deploy: true,
			Run: func(p *settled.Project) checks.Messages { return checkFrameDeny(p, a.settings) }},
		{IDs: []string{"security.E121"}, Tags: tags, Settings: []string{frameOptions},
			Run: func(*settled.Project) checks.Messages { return checkFrameOptions(a.settings) }},
	}
}

// checkFramed is Django's. A policy that says who may frame the site does as well:
// browsers then don't look at X-Frame-Options (CSP Level 3, section 6.4.2).
func checkFramed(p *settled.Project) checks.Messages {
	if isListed(p, clickjackingName) || isListed(p, cspName) && policyHas(p, "frame-ancestors") {
		return nil
	}
	return checks.Messages{checks.Warningf("security.W002", "You do not have '%s' in your MIDDLEWARE, so your pages will not be served with an 'x-frame-options' header. "+
		"Unless there is a good reason for your site to be served in a frame, you should consider enabling this header to help prevent clickjacking attacks.", clickjackingName).On("MIDDLEWARE")}
}

func checkFrameDeny(p *settled.Project, s clickjacking.Settings) checks.Messages {
	if !isListed(p, clickjackingName) || !strings.EqualFold(s.XFrameOptions, "SAMEORIGIN") {
		return nil
	}
	return checks.Messages{checks.Warningf("security.W019", "You have '%s' in your MIDDLEWARE, but X_FRAME_OPTIONS is not set to 'DENY'. "+
		"Unless there is a good reason for your site to serve other parts of itself in a frame, you should change it to 'DENY'.", clickjackingName).On(frameOptions)}
}

// checkFrameOptions finds what browsers ignore: then any site may frame this one
// (RFC 7034; of its three values, browsers have dropped ALLOW-FROM).
func checkFrameOptions(s clickjacking.Settings) checks.Messages {
	value := strings.ToUpper(s.XFrameOptions)
	if value == "DENY" || value == "SAMEORIGIN" {
		return nil
	}
	m := checks.Errorf("security.E121", "'%s' in X_FRAME_OPTIONS is neither DENY nor SAMEORIGIN: browsers ignore it, and every site can show this one in a frame",
		printable.Line(s.XFrameOptions)).On(frameOptions).WithHint("write X_FRAME_OPTIONS = \"DENY\"")
	if strings.HasPrefix(value, "ALLOW") {
		m = m.WithHint("if other sites are meant to frame all pages, take the middleware out of MIDDLEWARE; if some are, say which: SECURE_CSP = { frame-ancestors = [\"https://www.example.com\"] }")
	}
	return checks.Messages{m}
}
