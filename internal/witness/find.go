package witness

// schemes are those that strangers have pages of: anybody can have a website,
// and make a browser extension. What has another scheme is an app, which says
// itself what its pages are. The order is that in which witnesses are looked for.
var schemes = []string{"https", "http", "chrome-extension", "moz-extension", "safari-web-extension"}

// appSchemes are those that pages of no website are seen with.
var appSchemes = []string{"app", "capacitor", "chrome-extension", "ionic", "moz-extension", "safari-web-extension", "tauri"}

// any decides whether a goal has an origin at all.
func (j *judge) any(g goal) (origin string, decided bool) {
	for _, scheme := range schemes {
		g.scheme = scheme
		if w, decided := j.search(g); w != "" || !decided {
			return w, decided
		}
	}
	return "", true
}

var (
	evilSite   = newTails([]string{"evil.example"}, nil)
	commonTops = newTails([]string{"com", "net", "org"}, nil)
)

// find is the origin that shows a finding best, or "" if there is none: the
// shortest of those that look like a stranger's, else the shortest. known is
// an origin of the goal if there is one already.
func (j *judge) find(g goal, known string) string {
	if known == "" {
		known, _ = j.any(g)
	}
	if known == "" {
		return ""
	}
	g.scheme, _, _ = cutLast(known, "://")
	g.strict = true
	for _, look := range []func(*goal) bool{
		func(g *goal) bool { g.inside = evilSite; return true },
		func(g *goal) bool { g.inside, g.evil = commonTops, true; return true },
		func(g *goal) bool { g.evil = true; return false },
		func(g *goal) bool { g.inside = commonTops; return true },
		func(g *goal) bool { return false },
	} {
		try := g
		if changesInside := look(&try); changesInside && g.inside != nil {
			continue
		}
		if w, _ := j.search(try); w != "" {
			return w
		}
	}
	return known
}
