package staticfiles

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// A reference is a way in which a file refers to another: a pattern of Django's. The
// groups of the expression are put into the template.
type reference struct {
	re       *regexp.Regexp
	template string
}

var (
	// cssReferences are url(), @import and source maps in style sheets.
	cssReferences = []reference{
		{regexp.MustCompile(`(?i)(?P<matched>url\(['"]{0,1}\s*(?P<url>.*?)["']{0,1}\))`), `url("%(url)s")`},
		{regexp.MustCompile(`(?i)(?P<matched>@import\s*["']\s*(?P<url>.*?)["'])`), `@import url("%(url)s")`},
		{regexp.MustCompile(`(?im)^(?P<matched>/\*#[ \t](?-i:sourceMappingURL)=(?P<url>.*)[ \t]*\*/)$`), `/*# sourceMappingURL=%(url)s */`},
	}
	// jsReferences are source maps of scripts.
	jsReferences = []reference{
		{regexp.MustCompile(`(?im)^(?P<matched>//# (?-i:sourceMappingURL)=(?P<url>.*))$`), `//# sourceMappingURL=%(url)s`},
	}
	// moduleReferences are imports and exports of JavaScript modules.
	moduleReferences = []reference{
		{regexp.MustCompile(`(?i)(?P<matched>import(?s:(?P<import>[\s\{].*?|\*\s*as\s*\w+))\s*from\s*['"](?P<url>[./].*?)["']\s*;)`), `import%(import)s from "%(url)s";`},
		{regexp.MustCompile(`(?i)(?P<matched>export(?s:(?P<exports>[\s\{].*?))\s*from\s*["'](?P<url>[./].*?)["']\s*;)`), `export%(exports)s from "%(url)s";`},
		{regexp.MustCompile(`(?i)(?P<matched>import\s*['"](?P<url>[./].*?)["']\s*;)`), `import"%(url)s";`},
		{regexp.MustCompile(`(?i)(?P<matched>import\(["'](?P<url>.*?)["']\))`), `import("%(url)s")`},
	}

	cssComment = regexp.MustCompile(`/\*[^*]*\*+([^/*][^*]*\*+)*/`)
	jsComment  = regexp.MustCompile(`/\*[^*]*\*+([^/*][^*]*\*+)*/|//[^\n]*`)
	absoluteRE = regexp.MustCompile(`^[a-z]+:`)
)

// referencesOf are those that files of a name may hold; none for most.
func referencesOf(name string, modules bool) []reference {
	switch {
	case strings.HasSuffix(name, ".css"):
		return cssReferences
	case strings.HasSuffix(name, ".js") && modules:
		return append(jsReferences[:1:1], moduleReferences...)
	case strings.HasSuffix(name, ".js"):
		return jsReferences
	}
	return nil
}

// A broken reference leads to a file that there is not.
type broken struct {
	name string // of the file that refers
	line int
	url  string
	to   string
}

func (b broken) String() string {
	return fmt.Sprintf("%s:%d: The file '%s' could not be found, to which %q refers", b.name, b.line, b.to, b.url)
}

// A rewriter makes the references of a file lead to names with hashes.
type rewriter struct {
	base    string // STATIC_URL
	modules bool
	// stored gives the name with the hash for a file; false if there is none of this
	// name.
	stored func(name string) (hashed string, ok bool)
}

// rewrite returns the text with its references rewritten, and those that are broken. It
// takes one pattern after the other, as Django does.
func (w *rewriter) rewrite(name, text string) (string, []broken) {
	var all []broken
	for _, ref := range referencesOf(name, w.modules) {
		comments := commentsIn(name, text)
		var b strings.Builder
		done := 0
		for _, m := range ref.re.FindAllStringSubmatchIndex(text, -1) {
			if inComment(m[0], comments) {
				continue
			}
			group := func(of string) string { return submatch(ref.re, text, m, of) }
			url := group("url")
			changed, to := w.convert(name, url)
			switch {
			case to != "":
				all = append(all, broken{name, 1 + strings.Count(text[:m[0]], "\n"), url, to})
			case changed == "":
			default:
				b.WriteString(text[done:m[0]])
				b.WriteString(fill(ref.template, changed, group))
				done = m[1]
			}
		}
		text = b.String() + text[done:]
	}
	return text, all
}

// submatch is a named group of a match, "" when it took no part.
func submatch(re *regexp.Regexp, text string, m []int, name string) string {
	i := re.SubexpIndex(name)
	if i < 0 || m[2*i] < 0 {
		return ""
	}
	return text[m[2*i]:m[2*i+1]]
}

func fill(template, url string, group func(string) string) string {
	return strings.NewReplacer("%(url)s", url, "%(import)s", group("import"), "%(exports)s", group("exports")).Replace(template)
}

// convert is the URL with the hash; changed is "" for one that stays, and missing is a
// file that there is not.
func (w *rewriter) convert(name, url string) (changed, missing string) {
	if absoluteRE.MatchString(url) || strings.HasPrefix(url, "//") ||
		strings.HasPrefix(url, "/") && !strings.HasPrefix(url, w.base) {
		return "", ""
	}
	clean, fragment := cutFragment(url)
	if clean == "" {
		return "", ""
	}
	target, absolute := strings.CutPrefix(clean, w.base)
	if !absolute {
		target = path.Dir(name) + "/" + clean
	}
	hashed, missing := w.target(unquote(target))
	if missing != "" {
		return "", missing
	}
	changed = clean[:strings.LastIndexByte(clean, '/')+1] + hashed[strings.LastIndexByte(hashed, '/')+1:]
	if fragment != "" {
		if strings.Contains(url, "?#") {
			changed += "?"
		}
		changed += "#" + fragment
	}
	return keepQuoted(unquote(changed)), ""
}

// target is the name with the hash of what a reference leads to, with its query; that
// of a folder stays.
func (w *rewriter) target(name string) (hashed, missing string) {
	name, _ = cutFragment(name)
	clean, query, hasQuery := strings.Cut(name, "?")
	if strings.HasSuffix(clean, "/") {
		return name, ""
	}
	clean = path.Clean(strings.TrimSpace(clean))
	hashed, ok := w.stored(clean)
	if !ok {
		return "", clean
	}
	if hasQuery {
		hashed += "?" + query
	}
	return hashed, ""
}

// keepQuoted escapes what would end the quotes around a URL.
var keepQuoted = strings.NewReplacer(`"`, "%22", `\`, "%5C", "\n", "%0A", "\r", "%0D", "\f", "%0C").Replace

func commentsIn(name, text string) [][]int {
	if strings.HasSuffix(name, ".js") {
		return jsComment.FindAllStringIndex(text, -1)
	}
	return cssComment.FindAllStringIndex(text, -1)
}

// inComment says whether a place is in a comment, behind its start: a source map is a
// comment.
func inComment(at int, comments [][]int) bool {
	for _, c := range comments {
		if at < c[0] {
			return false
		}
		if c[0] < at && at < c[1] {
			return true
		}
	}
	return false
}
