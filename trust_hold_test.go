package settled_test

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
)

// covered are the paths with CORS.
func (c *trial) covered() []string {
	return slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return !c.covers(path) })
}

// probes are origins of all sorts.
func (c *trial) probes() []string {
	var origins []string
	hosts := []string{"app.example.com"}
	for _, w := range c.wishes {
		if _, host, ok := strings.Cut(w.meant, "://"); ok && host != "" {
			hosts = append(hosts, strings.Split(host, ":")[0])
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	for _, g := range c.regexes {
		origins = append(origins, samples(g.pattern, r, 40)...)
		hosts = append(hosts, g.own...)
	}
	for _, host := range slices.Compact(hosts) {
		origins = append(origins, lookAlikes(host)...)
	}
	return origins
}

const here = "site.example"

func (c *trial) keepsStrangersOut() {
	c.Helper()
	var own []string
	for _, g := range c.regexes {
		own = append(own, g.own...)
	}
	for _, path := range append(c.covered(), "/nowhere/")[:1] {
		for _, origin := range c.probes() {
			listed := slices.ContainsFunc(c.wishes, func(w wish) bool { return w.meant == origin })
			_, rest, _ := strings.Cut(origin, "://")
			impossible := strings.ContainsAny(rest, "@/?#\\ *")
			if listed || !impossible && !isStranger(origin, own) {
				continue
			}
			for _, h := range []http.Header{ask(c.handler, path, origin, here), ask(c.handler, path, origin, here, "POST", "content-type")} {
				if h.Get("Access-Control-Allow-Credentials") != "" || !c.all && lets(h, origin) {
					c.errorf("%q is let in at %s: %v", origin, path, h)
					return
				}
			}
		}
	}
}

func (c *trial) letsFriendsIn() {
	c.Helper()
	for _, w := range c.wishes {
		if c.all {
			continue // W111 says that the list does nothing
		}
		if w.meant == "" {
			c.errorf("nothing is said about %q", w.written)
			continue
		}
		c.letsIn(w.meant)
	}
	for _, g := range c.regexes {
		path := c.covered()
		if len(path) == 0 {
			continue // that nothing is matched behind any scheme takes long to prove
		}
		origins := slices.Concat(c.friends(g), samples(g.pattern, rand.New(rand.NewPCG(5, 5)), 500))
		if !slices.ContainsFunc(origins, func(origin string) bool { return lets(ask(c.handler, path[0], origin, here), origin) }) {
			c.errorf("%q lets nobody in", g.pattern)
		}
	}
}

// friends are those that the author of a regex may mean.
func (c *trial) friends(g grown) (origins []string) {
	for _, host := range slices.Concat(g.own, g.hosts) {
		for _, before := range []string{"", "www.", "app.", "a.b.", "shop."} {
			for _, port := range []string{"", ":3000", ":80", ":443", ":8443"} {
				origins = append(origins, "https://"+before+host+port, "http://"+before+host+port)
			}
		}
	}
	return origins
}

// letsIn holds that an origin gets all that the settings grant, whatever
// becomes of its request.
func (c *trial) letsIn(origin string) {
	c.Helper()
	for _, path := range paths {
		for _, host := range []string{here, "other.example"} {
			simple := ask(c.handler, path, origin, host)
			if !c.covers(path) {
				if simple.Get("Access-Control-Allow-Origin") != "" {
					c.errorf("%s has CORS at %s: %v", origin, path, simple)
				}
				continue
			}
			preflight := ask(c.handler, path, origin, host, append([]string{"PUT"}, c.headers...)...)
			for _, h := range []http.Header{simple, preflight} {
				if !lets(h, origin) || c.credentials != (h.Get("Access-Control-Allow-Credentials") == "true") || !names(strings.Join(h["Vary"], ","), "origin", true) {
					c.errorf("%s at %s%s: %v", origin, host, path, h)
				}
			}
			for _, method := range c.methods {
				if !names(preflight.Get("Access-Control-Allow-Methods"), method, false) {
					c.errorf("%s may not send %s: %v", origin, method, preflight)
				}
			}
			for _, name := range c.headers {
				if !names(preflight.Get("Access-Control-Allow-Headers"), name, true) {
					c.errorf("%s may not send %s: %v", origin, name, preflight)
				}
			}
		}
	}
}
