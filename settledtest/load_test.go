package settledtest_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/settledtest"
)

func init() { settled.Register("loaded", func() settled.App { return loaded{} }) }

type loaded struct{}

func (loaded) Settings() any { return nil }

func (loaded) Routes() []settled.Route {
	return []settled.Route{settled.Path("/", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }, "")}
}

// project makes directories with these files, and the package one of them.
func project(t *testing.T, files map[string]string) (root string) {
	t.Helper()
	root = t.TempDir()
	for name, text := range files {
		name = filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

const soundSettingsFile = "DEBUG = true\nINSTALLED_APPS = [\"loaded\"]\n"

func TestOpen(t *testing.T) {
	root := project(t, map[string]string{
		"go.mod": "", "settings.toml": soundSettingsFile, "shop/till/till.go": "", "other.toml": soundSettingsFile + "URLS = { \"/x/\" = \"loaded\" }\n",
	})
	t.Chdir(filepath.Join(root, "shop", "till"))
	for settings, path := range map[string]string{"": "/", filepath.Join(root, "other.toml"): "/x/"} {
		t.Setenv("SETTLED_SETTINGS", settings)
		w := httptest.NewRecorder()
		settledtest.Open(t).Handler().ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+path, nil))
		if w.Code != http.StatusTeapot {
			t.Errorf("%s: %d at %s", settings, w.Code, path)
		}
	}
}

// What is wrong with the settings ends the test, with all of it.
func TestOpenBroken(t *testing.T) {
	if root := os.Getenv("SETTLEDTEST_OPEN"); root != "" {
		t.Chdir(root)
		settledtest.Open(t)
		return
	}
	for name, tt := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"no file":   {map[string]string{"shop/go.mod": "", "settings.toml": soundSettingsFile}, []string{"there is no settings.toml at or above the package"}},
		"no TOML":   {map[string]string{"shop/go.mod": "", "shop/settings.toml": "DEBUG = \n"}, []string{"settings.toml:1:9: error: ", "(settings.E001)", "   1 | DEBUG ="}},
		"errors":    {map[string]string{"shop/settings.toml": soundSettingsFile + "DEBUGG = 1\nX = 2\n"}, []string{"DEBUGG", "no installed app has a setting X"}},
		"no secret": {map[string]string{"shop/settings.toml": soundSettingsFile + "SECRET_KEY = { env = \"SETTLEDTEST_NONE\" }\n"}, []string{"the environment variable \"SETTLEDTEST_NONE\" is not set"}},
	} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestOpenBroken$")
		cmd.Env = append(os.Environ(), "SETTLED_SETTINGS=", "SETTLEDTEST_OPEN="+filepath.Join(project(t, tt.files), "shop"))
		out, err := cmd.CombinedOutput()
		if err == nil {
			t.Errorf("%s: passes", name)
		}
		for _, want := range tt.want {
			if !strings.Contains(string(out), want) {
				t.Errorf("%s: no %q in\n%s", name, want, out)
			}
		}
	}
}
