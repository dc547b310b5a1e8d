package corsheaders_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settledtest"
)

// about is the messages with an id.
func about(t *testing.T, id, toml string) checks.Messages {
	t.Helper()
	p, _ := settledtest.Setup(t, settledtest.Apps{"corsheaders": corsheaders.NewApp}, `
INSTALLED_APPS = ["corsheaders"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]
`+toml)
	return p.Check(settled.Selection{Deploy: true}).Select(func(m checks.Message) bool { return m.ID == "corsheaders."+id })
}

// What explains a message stands above it.
func TestFollows(t *testing.T) {
	const everyone = "CORS_ALLOW_ALL_ORIGINS = true\nCORS_ALLOWED_ORIGINS = [\"https://a.example\"]" + with
	for _, tt := range []struct {
		id, settings string
		want         checks.Cause
	}{
		{"W108", everyone, checks.Cause{ID: "corsheaders.E101"}},
		{"W111", everyone, checks.Cause{ID: "corsheaders.E101"}},
		{"I110", `CORS_ALLOWED_ORIGINS = ["https://a.example", "http://localhost:1"]`, checks.Cause{ID: "corsheaders.W106", Setting: "CORS_ALLOWED_ORIGINS[1]"}},
	} {
		if ms := about(t, tt.id, tt.settings); len(ms) != 1 || ms[0].Because != tt.want {
			t.Errorf("%s: %+v", tt.id, ms)
		}
	}
}

// Of two entries the first one stays, and of three as well.
func TestDuplicates(t *testing.T) {
	ms := about(t, "I120", `CORS_ALLOWED_ORIGINS = ["https://a.example", "https://a.example", "https://b.example.com", "https://a.example"]
CORS_ALLOWED_ORIGIN_REGEXES = ['^https://[a-z]\.example\.com$']`)
	type needless struct{ on, because checks.Path }
	var got []needless
	for _, m := range ms {
		if diff := cmp.Diff([]checks.Edit{{Do: checks.Remove, Setting: m.Setting}}, m.Fixes, cmp.FilterPath(
			func(p cmp.Path) bool { return p.Last().String() == ".Changes" }, cmp.Ignore())); diff != "" {
			t.Errorf("%s: %s", m.Setting, diff)
		}
		got = append(got, needless{m.Setting, m.Related[0].Setting})
	}
	want := []needless{
		{"CORS_ALLOWED_ORIGINS[1]", "CORS_ALLOWED_ORIGINS[0]"},
		{"CORS_ALLOWED_ORIGINS[2]", "CORS_ALLOWED_ORIGIN_REGEXES[0]"},
		{"CORS_ALLOWED_ORIGINS[3]", "CORS_ALLOWED_ORIGINS[0]"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(needless{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// An encrypted origin that is listed already is not offered.
func TestEncryptedIsListed(t *testing.T) {
	ms := about(t, "E104", `CORS_ALLOWED_ORIGINS = ["http://a.example", "https://a.example", "http://b.example", "http://a.example:8080"]`+with)
	if len(ms) != 3 || ms[2].Hint != "serve its pages over HTTPS only and list that origin, which has another port" || ms[0].Hint != "take it out: 'https://a.example' is listed too" ||
		ms[1].Hint != "serve its pages over HTTPS only and write 'https://b.example'" {
		t.Errorf("%+v", ms)
	}
}

// Long lists are looked through once: a regex is asked about some origins, and
// an origin held against some regexes.
func TestAskingHasAnEnd(t *testing.T) {
	var ports, patterns strings.Builder
	for i := range 300 {
		fmt.Fprintf(&ports, "%q,", fmt.Sprintf("http://localhost:%d", 1000+i))
		fmt.Fprintf(&patterns, `'^https://a%d\.example\.com$',`, i)
	}
	toml := "CORS_ALLOWED_ORIGIN_REGEXES = [" + patterns.String() + "]\n"
	if n := len(about(t, "I110", toml+"CORS_ALLOWED_ORIGINS = ["+ports.String()+"]")); n < 20 || n > 100 {
		t.Errorf("%d of 300 origins were held against 300 regexes", n)
	}
	same := "CORS_ALLOWED_ORIGIN_REGEXES = [" + strings.ReplaceAll(patterns.String(), `^https://a`, `^https://[a-z]+`) + "]\n"
	first, last := about(t, "I120", same+`CORS_ALLOWED_ORIGINS = ["https://x0.example.com"]`), about(t, "I120", same+`CORS_ALLOWED_ORIGINS = ["https://x299.example.com"]`)
	if len(first) != 1 || len(last) != 0 {
		t.Errorf("covered by the first: %v, by the last: %v", first, last)
	}
}

// All regexes share a budget, so that many large ones take no longer than some.
func TestJudgingHasAnEnd(t *testing.T) {
	large := strings.Repeat(`'^https://.{1,900}\.example\.com$',`, 50)
	if n := len(about(t, "I136", "CORS_ALLOWED_ORIGIN_REGEXES = ["+large+`'^https://example\.com$']`)); n != 51 {
		t.Errorf("%d of 51 regexes are too large for what is left", n)
	}
}

// A regex with a control character is reported for that alone.
func TestControlAlone(t *testing.T) {
	p, _ := settledtest.Setup(t, settledtest.Apps{"corsheaders": corsheaders.NewApp}, `
DEBUG = true
INSTALLED_APPS = ["corsheaders"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]
CORS_ALLOWED_ORIGIN_REGEXES = ["^https://.*(\b)?example"]`)
	if ms := p.Check(settled.Selection{}); len(ms) != 1 || ms[0].ID != "settings.E011" {
		t.Errorf("got %v", ms)
	}
}
