package settledtest_test

import (
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settledtest"
)

type sound struct{ settings soundSettings }

type soundSettings struct {
	Names []string `toml:"SOUND_NAMES" check:"sound.E001"`
}

func (s *sound) Settings() any { return &s.settings }

func (s *sound) Checks() []settled.Check {
	return []settled.Check{{IDs: []string{"sound.E001"}, Tags: []string{"sound"}}}
}

func newSound() settled.App { return &sound{soundSettings{Names: []string{"a"}}} }

func TestApp(t *testing.T) {
	if name := os.Getenv("SETTLEDTEST_BROKEN"); name != "" {
		settledtest.App(t, "app", broken[name].new)
		return
	}
	settledtest.App(t, "sound", newSound)
	settledtest.App(t, "documented", newDocumented("## sound.E001\n\nTitle.\n\nText.\n"))
}

// Apps that are wrong in one way each.
type (
	lowerCase     struct{}
	badDefault    struct{}
	sharing       struct{ settings *soundSettings }
	badID         struct{ sound }
	unlistedID    struct{ settings soundSettings }
	namelessLink  struct{ sound }
	findsDefaults struct{ sound }
	documented    struct {
		sound
		pages, comment string
	}
)

var shared = []string{"a", "b"}

func (lowerCase) Settings() any {
	return &struct {
		Name string `toml:"name"`
	}{}
}

func (badDefault) Settings() any {
	return &struct {
		Number int `toml:"NUMBER" validate:"min=1"`
	}{}
}

func (s sharing) Settings() any { return s.settings }

func (badID) Checks() []settled.Check {
	return []settled.Check{{IDs: []string{"sound.E001", "Bad.1"}, Tags: []string{"x"}}}
}

func (u *unlistedID) Settings() any { return &u.settings }

func (unlistedID) Checks() []settled.Check { return nil }

func (namelessLink) Middleware() []middleware.Link { return []middleware.Link{{}} }

func (findsDefaults) Checks() []settled.Check {
	return []settled.Check{{IDs: []string{"sound.E001"}, Tags: []string{"x"}, Run: func(*settled.Project) checks.Messages {
		return checks.Messages{checks.Errorf("sound.E001", "found with the defaults")}
	}}}
}

func (d documented) Docs() fs.FS {
	return fstest.MapFS{
		"checks.md":   {Data: []byte(d.pages)},
		"settings.go": {Data: []byte("package sound\n\ntype soundSettings struct {\n" + d.comment + "\nNames []string `toml:\"SOUND_NAMES\"`\n}\n")},
	}
}

func newDocumented(pages string) func() settled.App {
	return func() settled.App { return &documented{pages: pages, comment: "// Names are names."} }
}

var broken = map[string]struct {
	new  func() settled.App
	want string
}{
	"lower case":          {func() settled.App { return lowerCase{} }, "name"},
	"default breaks rule": {func() settled.App { return badDefault{} }, "the defaults break a rule"},
	"shared default":      {func() settled.App { return sharing{&soundSettings{Names: shared}} }, "build the defaults afresh"},
	"form of an id":       {func() settled.App { return &badID{} }, "not of the form"},
	"unlisted id":         {func() settled.App { return &unlistedID{} }, "none of Checks lists"},
	"link without a name": {func() settled.App { return &namelessLink{} }, "has no name"},
	"id without a page":   {newDocumented(""), "has no page"},
	"page without an id":  {newDocumented("## sound.E001\n\nTitle.\n\nText.\n\n## sound.E002\n\nTitle.\n\nText.\n"), "is about no id"},
	"page twice":          {newDocumented("## sound.E001\n\nTitle.\n\nText.\n\n## sound.E001\n\nTitle.\n\nText.\n"), "is there twice"},
	"page without text":   {newDocumented("## sound.E001\n\nTitle.\n"), "no title or no text"},
	"setting uncommented": {func() settled.App { return &documented{} }, "no Go file of Docs has a doc comment"},
	"finds its defaults":  {func() settled.App { return &findsDefaults{} }, "found with the defaults"},
}

// The conformance test fails for each of them, in a process of its own.
func TestAppFindsWhatIsBroken(t *testing.T) {
	for name, tt := range broken {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(os.Args[0], "-test.run=^TestApp$")
			cmd.Env = append(os.Environ(), "SETTLEDTEST_BROKEN="+name)
			out, err := cmd.CombinedOutput()
			if err == nil || !strings.Contains(string(out), tt.want) {
				t.Errorf("%v, want a failure that says %q:\n%s", err, tt.want, out)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	ids := settledtest.Check(t, settledtest.Apps{"sound": newSound}, "DEBUG = true\nINSTALLED_APPS = [\"sound\"]\nSOUND_NAMES = 1\n")
	if len(ids) != 1 || ids[0] != "sound.E001" {
		t.Errorf("got %q", ids)
	}
}
