package settled_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/settings"
)

// commander brings commands with these names.
type commander []string

func (commander) Settings() any { return nil }

func (c commander) Commands() (all []settled.Command) {
	for _, name := range c {
		all = append(all, settled.Command{Name: name})
	}
	return all
}

// A name is won by the app that is listed first, and by one that is listed
// before one that is built in. Who loses is reported.
func TestCommands(t *testing.T) {
	for name, tt := range map[string]struct{ installed, want string }{
		"none":               {`[]`, "[builtin:load]"},
		"no clash":           {`["a", "c"]`, "[a:dump c:clear c:clear builtin:load]"},
		"the first wins":     {`["a", "b"]`, "[a:dump b:dump b:load builtin:load] b:dump builtin:load"},
		"the order decides":  {`["b", "a"]`, "[b:dump b:load a:dump builtin:load] builtin:load a:dump"},
		"those of manage":    {`["own"]`, "[own:version own:help own:completion own:check builtin:load] own:completion own:help own:version"},
		"listed before core": {`["b"]`, "[b:dump b:load builtin:load] builtin:load"},
	} {
		var r settled.Registry
		r.RegisterBuiltin("builtin", func() settled.App { return commander{"load"} })
		r.Register("own", func() settled.App { return commander{"version", "help", "completion", "check"} })
		r.Register("a", func() settled.App { return commander{"dump"} })
		r.Register("b", func() settled.App { return commander{"dump", "load"} })
		r.Register("c", func() settled.App { return commander{"clear", "clear"} })
		f, err := settings.Parse("test.toml", []byte("DEBUG = true\nINSTALLED_APPS = "+tt.installed+"\n"), settings.Options{})
		if err != nil {
			t.Fatal(err)
		}
		p, _ := r.Setup(f)
		got := []string{}
		for _, c := range p.Commands() {
			got = append(got, c.App+":"+c.Name)
		}
		text := fmt.Sprint(got)
		for _, m := range p.Check(settled.Selection{}) {
			var winner, loser, command string
			_, err := fmt.Sscanf(m.Text, "the apps %q and %q each bring a command %q", &winner, &loser, &command)
			if err != nil {
				_, err = fmt.Sscanf(m.Text, "the app %q brings a command %q", &loser, &command)
			}
			if err != nil || m.ID != "commands.W101" {
				t.Fatalf("%v: %v", err, m)
			}
			text += " " + loser + ":" + command
		}
		if diff := cmp.Diff(tt.want, text); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
