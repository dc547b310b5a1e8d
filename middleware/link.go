// Package middleware holds what a project's MIDDLEWARE list is made of: the
// common shape of a Go middleware, a Link that gives it a name and traits, and
// the Chain that wraps a handler in links.
package middleware

import (
	"math/bits"
	"net/http"
	"strings"
)

// Func is a middleware. It is an alias, so that anyone's middleware of this
// common shape fits.
type Func = func(http.Handler) http.Handler

// A Link is an entry of MIDDLEWARE: a middleware that can be named, judged by
// its traits and built.
type Link struct {
	// Name is the entry's text in MIDDLEWARE, a dotted name as in Django.
	Name string
	// Traits say what it does to a request, for rules about the order.
	Traits Traits
	// New builds the middleware. It runs once a project, after every app is
	// ready, and may fail.
	New func() (Func, error)
}

// Traits say what a middleware does, so that rules about the order can be
// written without knowing its name.
type Traits struct {
	// Is holds all kinds that apply.
	Is Kind
	// After names links that have to come before this one.
	After []string
	// Sees names links whose findings it has though they come after it. No rule
	// about kinds asks for them to come before it.
	Sees []string
}

// A Kind is a set of things that a middleware may do. Give a middleware all that
// apply: the rules about the order of MIDDLEWARE know it by them alone.
type Kind uint32

const (
	CORS          Kind = 1 << iota // decides which origins may read a response
	Answers                        // may answer instead of the handler
	Redirects                      // may answer with a redirect
	HostCheck                      // refuses requests for unknown hosts
	Authenticates                  // may refuse a request for who sends it
	CSRF                           // may refuse a request as forged
	RateLimit                      // may refuse a request for its frequency
	Timeout                        // may cut a response off
	Static                         // serves files
	Compresses                     // compresses the body
	ChangesBody                    // changes the body in another way
	Conditional                    // answers conditional requests
	HTTPS                          // sends requests that come in the clear to HTTPS
	LogsIn                         // may log a user in, which changes the CSRF token
	Caches                         // keeps responses and answers with them
	Varies                         // answers by a header of the request, and says so in Vary
	SetsLength                     // says the length of the body
	FromCache                      // answers with responses that another layer keeps
	LastResort                     // answers where nothing else does, in the place of a 404
	Identifies                     // gives requests an id
	FindsClient                    // finds out who sent a request that came through proxies
	Logs                           // writes a line for each request
)

var kindNames = [...]string{
	"CORS", "answers", "redirects", "host check", "authenticates", "CSRF",
	"rate limit", "timeout", "static", "compresses", "changes body", "conditional", "HTTPS", "logs in", "caches", "varies",
	"sets length", "from cache", "last resort", "identifies", "finds client", "logs",
}

// Has says whether all kinds of want are in k.
func (k Kind) Has(want Kind) bool { return k&want == want }

// String lists the kinds, separated by ", ".
func (k Kind) String() string {
	names := make([]string, 0, bits.OnesCount32(uint32(k)))
	for i, name := range kindNames {
		if k.Has(1 << i) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
