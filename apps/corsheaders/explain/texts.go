package explain

import (
	"regexp"
	"strings"
	"sync"

	"github.com/settled-go/settled/internal/browser"
)

// A saying is one thing that a browser says in its console.
type saying struct {
	// id is the browser's own name for it, or ours where it has none.
	id string
	// template is the text, with {name} for what differs: url, origin, method,
	// header, status, value and space are kept. Quotes are all ' or ".
	template string
	// reason is what the settings or a server have to do to cause it; "" for
	// what no setting can cause.
	reason browser.Reason
	// preflight says that the answer to a preflight is meant.
	preflight bool
	// credentials says that the request has them.
	credentials bool
	// means and do are for what no setting can cause, or not alone: what
	// happened, and what to do.
	means, do string
}

// A speaker is a browser and where its texts are from.
type speaker struct {
	browser string
	source  string
	says    []saying
}

// speakers are all that is recognised. The first text that fits counts, so that
// special ones stand before general ones.
var speakers = []speaker{chromium, firefox, webkit, lookalikes}

// A heard is a saying that was found in a text.
type heard struct {
	saying
	speaker *speaker
	parts   map[string]string // by their name in the template
}

var compiled = sync.OnceValue(func() [][]*regexp.Regexp {
	all := make([][]*regexp.Regexp, len(speakers))
	for i, s := range speakers {
		for _, saying := range s.says {
			all[i] = append(all[i], compile(saying.template))
		}
	}
	return all
})

var hole = regexp.MustCompile(`\{[a-z]+\}`)

// compile makes a regular expression of a template.
func compile(template string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString("(?i)")
	end := 0
	for _, at := range hole.FindAllStringIndex(template, -1) {
		name := template[at[0]+1 : at[1]-1]
		b.WriteString(regexp.QuoteMeta(template[end:at[0]]))
		pattern := `[^'"]*?`
		switch rest := template[at[1]:]; {
		case rest == "":
			pattern = `[^\s'"]+`
		case rest[0] != '\'' && rest[0] != '"' && name != "kind":
			pattern = `\S+?`
		}
		b.WriteString("(?P<" + name + ">" + pattern + ")")
		end = at[1]
	}
	b.WriteString(regexp.QuoteMeta(template[end:]))
	return regexp.MustCompile(b.String())
}

// hear finds out what a pasted text says; ok is false when it is unknown.
func hear(pasted string) (h heard, ok bool) {
	normal := normalize(pasted)
	for i := range speakers {
		for j, re := range compiled()[i] {
			found := re.FindStringSubmatch(normal)
			if found == nil {
				continue
			}
			h = heard{speakers[i].says[j], &speakers[i], map[string]string{}}
			for k, name := range re.SubexpNames() {
				if name != "" {
					h.parts[name] = strings.TrimRight(found[k], ".,:;)")
				}
			}
			h.addContext(normal)
			return h, true
		}
	}
	return h, false
}

// normalize makes one line of what a console may have wrapped, with one kind of
// quotes.
func normalize(pasted string) string {
	pasted = strings.NewReplacer("‘", "'", "’", "'", "`", "'", "“", `"`, "”", `"`).Replace(pasted)
	return strings.Join(strings.Fields(pasted), " ")
}

// contexts are where the texts name the request, the most certain first.
var contexts = sync.OnceValue(func() []*regexp.Regexp {
	return []*regexp.Regexp{
		regexp.MustCompile(`Access to \S.{0,40}? at '(?P<url>[^']+)' (?:\(redirected from '(?P<from>[^']+)'\) )?from origin '(?P<origin>[^']+)'`),
		regexp.MustCompile(`reading the remote resource at '?(?P<url>[^\s']+?)'?\.? ?(?:soon\. )?\(Reason`),
		regexp.MustCompile(`Origin (?P<origin>\S+) is not allowed by Access-Control-Allow-Origin`),
		regexp.MustCompile(`cannot load (?P<url>\S+?)\.? due to access control checks`),
		regexp.MustCompile(`\b(?P<method>GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (?P<url>https?://\S+)`),
		regexp.MustCompile(`Status code: (?P<status>\d{3})`),
		regexp.MustCompile(`ERR_FAILED (?P<status>\d{3})`),
	}
})

// addContext takes what the text around says of the request.
func (h *heard) addContext(normal string) {
	for _, re := range contexts() {
		found := re.FindStringSubmatch(normal)
		if found == nil {
			continue
		}
		for k, name := range re.SubexpNames() {
			if name != "" && h.parts[name] == "" {
				h.parts[name] = strings.TrimRight(found[k], ".,:;)")
			}
		}
	}
	if h.parts["from"] != "" { // what was asked for, before it redirected
		h.parts["url"], h.parts["redirected"] = h.parts["from"], h.parts["url"]
	}
}
