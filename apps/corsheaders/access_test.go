package corsheaders_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settledtest"
)

// access is what the checks find in settings, each as id and setting.
func access(t *testing.T, toml string, deploy bool) (found []string) {
	t.Helper()
	p, _ := settledtest.Setup(t, settledtest.Apps{"corsheaders": corsheaders.NewApp}, `
INSTALLED_APPS = ["corsheaders"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]
ALLOWED_HOSTS = ["api.example.com"]
`+toml)
	for _, m := range p.Check(settled.Selection{Deploy: deploy}) {
		if m.Level == checks.Critical {
			t.Fatal(m)
		}
		if strings.HasPrefix(m.ID, "corsheaders.") {
			found = append(found, strings.TrimPrefix(m.ID, "corsheaders.")+strings.TrimPrefix(string(m.Setting), "CORS_ALLOWED_ORIGINS"))
		}
	}
	return found
}

const with = "\nCORS_ALLOW_CREDENTIALS = true"

func TestAccess(t *testing.T) {
	for _, tt := range []struct {
		name, settings  string
		develop, deploy []string
	}{
		{"websites", `CORS_ALLOWED_ORIGINS = ["https://app.example.com", "https://app.example.com:8443", "https://me.github.io", "https://my-app.vercel.app",
			"https://mskcode.netlify.app", "https://my-site.pages.dev", "https://x.herokuapp.com", "https://studio.apollographql.com", "https://8.8.8.8"]` + with, nil, nil},
		{"null", `CORS_ALLOWED_ORIGINS = ["https://a.example", "null"]`, []string{"W103[1]"}, []string{"W103[1]"}},
		{"null with credentials", `CORS_ALLOWED_ORIGINS = ["null"]` + with, []string{"E103[0]"}, []string{"E103[0]"}},
		{"no encryption", `CORS_ALLOWED_ORIGINS = ["http://a.example", "http://a.example:8080", "https://a.example", "http://8.8.8.8"]` + with,
			[]string{"W104[0]", "W104[1]", "W104[3]"}, []string{"E104[0]", "E104[1]", "E104[3]"}},
		{"no encryption, no credentials", `CORS_ALLOWED_ORIGINS = ["http://a.example"]`, nil, nil},
		{"no encryption needed", `CORS_ALLOWED_ORIGINS = ["http://localhost:3000", "http://127.0.0.1:3000", "http://127.0.0.2:1", "http://[::1]:3000", "http://app.localhost:3000", "http://0.0.0.0:8000"]` + with,
			nil, []string{"W106[0]", "W106[1]", "W106[2]", "W106[3]", "W106[4]", "W106[5]"}},
		{"private", `CORS_ALLOWED_ORIGINS = ["https://10.0.1.5", "https://192.168.0.7:3000", "https://172.16.0.1", "https://169.254.1.1", "https://100.64.0.1",
			"https://[fd00::1]", "https://[fe80::1]", "https://[::ffff:6440:1]", "https://react", "https://pc.local", "https://x.internal", "https://x.test", "https://nas.lan", "https://x.home.arpa"]` + with,
			nil, []string{"W106[0]", "W106[1]", "W106[2]", "W106[3]", "W106[4]", "W106[5]", "W106[6]", "W106[7]", "W106[8]", "W106[9]", "W106[10]", "W106[11]", "W106[12]", "W106[13]"}},
		{"private without encryption", `CORS_ALLOWED_ORIGINS = ["http://react:3000"]` + with, []string{"W104[0]"}, []string{"E104[0]", "W106[0]"}},
		{"public", `CORS_ALLOWED_ORIGINS = ["https://172.32.0.1", "https://[2606:4700::1111]", "https://localhost.example.com", "https://local", "https://internal.example", "https://11.0.0.1"]`,
			nil, []string{"W106[3]"}},
		{"sandboxes", `CORS_ALLOWED_ORIGINS = ["https://jsfiddle.net", "https://codepen.io", "https://abc12.csb.app", "https://x-y.stackblitz.io", "https://1a2b.ngrok-free.app",
			"https://abc.eu.ngrok.io", "https://funny-cat.loca.lt", "https://a-b-c.trycloudflare.com", "https://lv6xwh7d-3000.euw.devtunnels.ms", "https://storage.googleapis.com",
			"https://deploy-preview-7--mysite.netlify.app", "https://app-git-main-team.vercel.app", "https://1a2b3c4d.mysite.pages.dev"]` + with,
			[]string{"W107[0]", "W107[1]", "W107[2]", "W107[3]", "W107[4]", "W107[5]", "W107[6]", "W107[7]", "W107[8]", "W107[9]", "W107[10]", "W107[11]", "W107[12]"},
			[]string{"W107[0]", "W107[1]", "W107[2]", "W107[3]", "W107[4]", "W107[5]", "W107[6]", "W107[7]", "W107[8]", "W107[9]", "W107[10]", "W107[11]", "W107[12]"}},
		{"sandboxes without credentials", `CORS_ALLOWED_ORIGINS = ["https://jsfiddle.net", "https://1a2b.ngrok-free.app"]`, nil, nil},
		{"no sandboxes", `CORS_ALLOWED_ORIGINS = ["https://notjsfiddle.net", "https://jsfiddle.net.example", "https://ngrok.com", "https://mybucket.storage.googleapis.com", "https://digit-git.vercel.app"]` + with, nil, nil},
		{"everyone", `CORS_ALLOW_ALL_ORIGINS = true`, nil, []string{"W108CORS_ALLOW_ALL_ORIGINS"}},
		{"everyone, and lists", `CORS_ALLOW_ALL_ORIGINS = true
			CORS_ALLOWED_ORIGINS = ["null", "http://localhost:3000", "http://localhost:3000", "capacitor://localhost"]
			CORS_ALLOWED_ORIGIN_REGEXES = ['^https://a\.example$']`,
			[]string{"W111CORS_ALLOWED_ORIGIN_REGEXES", "W111"}, []string{"W108CORS_ALLOW_ALL_ORIGINS", "W111CORS_ALLOWED_ORIGIN_REGEXES", "W111"}},
		{"half of this machine", `CORS_ALLOWED_ORIGINS = ["http://localhost:3000", "http://127.0.0.1:8000", "https://localhost:8443"]`,
			[]string{"I110[0]", "I110[1]", "I110[2]"}, []string{"W106[0]", "W106[1]", "W106[2]", "I110[0]", "I110[1]", "I110[2]"}},
		{"all of this machine", `CORS_ALLOWED_ORIGINS = ["http://localhost:3000", "http://127.0.0.1:3000", "http://localhost", "http://127.0.0.1"]`, nil,
			[]string{"W106[0]", "W106[1]", "W106[2]", "W106[3]"}},
		{"all of this machine, by a regex", `CORS_ALLOWED_ORIGINS = ["http://localhost:3000"]
			CORS_ALLOWED_ORIGIN_REGEXES = ['^http://127\.0\.0\.1:3000$']`, nil, []string{"W106CORS_ALLOWED_ORIGIN_REGEXES[0]", "W106[0]"}},
		{"local regexes", `CORS_ALLOWED_ORIGIN_REGEXES = ['^http://(localhost|127\.0\.0\.1)(:\d+)?$', '^https://app\.example\.com$', '^http://([a-z]+\.)?corp\.internal$', '^http://[a-z]+\.corp\.internal$']`,
			nil, []string{"W106CORS_ALLOWED_ORIGIN_REGEXES[0]", "W106CORS_ALLOWED_ORIGIN_REGEXES[2]"}},
		{"an app on Android", `CORS_ALLOWED_ORIGINS = ["capacitor://localhost", "https://localhost", "http://localhost", "http://localhost:8100"]`,
			[]string{"I110[3]", "I121[0]"}, []string{"W106[3]", "I110[3]", "I121[0]"}},
		{"no app on Android", `CORS_ALLOWED_ORIGINS = ["https://localhost", "https://127.0.0.1"]`, nil, []string{"W106[0]", "W106[1]"}},
		{"an app, and this machine", `CORS_ALLOWED_ORIGINS = ["tauri://localhost", "http://tauri.localhost", "https://127.0.0.1"]`,
			[]string{"I121[0]"}, []string{"W106[2]", "I121[0]"}},
		{"twice", `CORS_ALLOWED_ORIGINS = ["https://a.example", "https://b.example", "https://a.example", "https://a.example"]`,
			[]string{"I120[2]", "I120[3]"}, []string{"I120[2]", "I120[3]"}},
		{"covered by a regex", `CORS_ALLOWED_ORIGINS = ["https://example.com", "https://b.example", "https://a.b.example.com", "https://example.com:8443", "https://9.9.9.9", "https://10.0.0.1:81"]
			CORS_ALLOWED_ORIGIN_REGEXES = ['^https://([a-z0-9-]+\.)*example\.com$', '^https://9\.9\.9\.9$', '^https://10\.0\.0\.1:81$']`,
			[]string{"I120[0]", "I120[2]", "I120[4]", "I120[5]"}, []string{"I120[0]", "I120[2]", "I120[4]", "I120[5]", "W106[5]"}},
		{"covered by the second regex for its host", `CORS_ALLOWED_ORIGINS = ["https://b.example.com"]
			CORS_ALLOWED_ORIGIN_REGEXES = ['^https://a\.example\.com$', '^https://[b-d]\.example\.com$']`, []string{"I120[0]"}, []string{"I120[0]"}},
		{"covered by a regex that has to change", `CORS_ALLOWED_ORIGINS = ["https://example.com"]
			CORS_ALLOWED_ORIGIN_REGEXES = ['^https://.*example\.com$', 'https://example\.com']`,
			[]string{"W102CORS_ALLOWED_ORIGIN_REGEXES[0]", "E132CORS_ALLOWED_ORIGIN_REGEXES[1]"}, []string{"W102CORS_ALLOWED_ORIGIN_REGEXES[0]", "E132CORS_ALLOWED_ORIGIN_REGEXES[1]"}},
		{"other schemes", `CORS_ALLOWED_ORIGINS = ["capacitor://localhost", "chrome-extension://abc", "file://", "wss://a.example"]` + with,
			[]string{"I121[0]", "I121[1]", "I121[2]", "I121[3]"}, []string{"I121[0]", "I121[1]", "I121[2]", "I121[3]"}},
		{"what never matches lets nobody in", `CORS_ALLOWED_ORIGINS = ["http://A.example", "http://localhost:3000/", "http://jsfiddle.net:80"]` + with,
			[]string{"E014[1]", "E115[2]", "E116[0]"}, []string{"E014[1]", "E115[2]", "E116[0]"}},
		{"old names", `CORS_ORIGIN_WHITELIST = ["http://a.example"]` + with, []string{"W104[0]", "W141CORS_ORIGIN_WHITELIST"}, []string{"E104[0]", "W141CORS_ORIGIN_WHITELIST"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(sorted(tt.develop), sorted(access(t, tt.settings, false))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if diff := cmp.Diff(sorted(tt.deploy), sorted(access(t, tt.settings, true))); diff != "" {
				t.Errorf("--deploy: -want +got:\n%s", diff)
			}
		})
	}
}

// A site in a private network is for the pages of that network.
func TestPrivateSites(t *testing.T) {
	for _, tt := range []struct {
		hosts string
		want  []string
	}{
		{`"api.example.com"`, []string{"W106", "W106", "W106"}},
		{`"api.corp.internal", "10.0.0.5", "localhost"`, []string{"W106"}},
		{`".corp.internal"`, []string{"W106"}},
		{`"api.corp.internal", "api.example.com"`, []string{"W106", "W106", "W106"}},
		{`"localhost"`, []string{"W106", "W106", "W106"}},
		{`"*"`, []string{"W106", "W106", "W106"}},
	} {
		p, _ := settledtest.Setup(t, settledtest.Apps{"corsheaders": corsheaders.NewApp}, `INSTALLED_APPS = ["corsheaders"]
			MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]
			CORS_ALLOWED_ORIGINS = ["http://intranet", "http://10.0.0.7:8080", "https://localhost"]
			ALLOWED_HOSTS = [`+tt.hosts+"]")
		if diff := cmp.Diff(tt.want, idsOf(p.Check(settled.Selection{Deploy: true}).AtLeast(checks.Warning))); diff != "" {
			t.Errorf("%s: -want +got:\n%s", tt.hosts, diff)
		}
	}
}

// sorted is a copy: the order of a report is the printer's business.
func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }
