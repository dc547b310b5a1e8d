package settled_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/settledtest"
)

// startprojects is the list of Django's startproject, of 3.2, 4.2, 5.2 and 6.0 alike,
// without what needs sessions.
var startprojects = []string{
	"django.middleware.security.SecurityMiddleware",
	"django.middleware.common.CommonMiddleware",
	"django.middleware.csrf.CsrfViewMiddleware",
	"django.middleware.clickjacking.XFrameOptionsMiddleware",
}

// A costed is a MIDDLEWARE list, and how many allocations it may add to a request. The
// budget of startproject's list is 6, and 2 microseconds.
type costed struct {
	name   string
	list   []string
	allocs float64
}

var costs = []costed{
	{"none", nil, 0},
	{"corsheaders.middleware.CorsMiddleware", nil, 1},
	{"django.middleware.security.SecurityMiddleware", nil, 1},
	{"django.middleware.common.CommonMiddleware", nil, 1},
	{"django.middleware.csrf.CsrfViewMiddleware", nil, 1},
	{"django.middleware.clickjacking.XFrameOptionsMiddleware", nil, 1},
	{"django.middleware.csp.ContentSecurityPolicyMiddleware", nil, 2},
	{"django.middleware.http.ConditionalGetMiddleware", nil, 4},
	{"django.middleware.gzip.GZipMiddleware", nil, 1},
	{"whitenoise.middleware.WhiteNoiseMiddleware", nil, 0},
	{"settled.middleware.real_ip.RealIPMiddleware", nil, 0},
	{"settled.middleware.request_id.RequestIDMiddleware", nil, 3},
	{"settled.middleware.access_log.AccessLogMiddleware", nil, 4},
	{"settled.middleware.timeout.TimeoutMiddleware", nil, 11},
	{"settled.middleware.body_limit.BodyLimitMiddleware", nil, 0},
	{"the list of startproject", startprojects, 2},
	{"the list of startproject, with CORS", append([]string{"corsheaders.middleware.CorsMiddleware"}, startprojects...), 3},
	{"the list, with CORS, GZip, ConditionalGet and CSP", []string{
		"corsheaders.middleware.CorsMiddleware",
		"django.middleware.security.SecurityMiddleware",
		"django.middleware.gzip.GZipMiddleware",
		"django.middleware.http.ConditionalGetMiddleware",
		"django.middleware.common.CommonMiddleware",
		"django.middleware.csrf.CsrfViewMiddleware",
		"django.middleware.clickjacking.XFrameOptionsMiddleware",
		"django.middleware.csp.ContentSecurityPolicyMiddleware",
	}, 9},
}

// entries are the list, or the middleware of the name.
func (c costed) entries() []string {
	if c.list == nil && c.name != "none" {
		return []string{c.name}
	}
	return c.list
}

// serve is a request for a tiny response, through the list.
func (c costed) serve(t testing.TB) (serve func()) {
	more := fmt.Sprintf("ACCESS_LOG_FILE = %q\n", os.DevNull)
	installed := []string{"small"}
	if slices.Contains(c.entries(), "corsheaders.middleware.CorsMiddleware") {
		installed, more = append(installed, "corsheaders"), more+"CORS_ALLOWED_ORIGINS = [\"https://a.example\"]\n"
	}
	quoted := func(all []string) string { return "[\"" + strings.Join(all, "\", \"") + "\"]" }
	list := "[]"
	if len(c.entries()) > 0 {
		list = quoted(c.entries())
	}
	apps := settledtest.Apps{"small": func() settled.App { return small{} }, "corsheaders": corsheaders.NewApp}.WithBuiltin(stock.Apps())
	p, found := settledtest.Setup(t, apps, fmt.Sprintf("ALLOWED_HOSTS = [\"www.example.com\"]\nINSTALLED_APPS = %s\nMIDDLEWARE = %s\n%s", quoted(installed), list, more))
	if len(found) > 0 {
		t.Fatal(found)
	}
	site, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { site.Close() })
	r, err := http.NewRequest("GET", "http://www.example.com/plain", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://a.example")
	w, h := reused{http.Header{}}, site.Handler()
	return func() {
		clear(w.header)
		h.ServeHTTP(w, r)
	}
}

// BenchmarkMiddleware is what a request for a tiny response costs: through a site without
// middleware, with each one alone, and with the list of Django's startproject.
func BenchmarkMiddleware(b *testing.B) {
	for _, c := range costs {
		serve := c.serve(b)
		b.Run(c.name[strings.LastIndexByte(c.name, '.')+1:], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				serve()
			}
		})
	}
}
