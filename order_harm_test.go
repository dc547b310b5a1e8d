package settled_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settledtest"
)

// A harm is what a rule about the order prevents.
type harm struct {
	name         string
	right, wrong string // lists, by short names
	id           string // what check says of the wrong one
	covers       []kindPair
	// ask sends requests and says what goes wrong, "" for nothing.
	ask func(h http.Handler) string
}

// A kindPair is a rule: the first kind goes outside the second one.
type kindPair struct{ outer, inner middleware.Kind }

// full are the names of those that Settled has.
var full = map[string]string{
	"cors":   "corsheaders.middleware.CorsMiddleware",
	"secure": "django.middleware.security.SecurityMiddleware",
	"gzip":   "django.middleware.gzip.GZipMiddleware",
	"etags":  "django.middleware.http.ConditionalGetMiddleware",
	"common": "django.middleware.common.CommonMiddleware",
	"csrf":   "django.middleware.csrf.CsrfViewMiddleware",
	"frames": "django.middleware.clickjacking.XFrameOptionsMiddleware",
}

// Each rule about the order prevents a harm: with the real middleware, or a small one of
// its kind where Settled has none, a request goes wrong in the wrong order, and right in
// the right one; and check has a word for the wrong one alone.
func TestOrderHarms(t *testing.T) {
	for _, x := range harms {
		t.Run(x.name, func(t *testing.T) {
			project := x.project(t, x.right)
			site, err := project.Start(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer site.Close()
			if found := aboutOrder(project); len(found) > 0 {
				t.Errorf("%s: check says %v", x.right, found)
			}
			if what := x.ask(site.Handler()); what != "" {
				t.Errorf("%s: %s", x.right, what)
			}
			project = x.project(t, x.wrong)
			if found := aboutOrder(project); len(found) != 1 || found[0].ID != x.id {
				t.Errorf("%s: check says %v, want one %s", x.wrong, found, x.id)
			}
			if x.ask(misplaced(t, project)) == "" {
				t.Errorf("%s: nothing goes wrong", x.wrong)
			}
		})
	}
}

// misplaced is the handler of a site, whose start the order may forbid: then, its chain
// around its routes alone.
func misplaced(t *testing.T, p *settled.Project) http.Handler {
	if site, err := p.Start(t.Context()); err == nil {
		t.Cleanup(func() { site.Close() })
		return site.Handler()
	}
	h, err := middleware.Chain(p.Chain()).Wrap(http.HandlerFunc(harmed), func(w http.ResponseWriter, _ *http.Request, _ any, _ []byte, committed bool) {
		if !committed {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func aboutOrder(p *settled.Project) checks.Messages {
	return slices.DeleteFunc(p.Check(settled.Selection{}), func(m checks.Message) bool { return !strings.HasPrefix(m.ID, "middleware.") })
}

// harmApp brings a stand-in, or the routes.
type harmApp struct {
	name string
	is   standIn
}

func (harmApp) Settings() any { return nil }

func (a harmApp) Middleware() []middleware.Link {
	if a.is.build == nil {
		return nil
	}
	return []middleware.Link{{Name: a.name, Traits: a.is.traits, New: func() (middleware.Func, error) { return a.is.build(), nil }}}
}

func (a harmApp) Routes() []settled.Route {
	if a.name != "routes" {
		return nil
	}
	return []settled.Route{settled.Path("/{rest...}", harmed, "")}
}

func (x harm) project(t *testing.T, list string) *settled.Project {
	t.Helper()
	apps := settledtest.Apps{"corsheaders": corsheaders.NewApp, "app_routes": func() settled.App { return harmApp{name: "routes"} }}.WithBuiltin(stock.Apps())
	names, entries, settings := []string{`"app_routes"`}, []string{}, ""
	for name := range strings.FieldsSeq(list) {
		if real, ok := full[name]; ok {
			entries = append(entries, `"`+real+`"`)
			switch name {
			case "cors":
				names, settings = append(names, `"corsheaders"`), "CORS_ALLOWED_ORIGINS = [\"https://shop.example\"]\n"
			case "secure":
				settings = "SECURE_SSL_REDIRECT = true\n"
			}
			continue
		}
		is, ok := standIns[name]
		if !ok {
			t.Fatalf("there is no %s", name)
		}
		apps["app_"+name] = func() settled.App { return harmApp{name, is} }
		names, entries = append(names, `"app_`+name+`"`), append(entries, `"`+name+`"`)
	}
	p, found := settledtest.Setup(t, apps, "DEBUG = false\nALLOWED_HOSTS = [\"example.com\", \"www.example.com\"]\nINSTALLED_APPS = ["+strings.Join(names, ", ")+"]\nMIDDLEWARE = ["+
		strings.Join(entries, ", ")+"]\n"+settings)
	if found = slices.DeleteFunc(found, func(m checks.Message) bool { return strings.HasPrefix(m.ID, "middleware.") }); len(found) > 0 {
		t.Fatal(found)
	}
	return p
}

// Every rule has its harm: whatever two kinds check has an opinion on are in one.
func TestOrderRulesHaveHarms(t *testing.T) {
	covered := map[kindPair]bool{}
	ids := map[string]bool{}
	for _, x := range harms {
		ids[x.id] = true
		for _, pair := range x.covers {
			covered[pair] = true
		}
	}
	for _, pair := range rulesOfCheck(t) {
		if !covered[pair] {
			t.Errorf("no harm shows why %q goes outside %q", pair.outer, pair.inner)
		}
		delete(covered, pair)
	}
	for pair := range covered {
		t.Errorf("there is no rule that %q goes outside %q", pair.outer, pair.inner)
	}
	for _, id := range []string{"middleware.E001", "middleware.E006", "middleware.W001"} {
		if !ids[id] {
			t.Errorf("no harm shows what %s is for", id)
		}
	}
}

// rulesOfCheck asks check about each two kinds. That every kind goes outside a last resort,
// and CORS outside all, is one rule each.
func rulesOfCheck(t *testing.T) (rules []kindPair) {
	const last = middleware.Logs
	for outer := middleware.Kind(1); outer <= last; outer <<= 1 {
		for inner := middleware.Kind(1); inner <= last; inner <<= 1 {
			switch {
			case outer == inner || outer == middleware.CORS || inner == middleware.CORS || inner == middleware.LastResort && outer != middleware.Answers:
				continue
			}
			if !isFine(t, inner, outer) {
				rules = append(rules, kindPair{outer, inner})
			}
		}
	}
	return rules
}

// isFine says whether check has nothing against two kinds in this order.
func isFine(t *testing.T, kinds ...middleware.Kind) bool {
	apps, names, entries := settledtest.Apps{}, []string{}, []string{}
	for _, kind := range kinds {
		name := strings.ReplaceAll(kind.String(), " ", "_")
		apps[name] = func() settled.App {
			return harmApp{name, standIn{middleware.Traits{Is: kind}, func() middleware.Func { return func(h http.Handler) http.Handler { return h } }}}
		}
		names, entries = append(names, `"`+name+`"`), append(entries, `"`+name+`"`)
	}
	p, _ := settledtest.Setup(t, apps, "DEBUG = true\nINSTALLED_APPS = ["+strings.Join(names, ", ")+"]\nMIDDLEWARE = ["+strings.Join(entries, ", ")+"]\n")
	return len(aboutOrder(p)) == 0
}

// get asks for a path; header are names and values.
func get(h http.Handler, target string, header ...string) *httptest.ResponseRecorder {
	return send(h, "GET", target, header...)
}

func send(h http.Handler, method, target string, header ...string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(method, target, nil)
	r.Host = "example.com"
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
		r.Header.Set(header[i], header[i+1])
	}
	h.ServeHTTP(w, r)
	return w
}

// One mistake has one reason: a more general rule says nothing where a more exact one does.
func TestOrderOneReason(t *testing.T) {
	const whitenoise, gzip = "whitenoise.middleware.WhiteNoiseMiddleware", "django.middleware.gzip.GZipMiddleware"
	const log, timeout = "settled.middleware.access_log.AccessLogMiddleware", "settled.middleware.timeout.TimeoutMiddleware"
	for _, tt := range []struct{ outer, inner, reason string }{
		{gzip, whitenoise, "anew for each request"}, // and not that it varies
		{timeout, log, "not the 503"},               // and not that it answers
	} {
		p, _ := settledtest.Setup(t, settledtest.Apps{}.WithBuiltin(stock.Apps()), "ALLOWED_HOSTS = [\"*\"]\nINSTALLED_APPS = []\nMIDDLEWARE = [\""+tt.outer+"\", \""+tt.inner+"\"]\n")
		found := aboutOrder(p)
		if len(found) != 1 || found[0].ID != "middleware.W001" || strings.Contains(found[0].Text, "; ") || !strings.Contains(found[0].Text, tt.reason) {
			t.Errorf("%s outside %s: %v, want the one reason %q", tt.outer, tt.inner, found, tt.reason)
		}
	}
}
