package proxy_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/apps/proxy"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/settledtest"
)

var apps = settledtest.Apps{"corsheaders": corsheaders.NewApp, "proxy": proxy.NewApp, "shop": newShop}.WithBuiltin(stock.Apps())

// shop is an app of the project, which has some routes.
type shop struct{}

func newShop() settled.App { return shop{} }

func (shop) Settings() any { return nil }

func (shop) Routes() []settled.Route {
	say := func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, "shop %s %s", r.Method, r.URL.Path) }
	return []settled.Route{
		settled.Path("GET /things/{id}", say, "thing"),
		settled.Path("/polls/", say, "polls"),
		settled.Path("GET /moved/{$}", say, "moved"),
		settled.Path("/exact", say, "exact"),
	}
}

// behind starts a server to pass requests on to.
func behind(t testing.TB, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// front starts a site in front, from further settings and the tables of routes. With
// DEBUG on, it is for requests to 127.0.0.1.
func front(t testing.TB, toml string) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(site(t, toml))
	t.Cleanup(s.Close)
	return s
}

func site(t testing.TB, toml string) http.Handler {
	t.Helper()
	if !strings.Contains(toml, "INSTALLED_APPS") {
		toml = "INSTALLED_APPS = [\"proxy\"]\n" + toml
	}
	if !strings.Contains(toml, "DEBUG") {
		toml = "DEBUG = true\n" + toml
	}
	return settledtest.Start(t, apps, toml).Handler()
}

// route is a table of PROXY_ROUTES; more are further lines of it.
func route(path, upstream string, more ...string) string {
	return fmt.Sprintf("[[PROXY_ROUTES]]\npath = %q\nupstream = %q\n%s\n", path, upstream, strings.Join(more, "\n"))
}

// get asks for a URL. Redirects are not followed.
func get(t testing.TB, url string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest("GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return do(t, r, header...)
}

// do sends a request with headers, in pairs.
func do(t testing.TB, r *http.Request, header ...string) (*http.Response, string) {
	t.Helper()
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	res, err := plain.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

var plain = &http.Transport{DisableCompression: true, DisableKeepAlives: true}

var settledSelection settled.Selection

// greedy takes all GET requests.
type greedy struct{ shop }

func newGreedy() settled.App { return greedy{} }

func (greedy) Routes() []settled.Route {
	return []settled.Route{settled.Path("GET /{rest...}", func(http.ResponseWriter, *http.Request) {}, "")}
}

type settledApp = settled.App
