package witness

import "strings"

// dropGlued leaves out tails that are there by mistake: in (www)?\.?example\.com
// and in (www)?example\.com nobody means wwwexample.com. The rest of such a tail
// is a tail too, and what stands before it is www, or is spelled with a dot
// behind it elsewhere.
func (n *names) dropGlued(spellings []string) {
	tails := map[string]bool{}
	for _, tail := range n.tails {
		tails[tail] = true
	}
	if len(tails) < 2 {
		return
	}
	dotted := map[string]bool{} // labels with the tails behind them
	for _, text := range spellings {
		host, _ := hostOf(text)
		for tail := host; ; {
			label, rest, found := strings.Cut(tail, ".")
			if !found {
				break
			}
			if tails[rest] {
				dotted[label+"."+rest] = true
			}
			tail = rest
		}
	}
	isGlued := func(tail string) bool {
		for i := 1; i < len(tail) && tail[i] != '.'; i++ {
			if rest := tail[i:]; tails[rest] && (tail[:i] == "www" || dotted[tail[:i]+"."+rest]) {
				return true
			}
		}
		return false
	}
	kept := n.tails[:0]
	for _, tail := range n.tails {
		if !isGlued(tail) {
			kept = append(kept, tail)
		}
	}
	n.tails = kept
}

// inSuffixes are what public suffixes begin with that are below a host which is
// none: s3.amazonaws.com, blob.core.windows.net, up.railway.app.
var inSuffixes = []string{"s3", "elb", "compute", "blob.core", "web.core", "blob", "web", "cloudapp", "up", "app", "eu", "us"}

// addSuffixes takes public suffixes below the tails. What is below them is
// not of whoever has the tail.
func (n *names) addSuffixes() {
	for _, tail := range n.tails {
		for _, label := range inSuffixes {
			below := label + "." + tail
			if suffix, managed := suffixIn(below); managed && suffix == below {
				n.suffixes = append(n.suffixes, below)
			}
		}
	}
}
