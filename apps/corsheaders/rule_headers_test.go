package corsheaders_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// What is wrong with one entry: its id, the part that is to blame, what a text
// has to hold, and what --fix does.
type entryCase struct {
	list      []string // the last entry is judged
	id        string   // "" is nothing
	span      [2]int
	text      string
	hint, fix string
}

func judge(t *testing.T, setting string, set func(*corsheaders.Settings, []string), tests []entryCase) {
	for _, tt := range tests {
		t.Run(strings.Join(tt.list, "|"), func(t *testing.T) {
			s := corsheaders.Defaults()
			set(&s, tt.list)
			ms := settings.Validate(s)
			if tt.id == "" {
				if len(ms) > 0 {
					t.Errorf("got %v, want nothing", ms)
				}
				return
			}
			if len(ms) != 1 {
				t.Fatalf("got %v, want %s", ms, tt.id)
			}
			m, on := ms[0], checks.Path(setting).Index(len(tt.list)-1)
			if m.ID != tt.id || m.Setting != on || m.Span != tt.span || m.Class != checks.Finding {
				t.Errorf("got %s on %s %v of class %v, want %s on %s %v", m.ID, m.Setting, m.Span, m.Class, tt.id, on, tt.span)
			}
			if !strings.Contains(m.Text, tt.text) || !strings.Contains(m.Hint, tt.hint) || !strings.Contains(m.Text, setting) || m.Hint == "" {
				t.Errorf("got %q, hint %q, want %q, hint %q", m.Text, m.Hint, tt.text, tt.hint)
			}
			var fix string
			for _, e := range m.Fixes {
				fix += map[checks.Action]string{checks.Replace: "replace ", checks.Remove: "remove"}[e.Do] + e.Text
			}
			if fix != tt.fix {
				t.Errorf("got fix %q, want %q", fix, tt.fix)
			}
		})
	}
}

func TestMethods(t *testing.T) {
	const token, upper = "corsheaders.E151", "corsheaders.E152"
	whole := [2]int{}
	judge(t, "CORS_ALLOW_METHODS", func(s *corsheaders.Settings, list []string) { s.AllowMethods = list }, []entryCase{
		{list: []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}},
		{list: []string{"PROPFIND", "M-SEARCH", "*", "x!#$%&'*+-.^_`|~", "X"}},
		{list: []string{"get", "head", "Post"}}, // need no entry at all
		{list: []string{"PATCH", "patch", "DELETE", "delete"}},
		{list: []string{"poke", "Poke"}}, // nobody knows what that is
		{list: nil},

		{[]string{"GET", "TRACE"}, token, whole, "let no script send a TRACE request", "take it out", ""},
		{[]string{"connect"}, token, whole, "CONNECT", "take it out", ""},
		{[]string{"Track"}, token, whole, "TRACK", "take it out", ""},
		{[]string{""}, token, whole, "stands for none", "take it out", ""},
		{[]string{" , "}, token, whole, "stands for none", "take it out", ""},
		{[]string{"GET, POST"}, token, whole, "only browsers take", "an entry for each: 'GET', 'POST'", ""},
		{[]string{"GET,"}, token, whole, "only browsers read it", "'GET'", ""},
		{[]string{" GET"}, token, whole, "only browsers read it", "'GET'", ""},
		{[]string{"GET POST"}, token, [2]int{3, 4}, "refuse every preflighted", "an entry for each: 'GET', 'POST'", ""},
		{[]string{"GET;"}, token, [2]int{3, 4}, "refuse every preflighted", "write 'GET'", ""},
		{[]string{"PÜT"}, token, [2]int{1, 3}, "refuse every preflighted", "of letters", ""},
		{[]string{"P\xffT"}, token, [2]int{1, 2}, "refuse every preflighted", "of letters", ""},

		{[]string{"GET", "patch"}, upper, whole, "refuse PATCH requests", "'PATCH'", "replace PATCH"},
		{[]string{"Patch"}, upper, whole, "refuse PATCH requests", "'PATCH'", "replace PATCH"},
		{[]string{"propfind"}, upper, whole, "refuse PROPFIND requests", "'PROPFIND'", "replace PROPFIND"},
		{[]string{"delete"}, upper, whole, "browsers send DELETE, so that it never matches", "'DELETE'", "replace DELETE"},
		{[]string{"put"}, upper, whole, "browsers send PUT, so that it never matches", "'PUT'", "replace PUT"},
		{[]string{"options"}, upper, whole, "never matches", "'OPTIONS'", "replace OPTIONS"},
	})
}

func TestRequestHeaders(t *testing.T) {
	const forbidden, response, token = "corsheaders.W153", "corsheaders.E154", "corsheaders.E157"
	whole := [2]int{}
	judge(t, "CORS_ALLOW_HEADERS", func(s *corsheaders.Settings, list []string) { s.AllowHeaders = list }, []entryCase{
		{list: corsheaders.Defaults().AllowHeaders},
		{list: []string{"Accept", "X-Forwarded-For", "Authorization", "user-agent", "proxy", "secret", "x-http-method-override", "hosts", "accept-language", "*"}},
		{list: nil},

		{[]string{"accept", "Cookie"}, forbidden, whole, "never ask for it", "CORS_ALLOW_CREDENTIALS", "remove"},
		{[]string{"host"}, forbidden, whole, "never ask for it", "take it out", "remove"},
		{[]string{"accept-encoding"}, forbidden, whole, "", "", "remove"},
		{[]string{"DNT"}, forbidden, whole, "", "", "remove"},
		{[]string{"origin"}, forbidden, whole, "", "", "remove"},
		{[]string{"Sec-Fetch-Site"}, forbidden, whole, "", "", "remove"},
		{[]string{"proxy-authorization"}, forbidden, whole, "", "", "remove"},
		{[]string{"access-control-request-headers"}, forbidden, whole, "", "", "remove"},
		{[]string{"set-cookie"}, forbidden, whole, "", "", "remove"},

		{[]string{"Access-Control-Allow-Origin"}, response, whole, "is one of responses", "take it out", ""},
		{[]string{"access-control-max-age"}, response, whole, "is one of responses", "take it out", ""},

		{[]string{"Content-Type:"}, token, [2]int{12, 13}, "refuse every preflighted", "write 'Content-Type'", ""},
		{[]string{"x-token", "content type"}, token, [2]int{7, 8}, "Access-Control-Allow-Headers", "write 'content-type', or an entry for each: 'content', 'type'", ""},
		{[]string{"accept, content-type"}, token, whole, "only browsers take", "'accept', 'content-type'", ""},
		{[]string{""}, token, whole, "stands for none", "take it out", ""},
		{[]string{"x/y"}, token, [2]int{1, 2}, "refuse every", "of letters", ""},
		{[]string{"X-Api-Key: hunter2"}, token, [2]int{9, 10}, "'X-Api-Key: ...' in", "write 'X-Api-Key'", ""},
		{[]string{"x-trace=hunter2, b"}, token, [2]int{7, 8}, "'x-trace= ...' in", "write 'x-trace'", ""},
	})
}

func TestResponseHeaders(t *testing.T) {
	const forbidden, always, token = "corsheaders.W156", "corsheaders.I156", "corsheaders.E157"
	whole := [2]int{}
	judge(t, "CORS_EXPOSE_HEADERS", func(s *corsheaders.Settings, list []string) { s.ExposeHeaders = list }, []entryCase{
		{list: []string{"etag", "Link", "X-Total-Count", "Content-Disposition", "content-encoding", "location", "date", "*"}},
		{list: nil},
		{[]string{"etag", "Set-Cookie"}, forbidden, whole, "keep it from every script", "take it out", ""},
		{[]string{"set-cookie2"}, forbidden, whole, "", "", ""},
		{[]string{"Content-Type"}, always, whole, "scripts can always read it", "take it out", ""},
		{[]string{"content-length"}, always, whole, "", "", ""},
		{[]string{"pragma"}, always, whole, "", "", ""},
		{[]string{"x-a, x-b"}, token, whole, "only browsers take", "'x-a', 'x-b'", ""},
		{[]string{"x a"}, token, [2]int{1, 2}, "expose none", "", ""},
	})
}

// Levels are those of the ids.
func TestHeaderLevels(t *testing.T) {
	s := corsheaders.Defaults()
	s.AllowMethods, s.AllowHeaders = []string{"TRACE", "patch"}, []string{"host", "access-control-allow-origin", ""}
	s.ExposeHeaders = []string{"set-cookie", "pragma"}
	levels := map[string]checks.Level{}
	for _, m := range settings.Validate(s) {
		levels[m.ID] = m.Level
	}
	want := map[string]checks.Level{
		"corsheaders.E151": checks.Error, "corsheaders.E152": checks.Error, "corsheaders.W153": checks.Warning, "corsheaders.E154": checks.Error,
		"corsheaders.E157": checks.Error, "corsheaders.W156": checks.Warning, "corsheaders.I156": checks.Info,
	}
	if diff := cmp.Diff(want, levels); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if !slices.ContainsFunc(settings.Validate(s), func(m checks.Message) bool { return len(m.Fixes) == 1 && m.Fixes[0].Do == checks.Remove }) {
		t.Error("nothing is removed")
	}
}
