// Package browser does with a cross-origin request what the Fetch standard
// (https://fetch.spec.whatwg.org/) makes a browser do with it, and keeps a
// record of each step: what was asked, what was answered, the verdict and the
// rule.
//
// What sends the requests is a function, so the same steps judge a handler in
// this process and a server elsewhere.
package browser
