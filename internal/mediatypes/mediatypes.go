// Package mediatypes says what kind of file a name is of. It asks no file of the
// system, so that the answer is the same on every machine.
package mediatypes

import (
	"path"
	"strings"
)

// Of is the Content-Type of a file, with UTF-8 as the charset of text.
func Of(name string) string {
	t := Bare(name, nil)
	if strings.HasPrefix(t, "text/") {
		return t + `; charset="utf-8"`
	}
	return t
}

// Bare is the media type of a file by its whole name or its extension, in lower case.
// more goes before what is known; application/octet-stream is for the others.
func Bare(name string, more map[string]string) string {
	base := strings.ToLower(path.Base(name))
	for _, key := range []string{base, path.Ext(base)} {
		if t, ok := more[key]; ok {
			return t
		}
		if t, ok := known[key]; ok {
			return t
		}
	}
	return "application/octet-stream"
}
