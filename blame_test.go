package settled_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/settings"
)

const blameCORS = "DEBUG = true\nINSTALLED_APPS = ['corsheaders']\nMIDDLEWARE = ['corsheaders.middleware.CorsMiddleware']\n"

// What follows from a slip is said to, and nothing else is.
func TestBlame(t *testing.T) {
	const origins = " = ['https://app.example.com']\n"
	for _, tt := range []struct{ name, toml, want string }{
		{"misspelt", blameCORS + "CORS_ALOWED_ORIGINS" + origins, "E002, W109 < CORS_ALOWED_ORIGINS"},
		{"in the wrong case", blameCORS + "cors_allowed_origins" + origins, "E005, W109 < cors_allowed_origins"},
		{"a well-known wrong name", blameCORS + "CORS_ALLOW_ORIGINS" + origins, "E007, W109 < CORS_ALLOW_ORIGINS"},
		{"an old name in the wrong case", blameCORS + "cors_origin_whitelist" + origins, "E005, W109 < cors_origin_whitelist"},
		{"below a table", blameCORS + "[URLS]\nCORS_ALLOWED_ORIGINS" + origins, "E004, E003 < URLS.CORS_ALLOWED_ORIGINS, W109 < URLS.CORS_ALLOWED_ORIGINS"},
		{"below a made-up table", blameCORS + "[cors]\nCORS_ALLOWED_ORIGINS" + origins + "CORS_ALLOW_CREDENTIALS = true\n",
			"E002, E004 < cors, E004 < cors, W109 < cors.CORS_ALLOWED_ORIGINS"},
		{"two slips, one cause", blameCORS + "CORS_ALOW_HEADERS = ['authorization', 'content-type']\nCORS_ALOWED_ORIGINS" + origins, "E002, E002, W109 < CORS_ALOWED_ORIGINS"},
		{"a variable", blameCORS + "#env SETTLED_CORS_ALOWED_ORIGINS=https://app.example.com", "E008, W109 < CORS_ALOWED_ORIGINS"},
		{"what cannot be built", "ALLOWED_HOST = ['www.example.com']", "E007, E001 < ALLOWED_HOST"},
		{"a list under an old name", "DEBUG = true\nINSTALLED_APPS = ['corsheaders']\nMIDDLEWARE_CLASSES = ['corsheaders.middleware.CorsMiddleware']\nCORS_ALLOWED_ORIGINS" + origins,
			"E007, E005 < MIDDLEWARE_CLASSES"},
		{"apps under another name", "DEBUG = true\nINSTALLED_APP = ['corsheaders']\nMIDDLEWARE = ['corsheaders.middleware.CorsMiddleware']\nCORS_ALLOWED_ORIGINS" + origins + "CORS_ALLOW_CREDENTIALS = true\n",
			"E007, E004 < INSTALLED_APP, E006 < MIDDLEWARE[0], E006 < CORS_ALLOWED_ORIGINS"},

		{"settings of an app that is not installed", "DEBUG = true\nCORS_ALLOWED_ORIGINS" + origins + "CORS_ALLOW_CREDENTIALS = true\nCORS_ALLOW_METHODS = ['GET']\n",
			"E006, E006 < CORS_ALLOWED_ORIGINS, E006 < CORS_ALLOWED_ORIGINS"},
		{"and its middleware", "DEBUG = true\nMIDDLEWARE = ['corsheaders.middleware.CorsMiddleware']\nCORS_ALLOWED_ORIGINS" + origins + "CORS_ALLOW_CREDENTIALS = true\n",
			"E004, E006 < MIDDLEWARE[0], E006 < CORS_ALLOWED_ORIGINS"},

		{"nobody knows what is meant", blameCORS + "PEARS" + origins, "E002, W109"},
		{"something else is meant", blameCORS + "ALOWED_HOSTS = ['www.example.com']\n", "E002, W109"},
		{"a finding about something else", blameCORS + "CORS_ALOWED_ORIGINS" + origins + "CORS_ALLOW_PRIVATE_NETWORK = true\n", "E002, W109 < CORS_ALOWED_ORIGINS, W162"},
		{"the setting is there too", blameCORS + "CORS_ALLOWED_ORIGINS = []\nCORS_ALOWED_ORIGINS" + origins, "E002, W109"},
		{"and by its old name", blameCORS + "CORS_ORIGIN_WHITELIST = []\nCORS_ALOWED_ORIGINS" + origins, "E002, W141, W109"},
		{"a value that does not fit", blameCORS + "CORS_ALOWED_ORIGINS = 1\n", "E002, W109"},
		{"the list is empty all the same", blameCORS + "CORS_ALOWED_ORIGINS = []\n", "E002, W109"},
		{"it would only be put differently", blameCORS + "CORS_ALLOWED_ORIGINS" + origins + "CORS_ALLOW_CREDENTIAL = true\nCORS_ALLOW_HEADERS = ['*']\n", "E002, W155"},
		{"it would be another id", blameCORS + "CORS_ALLOWED_ORIGINS = ['null']\nCORS_ALLOW_CREDENTIAL = true\n", "E002, W103"},
		{"it would be worse", blameCORS + "CORS_ALLOW_ALL_ORIGINS = true\nCORS_ALLOW_CREDENTIAL = true\nCORS_ALLOW_HEADERS = ['*']\n", "E002, W155"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			toml, env, _ := strings.Cut(tt.toml, "#env ")
			f, err := settings.Parse("test.toml", []byte(toml), settings.Options{Env: []string{env}})
			if err != nil {
				t.Fatal(err)
			}
			got := blamed(t, f)
			want := strings.Split(tt.want, ", ")
			slices.Sort(got)
			slices.Sort(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// blamed are the findings of a file and what each follows from.
func blamed(t *testing.T, f *settings.File) (all []string) {
	t.Helper()
	var r settled.Registry
	r.Register("corsheaders", corsheaders.NewApp)
	p, _ := r.Setup(f)
	number := func(id string) string { return id[strings.Index(id, ".")+1:] }
	for _, m := range p.Check(settled.Selection{}) {
		line := number(m.ID)
		if m.Because.ID != "" {
			line += " < " + string(m.Because.Setting)
		}
		all = append(all, line)
	}
	return all
}

// A slip in a file that is extended has its consequences too.
func TestBlameBase(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"base.toml": "CORS_ALOWED_ORIGINS = ['https://app.example.com']\n",
		"site.toml": "EXTENDS = 'base.toml'\n" + blameCORS,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	f, err := settings.Load(filepath.Join(dir, "site.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"E002", "W109 < CORS_ALOWED_ORIGINS"}, blamed(t, f)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// In a file that is wrong from top to bottom, not every slip is followed up.
func TestBlameBounds(t *testing.T) {
	const slip = "CORS_ALOWED_ORIGINS = ['https://app.example.com']\n"
	for _, tt := range []struct {
		name    string
		toml    string
		follows bool
	}{
		{"the tenth slip", hosts(9) + slip, true},
		{"the eleventh", hosts(10) + slip, false},
		{"some messages", wrongMethods(900) + slip, true},
		{"too many", wrongMethods(1000) + slip, false},
	} {
		f, err := settings.Parse("test.toml", []byte(blameCORS+tt.toml), settings.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := blamed(t, f); slices.Contains(got, "W109 < CORS_ALOWED_ORIGINS") != tt.follows || slices.Contains(got, "W109") == tt.follows {
			t.Errorf("%s: got %v", tt.name, got)
		}
	}
}

// hosts are n slips without a consequence.
func hosts(n int) (toml string) {
	const name = "ALLOWED_HOSTS"
	for i := range n {
		toml += name[:i+1] + "X" + name[i+1:] + " = ['www.example.com']\n"
	}
	return toml
}

// wrongMethods are n mistakes.
func wrongMethods(n int) string {
	return "CORS_ALLOW_METHODS = [" + strings.Repeat("'TRACE', ", n) + "]\n"
}
