package staticfiles

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"github.com/settled-go/settled"
)

func findCommand() settled.Command {
	var first bool
	return settled.Command{
		Name: "findstatic", Short: "Says where static files are found.",
		Long: `Says where each of the named files is found, below STATIC_URL: in the folders of
STATICFILES_DIRS and in the installed apps. The first place is the one that counts.
With -v 2 it says where it has looked.`,
		Flags: func(f *flag.FlagSet) {
			first = false
			f.BoolVar(&first, "first", false, "only the first match for each file")
		},
		Run: func(_ context.Context, env settled.Env) error {
			a, ok := settled.Get[*App](env.Project)
			if !ok {
				return fmt.Errorf("%s is not installed", Name)
			}
			if len(env.Args) == 0 {
				return settled.UsageError("Enter at least one staticfile.")
			}
			a.look(env.Project)
			for _, name := range env.Args {
				a.tellWhere(name, first, env)
			}
			return nil
		},
	}
}

// tellWhere says where a file is, in Django's words.
func (a *App) tellWhere(name string, first bool, env settled.Env) {
	all := a.finder.find(name)
	if first && len(all) > 1 {
		all = all[:1]
	}
	searched := ""
	if env.Verbosity >= 2 {
		searched = "\nLooking in the following locations:"
		for _, l := range a.finder.locations {
			searched += "\n  " + l.String()
			if first && len(all) > 0 && l == all[0].location {
				break
			}
		}
	}
	places := make([]string, len(all))
	for i, f := range all {
		places[i] = f.at(f.name)
	}
	switch {
	case len(all) > 0 && env.Verbosity >= 1:
		fmt.Fprintf(env.Stdout, "Found '%s' here:\n  %s%s\n", name, strings.Join(places, "\n  "), searched)
	case len(all) > 0:
		fmt.Fprintln(env.Stdout, strings.Join(places, "\n"))
	case env.Verbosity >= 2:
		fmt.Fprintf(env.Stderr, "No matching file found for '%s'.\n%s\n", name, searched)
	case env.Verbosity == 1:
		fmt.Fprintf(env.Stderr, "No matching file found for '%s'.\n", name)
	}
}
