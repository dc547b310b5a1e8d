// Package explain is manage cors explain: it says whether a browser would let a
// page read this site's answer, step by step, which setting decides at which
// place of the settings file, and what to change.
//
// It reimplements neither side: the requests are those of internal/browser, and
// the answers come from the project's own CORS middleware, or from a server
// that runs.
package explain
