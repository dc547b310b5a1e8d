// Package stock brings the middleware of Django under Django's names, and those that
// a Go service needs beside them. A program that imports it has them all. Each is a
// builtin app with its settings; the packages below middleware/ have them for any
// http.Handler.
package stock

import (
	"context"
	"io/fs"
	"maps"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/middleware"
)

// apps are the builtin apps, by Django's modules.
var apps = map[string]func() settled.App{
	"django.middleware.clickjacking": newClickjacking,
	"django.middleware.common":       newCommon,
	"django.middleware.gzip":         newGZip,
	"django.middleware.csrf":         newCSRF,
	"django.middleware.http":         newConditional,
	"django.middleware.csp":          newCSP,
	"django.middleware.security":     newSecurity,
	"whitenoise":                     newWhiteNoise,
}

func init() {
	for name, new := range apps {
		settled.RegisterBuiltin(name, new)
	}
}

// Apps are the constructors of the apps by their names, for a registry other than the
// default one.
func Apps() map[string]func() settled.App { return maps.Clone(apps) }

// An app brings one middleware with its settings, which are an S.
type app[S any] struct {
	settings S
	name     string // in MIDDLEWARE
	traits   middleware.Traits
	// new builds the middleware from the settings as they are decoded.
	new    func(S, *settled.Project) (middleware.Func, error)
	checks func(*app[S]) []settled.Check // nil for none
	close  func() error                  // undoes new; nil for none
	docs   fs.FS

	project *settled.Project // from Ready on
}

// Settings is for settled.App.
func (a *app[S]) Settings() any { return &a.settings }

// Middleware is for settled.MiddlewareProvider.
func (a *app[S]) Middleware() []middleware.Link {
	build := func() (middleware.Func, error) { return a.new(a.settings, a.project) }
	return []middleware.Link{{Name: a.name, Traits: a.traits, New: build}}
}

// Checks is for settled.Checker.
func (a *app[S]) Checks() []settled.Check {
	if a.checks == nil {
		return nil
	}
	return a.checks(a)
}

// Docs is for settled.Documenter.
func (a *app[S]) Docs() fs.FS { return a.docs }

// Ready is for settled.Readier.
func (a *app[S]) Ready(_ context.Context, p *settled.Project) error {
	a.project = p
	return nil
}

// Close is for io.Closer.
func (a *app[S]) Close() error {
	if a.close == nil {
		return nil
	}
	return a.close()
}
