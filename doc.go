// Package settled is Django's project setup for Go: one TOML settings file says
// which apps are installed, in which order a request passes through the
// middleware, and how each app is configured.
//
//	file -> settings -> registry -> checks -> chain -> server
//
// Each arrow is a type, and none can be held half-ready:
//
//	f, err := settings.Load("settings.toml") // *settings.File
//	p, ms := settled.Setup(f)                // *settled.Project
//	ms = p.Check(settled.Selection{})        // checks.Messages
//	site, err := p.Start(ctx)                // *settled.Site
//	http.Serve(listener, site.Handler())     // http.Handler
//	site.Close()
//
// Open does all of it for a program that embeds a site; the commands of manage
// are for the rest.
//
// # Apps
//
// An App has one required method, Settings. What else it does, it says by
// having one of these methods:
//
//	Middleware  MiddlewareProvider  entries for MIDDLEWARE
//	Checks      Checker             system checks
//	Routes      Router              handlers
//	Ready       Readier             work before the site serves; Close undoes it
//	Commands    Commander           subcommands of manage
//	Tools       Developer           pages of the workbench
//	Docs        Documenter          texts for the reference and the JSON Schema
//
// An app registers its constructor in init, and is linked into a program by
// importing its package:
//
//	func init() { settled.Register("polls", func() settled.App { return &App{} }) }
package settled

// Version is the version of Settled.
const Version = "0.1.0"
