package settings_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

type secrets struct {
	Key       settings.Secret            `toml:"SECRET_KEY"`
	File      settings.Secret            `toml:"FILE"`
	List      []settings.Secret          `toml:"LIST"`
	Table     map[string]settings.Secret `toml:"TABLE"`
	Databases map[string]database        `toml:"DATABASES"`
	Maybe     *settings.Secret           `toml:"MAYBE"`
}

type database struct {
	Password settings.Secret `toml:"PASSWORD"`
}

func TestResolve(t *testing.T) {
	t.Chdir(write(t, map[string]string{
		"x":           "EXTENDS = 'd/base.toml'\nSECRET_KEY = { env = 'KEY' }\nLIST = ['a', { env = 'KEY' }]\nTABLE = { a = { env = 'KEY' } }\n[DATABASES.x]\nPASSWORD = { env = 'KEY' }",
		"d/base.toml": "FILE = { file = 's/secret' }\nMAYBE = { env = 'KEY' }",
		"d/s/secret":  "from the file\n",
	}))
	t.Setenv("KEY", "from the environment")
	f, err := settings.Load("x")
	if err != nil {
		t.Fatal(err)
	}
	var got secrets
	if ms := f.Decode("app", &got); len(ms) > 0 {
		t.Errorf("Decode:\n%s", report(ms))
	}
	if v := got.Key.Value(); v != "" {
		t.Errorf("Decode has read %q", v)
	}
	if ms := f.Resolve(&got); len(ms) > 0 {
		t.Errorf("Resolve:\n%s", report(ms))
	}
	values := []string{got.Key.Value(), got.File.Value(), got.List[0].Value(), got.List[1].Value(), got.Table["a"].Value(), got.Databases["x"].Password.Value(), got.Maybe.Value()}
	env := "from the environment"
	if diff := cmp.Diff([]string{env, "from the file", "a", env, env, env, env}, values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestResolveMissing(t *testing.T) {
	dir := write(t, map[string]string{"d/empty": "\n"})
	text := "SECRET_KEY = { env = 'UNSET' }\nFILE = { file = 'no/such' }\nLIST = [{ env = 'EMPTY' }]\n[DATABASES.x]\nPASSWORD = { file = 'd/empty' }\n[DATABASES.y]\nPASSWORD = 'given'"
	f, err := settings.Parse(filepath.Join(dir, "x.toml"), []byte(text), settings.Options{Env: []string{"EMPTY="}})
	if err != nil {
		t.Fatal(err)
	}
	var got secrets
	for _, tt := range []struct {
		what, id string
		ms       checks.Messages
		want     map[checks.Path]string
	}{
		{"Decode", "settings.I010", f.Decode("app", &got), map[checks.Path]string{"SECRET_KEY": "1:14", "FILE": "2:8", "LIST[0]": "3:9"}},
		{"Resolve", "settings.E010", f.Resolve(&got), map[checks.Path]string{"SECRET_KEY": "1:14", "FILE": "2:8", "LIST[0]": "3:9", "DATABASES.x.PASSWORD": "5:12"}},
	} {
		hinted(t, tt.ms)
		places := map[checks.Path]string{}
		for _, m := range tt.ms {
			places[m.Setting] = m.At.String()[len(filepath.Join(dir, "x.toml:")):]
			if m.ID != tt.id || (m.Class == checks.Unbuildable) != (m.Level == checks.Error) {
				t.Errorf("%s: %s of class %v", tt.what, m, m.Class)
			}
		}
		if diff := cmp.Diff(tt.want, places); diff != "" {
			t.Errorf("%s (-want +got):\n%s\n%s", tt.what, diff, report(tt.ms))
		}
	}
}

// A secret that is missing matters only where the value counts.
func TestMissingSecretThatIsReplaced(t *testing.T) {
	f, err := settings.Parse("test.toml", []byte(`KEY = { env = "NOT_THERE" }`), settings.Options{Env: []string{"SETTLED_KEY=x"}})
	if err != nil {
		t.Fatal(err)
	}
	var dst struct {
		Key settings.Secret `toml:"KEY"`
	}
	if ms := f.Decode("app", &dst); len(ms) > 0 {
		t.Errorf("got %v", ms)
	}
}
