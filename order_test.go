package settled_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settledtest"
)

// Middleware with the traits of Django's, under names that no rule knows: an app
// each, by the name of its link.
var traits = map[string]middleware.Traits{
	"cors":      corsheaders.Traits,
	"security":  {Is: middleware.HTTPS | middleware.Redirects | middleware.Answers},
	"files":     {Is: middleware.Static | middleware.Answers},
	"store":     {Is: middleware.Caches | middleware.Answers},
	"gzip":      {Is: middleware.Compresses | middleware.Varies},
	"session":   {Is: middleware.Varies},
	"etags":     {Is: middleware.Conditional | middleware.Answers},
	"locale":    {Is: middleware.Varies | middleware.Redirects, After: []string{"session"}},
	"common":    {Is: middleware.Redirects | middleware.HostCheck | middleware.Answers},
	"csrf":      {Is: middleware.CSRF | middleware.Answers},
	"auth":      {After: []string{"session"}},
	"login":     {Is: middleware.Authenticates | middleware.LogsIn | middleware.Answers, After: []string{"session", "auth"}},
	"messages":  {After: []string{"session"}},
	"hosts":     {Is: middleware.HostCheck | middleware.Answers},
	"hurry":     {Is: middleware.Timeout | middleware.Answers},
	"minify":    {Is: middleware.ChangesBody},
	"plain":     {},
	"plain2":    {},
	"www":       {Is: middleware.Redirects | middleware.Answers},
	"limit":     {Is: middleware.RateLimit | middleware.Answers},
	"pages":     {Is: middleware.Answers},
	"thirdcors": {Is: middleware.CORS | middleware.Answers | middleware.Varies},
	"ids":       {Is: middleware.Identifies},
	"client":    {Is: middleware.FindsClient},
	"log":       {Is: middleware.Logs},
	"length":    {Is: middleware.SetsLength},
	"fetch":     {Is: middleware.FromCache | middleware.Answers},
	"flatpages": {Is: middleware.LastResort | middleware.Answers},
	"moved":     {Is: middleware.LastResort | middleware.Answers},
	// Two that each want to stand outside the other.
	"knot":  {Is: middleware.Compresses | middleware.ChangesBody},
	"knot2": {Is: middleware.Compresses | middleware.ChangesBody},
}

// traited is an app with one link.
type traited struct{ name string }

func (traited) Settings() any { return nil }

func (a traited) Middleware() []middleware.Link {
	links := plain{links: []string{a.name}}.Middleware()
	links[0].Traits = traits[a.name]
	return links
}

func orderProject(t *testing.T, list string) *settled.Project {
	apps := settledtest.Apps{}.WithBuiltin(stock.Apps())
	for name := range traits {
		apps["app_"+name] = func() settled.App { return traited{name} }
	}
	var names, entries []string
	for entry := range strings.FieldsSeq(list) {
		entries = append(entries, fmt.Sprintf("%q", entry))
		if app := fmt.Sprintf("%q", "app_"+entry); !slices.Contains(names, app) && apps["app_"+entry] != nil {
			names = append(names, app)
		}
	}
	p, _ := settledtest.Setup(t, apps, fmt.Sprintf("DEBUG = true\nINSTALLED_APPS = [%s]\nMIDDLEWARE = [%s]\n",
		strings.Join(names, ", "), strings.Join(entries, ", ")))
	return p
}

// The whole of Django's page "Middleware ordering", with CORS, WhiteNoise and
// others where they belong.
const inOrder = "cors ids client log security files store hurry gzip session etags locale common length csrf auth login messages minify fetch flatpages moved"

func TestOrder(t *testing.T) {
	for _, tt := range []struct{ list, want string }{
		{inOrder, ""},
		{"security session common csrf auth messages", ""}, // Django's startproject
		{"security files session common csrf auth messages", ""},
		{"plain plain2", ""}, {"plain2 plain", ""}, {"plain", ""}, {"", ""},
		{"knot knot2", ""}, {"knot2 knot", ""},
		{"hosts www", ""}, {"security hosts www", ""}, {"www common", ""}, {"common www", ""},
		{"gzip csrf minify", ""}, {"etags csrf", ""}, {"csrf etags", ""}, {"login plain csrf", "E006 0, E006 0, W001 2>0"},

		{"minify gzip", "W001 1>0"},
		{"csrf gzip", ""},
		{"etags gzip", "W001 1>0"},
		{"minify plain etags", "W001 2>0"},
		{"plain minify csrf gzip", "W001 3>1"},
		{"minify length", "W001 1>0"},
		{"fetch session", "W001 1>0"},
		{"gzip fetch", ""},
		{"log ids", "W001 1>0"},
		{"log client", "W001 1>0"},
		{"limit client", "W001 1>0"},
		{"hurry log", "W001 1>0"},
		{"common log", "W001 1>0"},
		{"files log", ""},
		{"flatpages common csrf", "W001 0>2"},
		{"common flatpages moved", ""},
		{"moved flatpages", ""},
		{"session files", "W001 1>0"},
		{"session store", "W001 1>0"},
		{"gzip store", "W001 1>0"},
		{"session auth login csrf", "W001 3>2"},
		{"common security", "W001 1>0"},
		{"files security", "W001 1>0"},
		{"csrf security", "W001 1>0"},
		{"www hosts", "W001 1>0"},
		{"gzip files", "W001 1>0"},
		{"hurry files", "W001 1>0"},
		{"security gzip files hurry", "W001 2>1"},

		{"auth session", "E006 0"},
		{"auth", "E006 0"},
		{"session login", "E006 1"},
		{"auth plain session messages", "E006 0"},
		{"auth typo", "E002 1"},
		{"typo auth session", "E002 0, E006 1"},
		{"auth django.middleware.locale.LocaleMiddleware", "E008 1, E006 0"},
		{"session session auth", "E003 1"},
		{"minify gzip gzip", "E003 2, W001 1>0"},
		{"thirdcors store", ""}, // CORS is first, whatever else it does
		{"auth auth session", "E003 1, E006 0"},

		{"django.middleware.csrf.CsrfViewMiddleware gzip", ""},
		{"django.middleware.locale.LocaleMiddleware store", "E008 0, W001 1>0"},                 // known by kind too
		{"django.middleware.cache.FetchFromCacheMiddleware locale", "E008 0, E006 1, W001 1>0"}, // known by kind too
		{"plain cors", "E001 0"},
		{"plain plain2 cors", "E001 0"},
		{"session auth cors", "E001 0"},

		// Reversed: everything follows from that.
		{"auth session cors", "I001 -, E001 0*, E006 0*"},
		{"minify etags gzip", "I001 -, W001 1>0*, W001 2>0*"},
		{"messages auth session", "E006 0, E006 1"}, // it is the session alone
		{"messages auth session plain cors", "I001 -, E001 0*, E006 0*, E006 1*"},
		{"cors minify etags gzip", "W001 2>1, W001 3>1"}, // CORS is where it has to be
		{"plain minify plain2 gzip cors", "I001 -, E001 0*, W001 3>1*"},
		{"auth session cors plain", "E001 0, E006 0"}, // CORS would not be first
		{"minify gzip session auth", "W001 1>0"},      // the session would come too late
		{"auth session messages", "E006 0"},
	} {
		t.Run(tt.list, func(t *testing.T) {
			var got []string
			for _, m := range orderProject(t, tt.list).Check(settled.Selection{}) {
				got = append(got, describe(m))
			}
			var want []string
			if tt.want != "" {
				want = strings.Split(tt.want, ", ")
			}
			slices.Sort(got)
			slices.Sort(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// describe is a message's id, the place that it is about, for W001 the place
// that it has to go above, and a * when it follows from a reversed list.
func describe(m checks.Message) string {
	place := strings.Trim(strings.TrimPrefix(string(m.Setting), "MIDDLEWARE"), "[]")
	text := strings.TrimPrefix(m.ID, "middleware.") + " " + place
	if place == "" {
		text += "-"
	}
	if m.ID == "middleware.W001" {
		text += ">" + strings.Trim(strings.TrimPrefix(string(m.Related[0].Setting), "MIDDLEWARE"), "[]")
	}
	if m.Because.ID != "" {
		text += "*"
	}
	return text
}

// The whole list turned round is one mistake.
func TestOrderReversed(t *testing.T) {
	list := strings.Fields(inOrder)
	slices.Reverse(list)
	ms := orderProject(t, strings.Join(list, " ")).Check(settled.Selection{})
	reversed := 0
	for _, m := range ms {
		switch {
		case m.ID == "middleware.I001":
			reversed++
		case m.Because != checks.Cause{ID: "middleware.I001", Setting: "MIDDLEWARE"}:
			t.Errorf("%v does not follow", m)
		}
	}
	if reversed != 1 || len(ms) < 10 {
		t.Errorf("got %d times I001 among %d messages", reversed, len(ms))
	}
}

// The CORS middleware can be moved by --fix.
func TestCORSFirstFix(t *testing.T) {
	for _, m := range orderProject(t, "plain session cors").Check(settled.Selection{}) {
		if m.ID == "middleware.E001" {
			if len(m.Fixes) != 1 || m.Fixes[0].Do != checks.Move || m.Fixes[0].To != 0 || !strings.HasSuffix(string(m.Fixes[0].Setting), "[2]") {
				t.Errorf("got fixes %+v", m.Fixes)
			}
			return
		}
	}
	t.Error("no middleware.E001")
}

// The list that Django's startproject writes, with the two that people add most,
// is understood, name by name, and its order is right.
func TestDjangosList(t *testing.T) {
	const list = "django.middleware.security.SecurityMiddleware whitenoise.middleware.WhiteNoiseMiddleware " +
		"django.contrib.sessions.middleware.SessionMiddleware django.middleware.locale.LocaleMiddleware " +
		"django.middleware.common.CommonMiddleware django.middleware.csrf.CsrfViewMiddleware " +
		"django.contrib.auth.middleware.AuthenticationMiddleware django.contrib.messages.middleware.MessageMiddleware " +
		"django.middleware.clickjacking.XFrameOptionsMiddleware"
	p := orderProject(t, list)
	for _, m := range p.Check(settled.Selection{}) {
		if m.ID == "whitenoise.W101" { // there is no STATIC_ROOT
			continue
		}
		if m.ID != "middleware.E008" || m.Class != checks.Finding || m.Hint == "" {
			t.Errorf("got %v", m)
		}
	}
	for _, name := range strings.Fields(list) {
		missing := slices.ContainsFunc([]string{"sessions", "auth", "messages", "locale"}, func(part string) bool { return strings.Contains("."+name, "."+part+".") })
		if built := slices.ContainsFunc(p.Chain(), func(l middleware.Link) bool { return l.Name == name }); built == missing {
			t.Errorf("%s: built is %v", name, built)
		}
	}
}
