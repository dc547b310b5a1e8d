package settled_test

import (
	"maps"
	"slices"
	"strings"
)

// A written is a plan spread over a file, one that it extends, and the
// environment.
type written struct {
	main, base string
	env        []string
}

var oldNames = map[string]string{
	"CORS_ALLOWED_ORIGINS": "CORS_ORIGIN_WHITELIST", "CORS_ALLOWED_ORIGIN_REGEXES": "CORS_ORIGIN_REGEX_WHITELIST",
	"CORS_ALLOW_ALL_ORIGINS": "CORS_ORIGIN_ALLOW_ALL",
}

// replaced stands where another file or the environment replaces it.
var replaced = map[string]string{
	"CORS_ALLOWED_ORIGINS": "['https://replaced.example']", "CORS_ALLOWED_ORIGIN_REGEXES": "[]", "CORS_ALLOW_ALL_ORIGINS": "false",
	"CORS_ALLOW_CREDENTIALS": "false", "CORS_URLS_REGEX": "'^/replaced/'", "DEBUG": "true",
}

func (p *plan) write(d *dice) written {
	var w written
	texts := p.texts()
	extends := d.once(3)
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		as, text := name, texts[name]
		if oldNames[name] != "" && d.once(8) {
			as = oldNames[name]
		}
		instead := replaced[name]
		switch {
		case d.once(10) && as == name && instead != "":
			w.env = append(w.env, "SETTLED_"+name+"="+strings.Trim(text, "'"))
			w.main += name + " = " + instead + "\n"
		case extends && d.once(2):
			w.base += as + " = " + text + "\n"
		case extends && instead != "" && d.once(2):
			w.base += as + " = " + instead + "\n"
			fallthrough
		default:
			w.main += as + " = " + text + "\n"
		}
	}
	if extends {
		w.main = "EXTENDS = 'base.toml'\n" + w.main
	}
	return w
}
