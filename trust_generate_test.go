package settled_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// dice decide what a generated file is like: by bytes as long as there are any,
// so that a fuzzer can steer, then at random.
type dice struct {
	data []byte
	*rand.Rand
	slip string // where the file that is being made may have slips: most have one kind
}

// slips says whether to make one, one time in n where there may be some.
func (d *dice) slips(where string, n int) bool {
	return (d.slip == where || d.slip == "everywhere") && d.once(n)
}

func (d *dice) under(n int) int {
	if len(d.data) == 0 {
		return d.IntN(n)
	}
	b := d.data[0]
	d.data = d.data[1:]
	return int(b) % n
}

// once is true one time in n.
func (d *dice) once(n int) bool { return d.under(n) == n-1 }

func (d *dice) of(texts ...string) string { return texts[d.under(len(texts))] }

// A wish is an entry of CORS_ALLOWED_ORIGINS and the origin that its author
// wants to let in: empty when no entry could do that.
type wish struct{ written, meant string }

// A grown is a regex with what its author has in mind: hosts, and
// the names that these and all below them are the author's by.
type grown struct {
	pattern    string
	own, hosts []string
}

// A settled file as its author thinks of it.
type plan struct {
	all, credentials bool
	wishes           []wish
	regexes          []grown
	methods, headers []string
	urls             string // a regex; empty leaves the setting out
	links            []string
	debug            bool
}

// A host with the name that is its owner's: whatever ends with that is no
// stranger's. Hosts of services have none when the name is left open.
type namedHost struct{ host, own string }

var namedHosts = []namedHost{
	{"app.example.com", "example.com"}, {"example.com", "example.com"}, {"example.org", "example.org"},
	{"shop.example.co.uk", "example.co.uk"}, {"my-shop.vercel.app", "my-shop.vercel.app"}, {"localhost", "localhost"},
	{"93.184.216.34", "93.184.216.34"}, {"xn--mnchen-3ya.de", "xn--mnchen-3ya.de"}, {"a-b.example.net", "example.net"},
	{"wiki.corp.internal", "internal"},
}

func (d *dice) host() namedHost { return namedHosts[d.under(len(namedHosts))] }

// wish is an entry, and one time in three one with a slip.
func (d *dice) wish() wish {
	host := d.host().host
	scheme := "https"
	if d.once(8) {
		scheme = "http"
	}
	port := d.of("", "", "", ":3000", ":8443")
	meant := scheme + "://" + host + port
	if !d.slips("origins", 2) {
		return wish{meant, meant}
	}
	standard := map[string]string{"https": ":443", "http": ":80"}[scheme]
	bare := scheme + "://" + host
	slips := []wish{
		{meant + "/", meant}, {meant + "/app", meant}, {meant + "?a=b", meant}, {meant + "#x", meant}, {strings.ToUpper(meant), meant},
		{strings.ToUpper(scheme) + "://" + host + port, meant}, {bare + standard, bare}, {bare + standard + "/", bare},
		{scheme + "://me@" + host + port, meant}, {" " + meant, meant}, {meant + " ", meant}, {bare + ":", bare}, {bare + ":03000", bare + ":3000"},
		{scheme + "://*." + host, ""}, {"*", ""}, {host, ""}, {scheme + ":/" + host, ""}, {meant + "," + meant, ""}, {meant + meant, ""},
		{bare + ":99999", ""}, {bare + ":port", ""}, {scheme + "://" + host + ":*", ""}, {scheme + "://-." + host + ":0", ""},
		{scheme + "://münchen.example.com", scheme + "://xn--mnchen-3ya.example.com"}, {"^" + scheme + "://" + host + "$", ""},
		{scheme + "://[::0001]:3000", scheme + "://[::1]:3000"}, {scheme + "://127.1:3000", scheme + "://127.0.0.1:3000"}, {"null", "null"}, {"file://", "file://"},
		{"capacitor://localhost", "capacitor://localhost"}, {scheme + "://exa mple.com", ""}, {meant + `\`, meant}, {"https://" + meant, ""},
	}
	return slips[d.under(len(slips))]
}

// regex is one as people write them.
func (d *dice) regex() grown {
	var g grown
	g.pattern = d.side(&g)
	if d.slips("regexes", 5) { // an alternation that keeps to its anchors, or not
		other := d.side(&g)
		g.pattern = d.of(g.pattern+"|"+other, "^("+strings.Trim(g.pattern, "^$")+"|"+strings.Trim(other, "^$")+")$")
	}
	if d.once(12) {
		g.pattern = "(?i)" + g.pattern
	}
	return g
}

// The parts of a regex: those before the bar are sound.
var (
	dots    = parts{[]string{`\.`, `\.`, `[.]`}, []string{"."}}
	starts  = parts{[]string{"^", "^", ""}, nil}
	schemes = parts{[]string{"https://"}, []string{"https?://", "(https|http)://", "http://", "http(s)?://", ".*://", "//", "", `\w+://`, "https:.."}}
	belows  = parts{
		[]string{"", "", `([a-z0-9-]+\.)*`, `([a-z0-9-]+\.)?`, `.*\.`, `.+\.`, `\w+\.`, `[^.]+\.`, `[^/]+\.`, `(www\.)?`, `(app|admin)\.`, `(?:[\w-]+\.){0,2}`},
		[]string{`.*`, `.+`, `[a-z]+`, `([a-z]+\.?)`, `[\w.-]*`, `(.*\.|)`, `.*.`, `\w*.`, `www.`},
	}
	openHosts = []string{`vercel\.app`, `com`, `co\.uk`, `github\.io`, `[a-z]+`, `.*`, `ngrok-free\.app`}
	ports     = parts{[]string{"", "", "", `(:\d+)?`, ":3000", `(:[0-9]{2,5})?`, `:\d{4}`}, []string{":443", ".*", `:.*`, `(:\d+)*`}}
	ends      = parts{[]string{"$", "$", "$", `\Z`, "/?$", `(?:$)`}, []string{"", `\b`, "/$", ".*$", `(/.*)?$`, "[^/]*$", "$|", "/"}}
)

type parts struct{ sound, rest []string }

// part is one of them, and one time in six a slip.
func (d *dice) part(p parts) string {
	if len(p.rest) > 0 && d.slips("regexes", 5) {
		return d.of(p.rest...)
	}
	return d.of(p.sound...)
}

func (d *dice) side(g *grown) string {
	before := len(g.own)
	h := d.host()
	host := strings.ReplaceAll(h.host, ".", d.part(dots))
	g.own, g.hosts = append(g.own, h.own), append(g.hosts, h.host)
	if d.once(4) {
		other := d.host()
		host = "(" + host + map[bool]string{false: "|", true: "||"}[d.slips("regexes", 4)] + strings.ReplaceAll(other.host, ".", `\.`) + ")"
		g.own, g.hosts = append(g.own, other.own), append(g.hosts, other.host)
	}
	below := d.part(belows)
	if d.slips("regexes", 8) { // a name that is left open below one that many share
		g.own = g.own[:before]
		below, host = d.of(`.*\.`, `[a-z0-9-]+\.`, `\w+\.`, ".*"), d.of(openHosts...)
	}
	return d.part(starts) + d.part(schemes) + below + host + d.part(ports) + d.part(ends)
}

func newPlan(d *dice) *plan {
	d.slip = d.of("origins", "origins", "regexes", "regexes", "rest", "", "everywhere")
	p := &plan{
		all: d.slips("rest", 6), credentials: !d.once(3), debug: d.once(2),
		methods: []string{"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"},
		headers: []string{"accept", "authorization", "content-type", "x-csrftoken"},
		links:   []string{corsLink},
		urls:    d.of("", "", "", "^/api/.*$", "/api/", "^/(api|ws)/", "^/api/ok/$", "^/API/", "/"),
	}
	if d.slips("rest", 6) {
		p.urls = d.of("api/", "^api/.*$")
	}
	for range d.under(4) {
		p.wishes = append(p.wishes, d.wish())
	}
	for range d.under(3) {
		p.regexes = append(p.regexes, d.regex())
	}
	if d.slips("rest", 2) {
		p.methods = append(p.methods, d.of("patch", "TRACE", "GET POST", "PROPFIND", "HEAD", "get", "*"))
	}
	if d.slips("rest", 2) {
		p.headers = append(p.headers, d.of("X-Tenant", "cookie", "x tenant", "x-a, x-b", "access-control-allow-origin", "*", ""))
	}
	for _, name := range []string{"redirects", "refuses", "slow", "breaks"} {
		if d.once(2) {
			p.links = append(p.links, name+".Middleware")
		}
	}
	if d.slips("rest", 4) {
		d.Shuffle(len(p.links), func(i, j int) { p.links[i], p.links[j] = p.links[j], p.links[i] })
	}
	return p
}

// texts are the settings one by one, as TOML.
func (p *plan) texts() map[string]string {
	var origins, regexes []string
	for _, w := range p.wishes {
		origins = append(origins, w.written)
	}
	for _, g := range p.regexes {
		regexes = append(regexes, g.pattern)
	}
	texts := map[string]string{
		"DEBUG": fmt.Sprint(p.debug), "ALLOWED_HOSTS": `["site.example"]`, "INSTALLED_APPS": `["corsheaders", "views"]`,
		"MIDDLEWARE": array(p.links), "CORS_ALLOWED_ORIGINS": array(origins), "CORS_ALLOWED_ORIGIN_REGEXES": array(regexes),
		"CORS_ALLOW_ALL_ORIGINS": fmt.Sprint(p.all), "CORS_ALLOW_CREDENTIALS": fmt.Sprint(p.credentials),
		"CORS_ALLOW_METHODS": array(p.methods), "CORS_ALLOW_HEADERS": array(p.headers),
	}
	if p.urls != "" {
		texts["CORS_URLS_REGEX"] = "'" + p.urls + "'"
	}
	return texts
}

func array(texts []string) string {
	if len(texts) == 0 {
		return "[]"
	}
	return "['" + strings.Join(texts, "', '") + "']"
}
