// Package lab is the CORS laboratory of the workbench: it predicts whether a
// browser lets a page read an answer of this site, has the browser try it from
// another origin, and lists the cross-origin requests that have come lately.
//
// What is predicted is what manage cors explain says, and what came is judged by
// the same steps of internal/browser.
package lab
