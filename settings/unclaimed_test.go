package settings_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

type site struct {
	Debug   bool              `toml:"DEBUG"`
	Origins []string          `toml:"CORS_ALLOWED_ORIGINS" alias:"CORS_ORIGIN_WHITELIST"`
	URLs    map[string]string `toml:"URLS"`
	Servers map[string]server `toml:"SERVERS"`
	Rows    []server          `toml:"ROWS"`
	Logging any               `toml:"LOGGING"`
	Key     settings.Secret   `toml:"SECRET_KEY"`
	When    time.Time         `toml:"WHEN"`
	Model   settings.Removed  `toml:"CORS_MODEL" check:"app.E012"`
}

func TestUnclaimed(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"all known", "DEBUG = true\nCORS_ORIGIN_WHITELIST = ['x']\nSECRET_KEY = { env = 'DEBUG' }\n[URLS]\nblog = 'x'\n[LOGGING.x]\ny = 1", ""},
		{"unknown", "FOO_BAR = 1", "test.toml:1:1 FOO_BAR|no installed app has a setting FOO_BAR, so it does nothing (settings.E002)|take it out, or add its app to INSTALLED_APPS\n"},
		{"misspelt", "CORS_ALOWED_ORIGINS = 1", "test.toml:1:1 CORS_ALOWED_ORIGINS|no installed app has a setting CORS_ALOWED_ORIGINS, so it does nothing (settings.E002)|did you mean CORS_ALLOWED_ORIGINS?\n"},
		{"close to an old name", "CORS_ORIGINS_WHITELIST = 1", "test.toml:1:1 CORS_ORIGINS_WHITELIST|no installed app has a setting CORS_ORIGINS_WHITELIST, so it does nothing (settings.E002)|did you mean CORS_ALLOWED_ORIGINS?\n"},
		{"close to a removed one", "CORS_MODELS = 1", "test.toml:1:1 CORS_MODELS|no installed app has a setting CORS_MODELS, so it does nothing (settings.E002)|take it out, or add its app to INSTALLED_APPS\n"},
		{"in file order", "B_FOO = 1\nA_FOO = 1", "test.toml:1:1 B_FOO|no installed app has a setting B_FOO, so it does nothing (settings.E002)|take it out, or add its app to INSTALLED_APPS\n" +
			"test.toml:2:1 A_FOO|no installed app has a setting A_FOO, so it does nothing (settings.E002)|take it out, or add its app to INSTALLED_APPS\n"},
		{"no bare name", "\"a b\" = 1", "test.toml:1:1 \"a b\"|no installed app has a setting \"a b\", so it does nothing (settings.E002)|take it out, or add its app to INSTALLED_APPS\n"},
		{"a table", "[FOO_BAR.x]\ny = 1", "test.toml:1:2 FOO_BAR|no installed app has a setting FOO_BAR, so it does nothing (settings.E002)|take it out, or add its app to INSTALLED_APPS\n"},
		{"wrong case", "Debug = true", "test.toml:1:1 Debug|no app has a setting Debug: upper and lower case differ, so it does nothing (settings.E005)|write DEBUG\n"},
		{"wrong case of an old name", "cors_origin_whitelist = []", "test.toml:1:1 cors_origin_whitelist|no app has a setting cors_origin_whitelist: upper and lower case differ, so it does nothing (settings.E005)|write CORS_ALLOWED_ORIGINS\n"},
		{"wrong case of EXTENDS", "extends = 'x'", "test.toml:1:1 extends|no app has a setting extends: upper and lower case differ, so it does nothing (settings.E005)|write EXTENDS\n"},
		{"misspelt EXTENDS", "EXTEND = 'x'", "test.toml:1:1 EXTEND|no installed app has a setting EXTEND, so it does nothing (settings.E002)|did you mean EXTENDS?\n"},
		{"not installed", "BLOG_FEEDS = 1", "test.toml:1:1 BLOG_FEEDS|BLOG_FEEDS is a setting of blog, which is not installed, so it does nothing (settings.E006)|add \"blog\" to INSTALLED_APPS\n"},
		{"below a header", "[URLS]\nx = 'y'\nCORS_ALLOWED_ORIGINS = 'z'",
			"test.toml:3:1 CORS_ALLOWED_ORIGINS|CORS_ALLOWED_ORIGINS stands below a [table] header, which makes it URLS.CORS_ALLOWED_ORIGINS (settings.E004)|move it above line 1, where the first table starts\n"},
		{"below the second header", "\n[URLS]\n[SERVERS.x]\nDEBUG = true",
			"test.toml:4:1 DEBUG|DEBUG stands below a [table] header, which makes it SERVERS.x.DEBUG (settings.E004)|move it above line 2, where the first table starts\n"},
		{"below the header of an unknown table", "[cors]\nCORS_ALLOWED_ORIGINS = []",
			"test.toml:1:2 cors|no installed app has a setting cors, so it does nothing (settings.E002)|take it out, or add its app to INSTALLED_APPS\n" +
				"test.toml:2:1 CORS_ALLOWED_ORIGINS|CORS_ALLOWED_ORIGINS stands below a [table] header, which makes it cors.CORS_ALLOWED_ORIGINS (settings.E004)|move it above line 1, where the first table starts\n"},
		{"below a header in a list", "[[ROWS]]\nHOST = 'x'\nBLOG_FEEDS = 1",
			"test.toml:3:1 BLOG_FEEDS|BLOG_FEEDS stands below a [table] header, which makes it ROWS[0].BLOG_FEEDS (settings.E004)|move it above line 1, where the first table starts\n"},
		{"EXTENDS below a header", "[URLS]\nEXTENDS = 'x'",
			"test.toml:2:1 EXTENDS|EXTENDS stands below a [table] header, which makes it URLS.EXTENDS (settings.E004)|move it above line 1, where the first table starts\n"},
		{"a known name in brackets is an entry", "LOGGING = { DEBUG = 1 }\nURLS.DEBUG = 'x'", ""},
		{"also below a header", "[LOGGING]\nx = { DEBUG = 1, y = [{ DEBUG = 1 }] }\ny.DEBUG = 1\n[LOGGING.DEBUG]\nz = 1", ""},
		{"an unknown entry", "[SERVERS.x]\nHOSST = 'x'\nFOO = 1",
			"test.toml:2:1 HOSST|SERVERS.x has no entry HOSST (settings.E002)|did you mean HOST?\n" +
				"test.toml:3:1 FOO|SERVERS.x has no entry FOO (settings.E002)|take it out, or correct its name\n"},
		{"an unknown entry in brackets", "ROWS = [{ HOST = 'x' }, { host = 'x' }]", "test.toml:1:27 host|ROWS[1] has no entry host (settings.E002)|did you mean HOST?\n"},
		{"not in a table of a wrong type", "WHEN = { x = 1 }\nDEBUG = { y = 2 }\nSECRET_KEY = { x = 1 }", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := parse(t, tt.text)
			f.Decode("site", &site{})
			f.Offer("blog", &struct {
				Feeds int `toml:"BLOG_FEEDS"`
			}{})
			var got strings.Builder
			for _, m := range f.Unclaimed() {
				fmt.Fprintf(&got, "%s %s|%s (%s)|%s\n", m.At, underlined(t, m.At), m.Text, m.ID, m.Hint)
				if m.Level != checks.Error || m.Class != checks.Finding {
					t.Errorf("%s is of level %v and class %v", m.ID, m.Level, m.Class)
				}
			}
			if diff := cmp.Diff(tt.want, got.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A name that is no name does not make a message that is no line.
func TestUnclaimedLongName(t *testing.T) {
	f := parse(t, `"`+strings.Repeat("é\\n", 1_000_000)+`" = 1`)
	f.Decode("site", &site{})
	ms := f.Unclaimed()
	if len(ms) != 1 || len(ms[0].Text) > 200 || strings.Contains(ms[0].Text, "\n") {
		t.Errorf("got %d messages, the first of %d bytes", len(ms), len(ms[0].Text))
	}
}

// BenchmarkUnclaimed shows what they cost.
func TestUnclaimedMany(t *testing.T) {
	var b strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&b, "CORS_ALLOWED_ORIGIN_%d = 1\n", i)
	}
	f := parse(t, b.String())
	f.Decode("site", &site{})
	ms := f.Unclaimed()
	if len(ms) != 50_000 {
		t.Fatalf("got %d messages", len(ms))
	}
	if first, last := ms[0].Hint, ms[len(ms)-1].Hint; first != "did you mean CORS_ALLOWED_ORIGINS?" || last == first {
		t.Errorf("got hints %q and %q, want no suggestion for the last", first, last)
	}
}
