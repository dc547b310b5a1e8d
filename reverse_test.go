package settled_test

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/settledtest"
)

// pollsRoutes have all that a pattern can have.
var pollsRoutes = map[string][]string{
	"polls": {
		"index: GET /{$}",
		"detail: GET /{id}/", "detail: POST /{id}/",
		"all: GET /all/",
		"choice: GET /choices/{id}/{choice}",
		"file: GET /files/{path...}",
		"search: GET /search/by/{a}", "search: GET /search/{$}", "search: GET /search/by/{b}/and/{c}",
		"later: GET /first/{x}", "later: GET /second/{y}",
		"ümlaut b: GET /a b/ü%2fx/100%/{id}",
		"a:b: GET /colon",
		": GET /unnamed/",
	},
	"blog": {"post: /posts/{slug}"},
}

func pollsSite(t testing.TB, urls string) *settled.Site {
	return settledtest.Start(t, routedApps(pollsRoutes), "DEBUG = true\nINSTALLED_APPS = [\"polls\", \"blog\"]\n"+urls)
}

func args(values ...any) []any { return values }

func TestReverse(t *testing.T) {
	site := pollsSite(t, "[URLS]\n\"/polls/\" = \"polls\"\n")
	for _, tt := range []struct {
		name string
		args []any
		want string
	}{
		{"polls:index", nil, "/polls/"},
		{"polls:all", nil, "/polls/all/"},
		{"polls:detail", args(5), "/polls/5/"},
		{"polls:detail", args(int64(-5)), "/polls/-5/"},
		{"polls:detail", args(uint8(5)), "/polls/5/"},
		{"polls:detail", args(1.5), "/polls/1.5/"},
		{"polls:detail", args(true), "/polls/true/"},
		{"polls:detail", args("a/b"), "/polls/a%2Fb/"},
		{"polls:detail", args("a b?c#d%"), "/polls/a%20b%3Fc%23d%25/"},
		{"polls:detail", args("ü"), "/polls/%C3%BC/"},
		{"polls:detail", args([]byte("x\x00\xff")), "/polls/x%00%FF/"},
		{"polls:detail", args("..."), "/polls/.../"},
		{"polls:detail", args(errors.New("a Stringer or an error")), "/polls/a%20Stringer%20or%20an%20error/"},
		{"polls:choice", args(5, "yes"), "/polls/choices/5/yes"},
		{"polls:choice", args(settled.Kwargs{"choice": "yes", "id": 5}), "/polls/choices/5/yes"},
		{"polls:index", args(settled.Kwargs{}), "/polls/"},
		{"polls:file", args("a/b c/d"), "/polls/files/a/b%20c/d"},
		{"polls:file", args(""), "/polls/files/"},
		{"polls:file", args("a/"), "/polls/files/a/"},
		{"polls:file", args("a:b@c"), "/polls/files/a:b@c"},
		{"polls:search", nil, "/polls/search/"},
		{"polls:search", args(1), "/polls/search/by/1"},
		{"polls:search", args(1, 2), "/polls/search/by/1/and/2"},
		{"polls:search", args(settled.Kwargs{"c": 2, "b": 1}), "/polls/search/by/1/and/2"},
		{"polls:later", args(1), "/polls/second/1"},
		{"polls:later", args(settled.Kwargs{"x": 1}), "/polls/first/1"},
		{"polls:ümlaut b", args(1), "/polls/a%20b/%C3%BC%2Fx/100%25/1"},
		{"polls:a:b", nil, "/polls/colon"},
		{"blog:post", args("hello"), "/posts/hello"},
	} {
		if got, err := site.Reverse(tt.name, tt.args...); got != tt.want || err != nil {
			t.Errorf("Reverse(%q, %v) = %q, %v, want %q", tt.name, tt.args, got, err, tt.want)
		}
	}
}

func TestNoReverseMatch(t *testing.T) {
	site := pollsSite(t, "[URLS]\n\"/polls/\" = \"polls\"\n")
	for _, tt := range []struct {
		name string
		args []any
		want string
	}{
		{"detail", nil, `Reverse for "detail" not found: a name begins with the app's; did you mean "polls:detail"?`},
		{"nothing", nil, `Reverse for "nothing" not found: a name begins with the app's, as in "polls:detail"; manage showurls lists them`},
		{"", nil, `Reverse for "" not found: a name begins with the app's, as in "polls:detail"; manage showurls lists them`},
		{"polls:", nil, `Reverse for "polls:" not found: app "polls" has no route of that name, but "a:b", "all", "choice", "detail", "file", "index", "later", "search", "ümlaut b"`},
		{"pools:detail", nil, `Reverse for "pools:detail" not found: "pools" is no installed app with named routes; did you mean "polls"?`},
		{"entirely:detail", nil, `Reverse for "entirely:detail" not found: "entirely" is no installed app with named routes; manage showurls lists them`},
		{"polls:detial", args(5), `Reverse for "polls:detial" not found: app "polls" has no route of that name; did you mean "polls:detail"?`},
		{"polls:choice", nil, `Reverse for "polls:choice" with no arguments not found: 1 pattern tried: "GET /polls/choices/{id}/{choice}" takes 2`},
		{"polls:index", args(5, "a\nb"), `Reverse for "polls:index" with arguments (5, "a\nb") not found: 1 pattern tried: "GET /polls/{$}" takes none`},
		{"polls:index", args(settled.Kwargs{"id": 1}), `Reverse for "polls:index" with arguments (id=1) not found: 1 pattern tried: "GET /polls/{$}" takes none`},
		{"polls:choice", args(settled.Kwargs{"id": 5, "chioce": "a"}),
			`Reverse for "polls:choice" with arguments (chioce="a", id=5) not found: 1 pattern tried: "GET /polls/choices/{id}/{choice}" takes "id", "choice"`},
		{"polls:choice", args(5, settled.Kwargs{"choice": "a"}), `Reverse for "polls:choice" with arguments (5, choice="a") not found: values and Kwargs can't be mixed`},
		{"polls:later", args(), `Reverse for "polls:later" with no arguments not found: 2 patterns tried: "GET /polls/second/{y}" takes 1; "GET /polls/first/{x}" takes 1`},
		{"polls:choice", args(5, ""), `Reverse for "polls:choice" with arguments (5, "") not found: 1 pattern tried: "GET /polls/choices/{id}/{choice}" can't have "" for {choice}: it would be no part of the path`},
		{"polls:choice", args(5, "/"), `Reverse for "polls:choice" with arguments (5, "/") not found: 1 pattern tried: "GET /polls/choices/{id}/{choice}" can't have "/" for {choice}: it would be no part of the path`},
		{"polls:choice", args("..", 1), `Reverse for "polls:choice" with arguments ("..", 1) not found: 1 pattern tried: "GET /polls/choices/{id}/{choice}" can't have ".." for {id}: it would be no part of the path`},
		{"polls:choice", args(nil, 1), `Reverse for "polls:choice" with arguments (<nil>, 1) not found: 1 pattern tried: "GET /polls/choices/{id}/{choice}" can't have <nil> for {id}: it would be no part of the path`},
		{"polls:file", args("a/../b"), `Reverse for "polls:file" with arguments ("a/../b") not found: 1 pattern tried: "GET /polls/files/{path...}" can't have "a/../b" for {path...}: no part between its slashes may be empty, "." or ".."`},
		{"polls:file", args("/a"), `Reverse for "polls:file" with arguments ("/a") not found: 1 pattern tried: "GET /polls/files/{path...}" can't have "/a" for {path...}: no part between its slashes may be empty, "." or ".."`},
		{"polls:file", args("a//"), `Reverse for "polls:file" with arguments ("a//") not found: 1 pattern tried: "GET /polls/files/{path...}" can't have "a//" for {path...}: no part between its slashes may be empty, "." or ".."`},
	} {
		got, err := site.Reverse(tt.name, tt.args...)
		if noMatch := (*settled.NoReverseMatch)(nil); !errors.As(err, &noMatch) || noMatch.Name != tt.name || got != "" {
			t.Errorf("Reverse(%q, %v) = %q, %v", tt.name, tt.args, got, err)
		} else if err.Error() != tt.want {
			t.Errorf("Reverse(%q, %v):\n got %s\nwant %s", tt.name, tt.args, err, tt.want)
		}
	}
	if _, err := settled.Reverse(t.Context(), "polls:index"); err == nil || !strings.Contains(err.Error(), "context of a request") {
		t.Errorf("without a site: %v", err)
	}
}

// finder answers with what Reverse finds for the name in the query.
type finder struct{ bare }

func (finder) Routes() []settled.Route {
	find := func(w http.ResponseWriter, r *http.Request) {
		var values []any
		for _, v := range r.URL.Query()["arg"] {
			values = append(values, v)
		}
		path, err := settled.Reverse(r.Context(), r.URL.Query().Get("name"), values...)
		fmt.Fprint(w, path, err, r.PathValue("team"))
	}
	return []settled.Route{settled.Path("/find/{$}", find, "find"), settled.Path("/found/{id}", find, "found")}
}

// Where an app is mounted several times, Reverse stays where the request came in.
func TestReverseByMount(t *testing.T) {
	apps := settledtest.Apps{"a": func() settled.App { return finder{} }, "b": func() settled.App { return finder{} }}
	site := settledtest.Start(t, apps, `
		DEBUG = true
		INSTALLED_APPS = ["a", "b"]
		[URLS]
		"/z/" = "a"
		"/" = "a"
		"/teams/{team}/x/" = "a"
		"/b/" = "b"`)
	for _, tt := range []struct{ url, want string }{
		{"/z/find/?name=a:find", "/z/find/<nil>"},
		{"/find/?name=a:find", "/find/<nil>"},
		{"/b/find/?name=a:find", "/z/find/<nil>"},
		{"/b/find/?name=b:find", "/b/find/<nil>"},
		{"/z/find/?name=b:find", "/b/find/<nil>"},
		{"/teams/red/x/find/?name=a:find", "/teams/red/x/find/<nil>red"},
		{"/teams/re%2Fd%20/x/found/1?name=a:found&arg=7", "/teams/re%2Fd%20/x/found/7<nil>re/d "},
		{"/teams/red/x/found/1?name=a:found&arg=blue&arg=7", "/teams/blue/x/found/7<nil>red"},
		{"/z/find/?name=a:found&arg=blue&arg=7", "/teams/blue/x/found/7<nil>"},
		{"/teams/red/x/find/?name=b:found&arg=7", "/b/found/7<nil>red"},
	} {
		w := httptest.NewRecorder()
		site.Handler().ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+tt.url, nil))
		if w.Body.String() != tt.want {
			t.Errorf("%s: got %s, want %s", tt.url, w.Body, tt.want)
		}
	}
}

// Reverse is a function for templates as it is.
func TestReverseInTemplates(t *testing.T) {
	page := template.Must(template.New("").Funcs(template.FuncMap{"url": settled.Reverse}).
		Parse(`<a href="{{url .Context "a:found" "a/b&\""}}">`))
	var failed error
	app := routed{routes: []settled.Route{settled.Path("/found/{id}", func(w http.ResponseWriter, r *http.Request) { failed = page.Execute(w, r) }, "found")}}
	site := settledtest.Start(t, settledtest.Apps{"a": func() settled.App { return app }}, "DEBUG = true\nINSTALLED_APPS = [\"a\"]\n")
	w := httptest.NewRecorder()
	site.Handler().ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/found/1", nil))
	if want := `<a href="/found/a%2Fb&amp;%22">`; w.Body.String() != want || failed != nil {
		t.Errorf("got %s, %v, want %s", w.Body, failed, want)
	}
}
