package csp

import "embed"

// Settings are Django's, as of Django 6.0.
type Settings struct {
	// CSP is the Content-Security-Policy of responses that have none: a table of
	// directives, each with a source, a list of sources, or true for a
	// directive without any. "<CSP_NONCE_SENTINEL>" stands for the nonce of the
	// response, Django's CSP.NONCE. Default: none.
	CSP Policy `toml:"SECURE_CSP" wrong:"CSP CONTENT_SECURITY_POLICY SECURE_CONTENT_SECURITY_POLICY CSP_DEFAULT_SRC CSP_SCRIPT_SRC CSP_STYLE_SRC CSP_IMG_SRC" validate:"policy" check:"security.E026" should:"be a dictionary, which TOML calls a table, such as { default-src = [\"'self'\"] }"`
	// ReportOnly is the same for Content-Security-Policy-Report-Only, with which
	// browsers report what they would forbid, and allow it. Default: none.
	ReportOnly Policy `toml:"SECURE_CSP_REPORT_ONLY" wrong:"CONTENT_SECURITY_POLICY_REPORT_ONLY CSP_REPORT_ONLY" validate:"policy" check:"security.E026" should:"be a dictionary, which TOML calls a table, such as { default-src = [\"'self'\"] }"`
}

// Defaults are Django's: no policy.
func Defaults() Settings { return Settings{CSP: Policy{}, ReportOnly: Policy{}} }

// Docs explain the settings and the checks, for settled.Documenter.
//
//go:embed settings.go checks.md
var Docs embed.FS
