package settled_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
)

var (
	saysIn    = regexp.MustCompile(`lets in '([^']+)'|[Oo]rigin '([^']+)' is let in`)
	saysOut   = regexp.MustCompile(`and '([^']+)' is not: the same page`)
	position  = regexp.MustCompile(`\[(\d+)\]$`)
	saysWrite = regexp.MustCompile(`^write '([^']+)'$`)
	saysRegex = regexp.MustCompile(`= \['([^']+)'\]$`)
)

// holdWhoGetsIn asks the site about each origin of which a message says that it
// is let in.
func (c *trial) holdWhoGetsIn() (claims int) {
	path := c.covered()
	if len(path) == 0 {
		return 0
	}
	in := func(origin string) bool { return lets(ask(c.handler, path[0], origin, here), origin) }
	for _, m := range c.found {
		if says := saysIn.FindStringSubmatch(m.Text); says != nil {
			claims++
			if origin := says[1] + says[2]; !in(origin) {
				c.errorf("%s: %s is not let in", m.ID, origin)
			}
		}
		if says := saysOut.FindStringSubmatch(m.Text); says != nil && in(says[1]) {
			c.errorf("%s: %s is let in", m.ID, says[1])
		}
		if m.ID == "corsheaders.W109" && slices.ContainsFunc(c.probes(), in) {
			c.errorf("%s: somebody is let in", m.ID)
		}
		credentials := ask(c.handler, path[0], "https://app.example.com", here).Get("Access-Control-Allow-Credentials")
		if strings.Contains(m.Text, "with credentials") && credentials != "" && !c.credentials {
			c.errorf("%s: there are no credentials", m.ID)
		}
	}
	return claims
}

// index is the element of a list that a message is about.
func index(m checks.Message) int {
	i := -1
	if digits := position.FindStringSubmatch(string(m.Setting)); digits != nil {
		for i = 0; len(digits[1]) > 0; digits[1] = digits[1][1:] {
			i = i*10 + int(digits[1][0]-'0')
		}
	}
	return i
}

// isAbout says whether a message is about an element of the list of origins, or
// else of regexes.
func isAbout(m checks.Message, list string) bool {
	name := m.Setting.Name()
	return index(m) >= 0 && (name == list || name == oldNames[list])
}

// holdUseless holds that what is said to do nothing does nothing.
func (c *trial) holdUseless() {
	for _, m := range c.found {
		switch {
		case isAbout(m, "CORS_ALLOWED_ORIGINS") && strings.Contains(m.Text, "never matches"):
			if w := c.wishes[index(m)]; w.written == w.meant {
				c.errorf("%s: %s is what browsers send", m.ID, w.written)
			}
		case m.ID == "corsheaders.E136":
			g := c.regexes[index(m)]
			for _, origin := range slices.Concat(samples(g.pattern, rand.New(rand.NewPCG(3, 3)), 60), c.friends(g)) {
				if _, sent := webHost(origin); sent && matchesFrom(g.pattern, origin) {
					c.errorf("%s: %s matches %q", m.ID, origin, g.pattern)
				}
			}
		case m.ID == "corsheaders.E135":
			if len(c.covered()) > 0 {
				c.errorf("%s: %v have CORS", m.ID, c.covered())
			}
		}
	}
}

// matchesFrom says whether a regex of Python's matches a text from its start.
func matchesFrom(pattern, text string) bool {
	re, err := regexp.Compile(`\A(?:` + strings.ReplaceAll(pattern, `\Z`, `\z`) + `)`)
	return err == nil && re.MatchString(text)
}

// mend does what the messages advise, and holds that this helps.
func (c *trial) mend() bool {
	next := *c.plan
	next.wishes, next.regexes = slices.Clone(c.wishes), slices.Clone(c.regexes)
	mended := false
	for _, m := range c.found {
		i := index(m)
		switch m.ID {
		case "corsheaders.E014", "corsheaders.E114", "corsheaders.E115", "corsheaders.E116":
			write := saysWrite.FindStringSubmatch(m.Hint)
			if write == nil || c.wishes[i].meant == "" {
				continue
			}
			if write[1] != c.wishes[i].meant {
				c.errorf("%s: %s, and %q is what browsers send", m.ID, m.Hint, c.wishes[i].meant)
			}
			next.wishes[i].written, mended = write[1], true
		case "corsheaders.E117":
			if says := saysRegex.FindStringSubmatch(m.Hint); says != nil {
				c.holdStar(m, c.wishes[i].written, says[1])
			}
		case "corsheaders.E132", "corsheaders.W133":
			if len(m.Fixes) == 1 {
				next.regexes[i].pattern, mended = m.Fixes[0].Text, true
			}
		}
	}
	if !mended {
		return false
	}
	c.holdMended(&next)
	return true
}

// holdMended holds that what was advised is not found any more, and that whom
// the author means is still let in.
func (c *trial) holdMended(p *plan) {
	after := &trial{T: c.T, plan: p, dice: c.dice, text: p.write(&dice{data: []byte(strings.Repeat("\x00", 200))})}
	after.setUp()
	for _, m := range after.found {
		i := index(m)
		again := isAbout(m, "CORS_ALLOWED_ORIGINS") && m.Level == checks.Error && c.wishes[i].written != p.wishes[i].written && p.wishes[i].meant == p.wishes[i].written &&
			strings.Contains(m.Text, "never matches")
		if again || isAbout(m, "CORS_ALLOWED_ORIGIN_REGEXES") && c.regexes[i].pattern != p.regexes[i].pattern && m.ID == "corsheaders.E131" {
			after.errorf("after what was advised: %s", m.Text)
		}
	}
	if path := after.covered(); after.handler != nil && c.handler != nil && len(path) > 0 && !c.all {
		for i, w := range p.wishes {
			if w.written != c.wishes[i].written && !lets(ask(after.handler, path[0], w.meant, here), w.meant) {
				after.errorf("after what was advised %s is still kept out", w.meant)
			}
		}
		for i, g := range p.regexes {
			for _, origin := range c.friends(g) {
				dots := strings.Count(g.pattern, `\.`) - strings.Count(c.regexes[i].pattern, `\.`) // one may have stood for a slash
				if _, sent := webHost(origin); sent && dots == 0 && matchesFrom(c.regexes[i].pattern, origin) && strings.Count(origin, ":") == 1 && !strings.Contains(g.pattern, "||") && !strings.Contains(c.regexes[i].pattern, "www.") && g.pattern != c.regexes[i].pattern &&
					lets(ask(c.handler, path[0], origin, here), origin) && !lets(ask(after.handler, path[0], origin, here), origin) {
					after.errorf("%q instead of %q keeps out %s", g.pattern, c.regexes[i].pattern, origin)
				}
			}
		}
	}
}

// holdStar holds that the regex that is offered for a wildcard lets in what its
// author means, and draws no complaint but that a local host is a local host.
func (c *trial) holdStar(m checks.Message, written, regex string) {
	p := *c.plan
	p.all, p.credentials, p.wishes, p.urls = false, true, nil, ""
	p.links = []string{corsLink}
	p.regexes = []grown{{pattern: regex, own: []string{strings.Split(strings.TrimPrefix(written[strings.Index(written, "://")+3:], "*."), ":")[0]}}}
	after := &trial{T: c.T, plan: &p, dice: c.dice, text: p.write(&dice{data: []byte(strings.Repeat("\x00", 200))})}
	after.setUp()
	for _, found := range after.found {
		if isAbout(found, "CORS_ALLOWED_ORIGIN_REGEXES") && found.Level >= checks.Warning && found.ID != "corsheaders.W106" && strings.HasPrefix(written, "https") {
			after.errorf("the regex offered for %s: %s", written, found.Text)
		}
	}
	if after.handler == nil {
		after.errorf("the regex offered for %s is refused", written)
		return
	}
	after.keepsStrangersOut()
	for _, label := range []string{"a", "a-1", "xn--mnchen-3ya"} {
		origin := strings.ReplaceAll(strings.Replace(written, "*", label, 1), ":*", ":3000")
		if !strings.Contains(written, "://*") {
			origin = strings.ReplaceAll(written, ":*", ":3000")
		}
		if h := ask(after.handler, "/ok/", origin, here); !lets(h, origin) {
			after.errorf("the regex offered for %s does not let in %s", written, origin)
		}
	}
}
