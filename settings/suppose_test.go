package settings_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// A slip is mended in the file that is supposed, and nowhere else.
func TestSuppose(t *testing.T) {
	for _, tt := range []struct {
		name, text, env string
		want            []string // origins; nil when nothing is supposed
	}{
		{"misspelt", "CORS_ALOWED_ORIGINS = ['x']", "", []string{"x"}},
		{"in the wrong case", "cors_allowed_origins = ['x']", "", []string{"x"}},
		{"close to an old name", "CORS_ORIGINS_WHITELIST = ['x']", "", []string{"x"}},
		{"below a header", "[URLS]\na = 'b'\nCORS_ALLOWED_ORIGINS = ['x']", "", []string{"x"}},
		{"below two", "[SERVERS.x]\nCORS_ALLOWED_ORIGINS = ['x']", "", []string{"x"}},
		{"below one of a list", "[[ROWS]]\n[[ROWS]]\nCORS_ALLOWED_ORIGINS = ['x']", "", []string{"x"}},
		{"a variable", "", "SETTLED_CORS_ALOWED_ORIGINS=x,y", []string{"x", "y"}},
		{"none meant", "PEARS = ['x']", "", nil},
		{"EXTENDS meant", "EXTEND = ['x']", "", nil},
		{"not installed", "BLOG_FEEDS = ['x']", "", nil},
		{"there too", "CORS_ALOWED_ORIGINS = ['x']\nCORS_ALLOWED_ORIGINS = []", "", nil},
		{"by an old name too", "CORS_ALOWED_ORIGINS = ['x']\nCORS_ORIGIN_WHITELIST = []", "", nil},
		{"in a variable too", "CORS_ALOWED_ORIGINS = ['x']", "SETTLED_CORS_ALLOWED_ORIGINS=y", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, err := settings.Parse("test.toml", []byte(tt.text), settings.Options{Env: []string{tt.env}})
			if err != nil {
				t.Fatal(err)
			}
			before := unclaimed(f)
			if len(before) != 1 {
				t.Fatalf("got %v", before)
			}
			supposed, ok := f.Suppose(before[0])
			if ok != (tt.want != nil) {
				t.Fatalf("supposed: %v", ok)
			}
			if again := unclaimed(f); len(again) != 1 || again[0].ID != before[0].ID {
				t.Errorf("the file itself is changed: %v", again)
			}
			if !ok {
				return
			}
			var s site
			if ms := append(supposed.Decode("site", &s), supposed.Unclaimed()...); len(ms) > 0 {
				t.Errorf("got %v", ms)
			}
			if diff := cmp.Diff(tt.want, s.Origins); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// An entry of a table is supposed under the name that was meant, unless that is there.
func TestSupposeEntry(t *testing.T) {
	for text, want := range map[string][]server{
		"[[ROWS]]\nHOST = 'a'\n[[ROWS]]\nHOTS = 'b'":    {{Host: "a"}, {Host: "b"}},
		"ROWS = [{ HOTS = 'b' }]":                       {{Host: "b"}},
		"[[ROWS]]\nHOST = 'a'\nHOTS = 'b'":              nil,
		"[[ROWS]]\nHOST = 'a'\n[[ROWS]]\nPEARS = 'b'\n": nil,
	} {
		f := parse(t, text)
		before := unclaimed(f)
		if len(before) != 1 {
			t.Fatalf("%s: got %v", text, before)
		}
		supposed, ok := f.Suppose(before[0])
		if ok != (want != nil) {
			t.Errorf("%s: supposed: %v", text, ok)
		}
		if !ok {
			continue
		}
		var s site
		if ms := append(supposed.Decode("site", &s), supposed.Unclaimed()...); len(ms) > 0 {
			t.Errorf("%s: got %v", text, ms)
		}
		if diff := cmp.Diff(want, s.Rows); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// unclaimed are the strays of a file that the app site and the absent app blog
// have been asked about.
func unclaimed(f *settings.File) checks.Messages {
	f.Decode("site", &site{})
	f.Offer("blog", &struct {
		Feeds []string `toml:"BLOG_FEEDS"`
		Posts int      `toml:"BLOG_POSTS"`
	}{})
	return f.Unclaimed()
}

// What one slip has led to follows from the first in the file.
func TestUnclaimedFollows(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"BLOG_POSTS = 1\nBLOG_FEEDS = []", "E006 E006<BLOG_POSTS"},
		{"[cors]\nx = 1\nDEBUG = true\nCORS_ALLOWED_ORIGINS = []", "E002 E004<cors E004<cors"},
		{"[URLS]\nDEBUG = true\nCORS_ALLOWED_ORIGINS = []\n[LOGGING]\nWHEN = 1", "E004 E004<URLS.DEBUG E004"},
		{"PEARS = 1\nAPPLES = 1\nDEBUGG = 1\nDEBUGGG = 1", "E002 E002 E002 E002"},
		{"BLOG_POSTS = 1\n[pears]\nx = 1", "E006 E002"},
	} {
		var got []string
		for _, m := range unclaimed(parse(t, tt.text)) {
			line := strings.TrimPrefix(m.ID, "settings.")
			if m.Because.ID != "" {
				line += "<" + string(m.Because.Setting)
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.text, diff)
		}
	}
}
