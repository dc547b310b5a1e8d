package settled_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

// Settings that teams really have draw no complaint, but for those of which the
// file says so.
func TestSoundSettings(t *testing.T) {
	files, err := filepath.Glob("testdata/sound/*.toml")
	if err != nil || len(files) < 25 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".toml"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			f, err := settings.Parse(file, data, settings.Options{})
			if err != nil {
				t.Fatal(err)
			}
			p, _ := django().Setup(f)
			for head, deploy := range map[string]bool{"\n# want:": false, "\n# --deploy:": true} {
				_, rest, found := strings.Cut(string(data), head)
				want, _, _ := strings.Cut(rest, "\n")
				got := []string{}
				ms, _ := p.Silence(p.Check(settled.Selection{Deploy: deploy}))
				for _, m := range ms {
					got = append(got, m.ID)
				}
				if diff := cmp.Diff(strings.Fields(want), got); diff != "" || !found {
					t.Errorf("%s -want +got:\n%s%v", strings.TrimSpace(head), diff, ms)
				}
			}
			site, err := p.Start(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := site.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// django are corsheaders and apps with the middleware of Django and others, each
// app by the name of what it brings.
func django() *settled.Registry {
	var r settled.Registry
	r.Register("corsheaders", corsheaders.NewApp)
	for _, name := range []string{"rest_framework", "shop"} {
		r.Register(name, func() settled.App { return plain{} })
	}
	r.Register("django.csrf", stock.Apps()["django.middleware.csrf"])
	const session, auth = "django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware"
	for name, app := range map[string]plain{
		"django.contrib.sessions": {links: []string{session}, is: middleware.Varies},
		"django.contrib.auth":     {links: []string{auth}, after: []string{session}},
		"django.contrib.messages": {links: []string{"django.contrib.messages.middleware.MessageMiddleware"}, after: []string{session}},
		"whitenoise":              {links: []string{"whitenoise.middleware.WhiteNoiseMiddleware"}, is: middleware.Static},
		"allauth.account":         {links: []string{"allauth.account.middleware.AccountMiddleware"}, after: []string{auth}},
		"axes":                    {links: []string{"axes.middleware.AxesMiddleware"}, is: middleware.Authenticates},
		"debug_toolbar":           {links: []string{"debug_toolbar.middleware.DebugToolbarMiddleware"}, is: middleware.ChangesBody},
		"csp":                     {links: []string{"csp.middleware.CSPMiddleware"}},
		"django_prometheus":       {links: []string{"django_prometheus.middleware.PrometheusBeforeMiddleware", "django_prometheus.middleware.PrometheusAfterMiddleware"}},
		"django_ratelimit":        {links: []string{"django_ratelimit.middleware.RatelimitMiddleware"}, is: middleware.RateLimit},
		"simple_history":          {links: []string{"simple_history.middleware.HistoryRequestMiddleware"}, after: []string{auth}},
		"django_otp":              {links: []string{"django_otp.middleware.OTPMiddleware"}, after: []string{auth}},
	} {
		r.Register(name, func() settled.App { return app })
	}
	for link, is := range map[string]middleware.Kind{
		"django.middleware.security.SecurityMiddleware":          middleware.HTTPS | middleware.Redirects,
		"django.middleware.common.CommonMiddleware":              middleware.Redirects | middleware.HostCheck,
		"django.middleware.clickjacking.XFrameOptionsMiddleware": 0,
		"django.middleware.gzip.GZipMiddleware":                  middleware.Compresses | middleware.Varies,
		"django.middleware.http.ConditionalGetMiddleware":        middleware.Conditional,
		"django.middleware.locale.LocaleMiddleware":              middleware.Varies | middleware.Redirects,
		"django.middleware.cache.UpdateCacheMiddleware":          middleware.Caches,
		"django.middleware.cache.FetchFromCacheMiddleware":       middleware.Answers,
	} {
		r.RegisterBuiltin(link, func() settled.App { return plain{links: []string{link}, is: is} })
	}
	return &r
}
