package staticfiles

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"github.com/settled-go/settled"
)

const collectLong = `Copies the static files of STATICFILES_DIRS and of the installed apps into
STATIC_ROOT, the first of each name. With a storage that hashes, each file is
there a second time with a hash of its content in its name, references in style
sheets lead to those, and staticfiles.json says which is which.

Files are replaced as a whole and the manifest comes last, so it may run beside a
site that serves STATIC_ROOT. Nothing of an earlier run is deleted without
--clear: pages that are open still find their files.`

// collectOptions are the options of collectstatic: Django's.
type collectOptions struct {
	noInput, noPostProcess, dryRun, clear, link, noDefaultIgnore bool
	ignore                                                       patterns
}

// patterns are the values of --ignore.
type patterns []string

func (p *patterns) String() string     { return strings.Join(*p, " ") }
func (p *patterns) Set(s string) error { *p = append(*p, s); return nil }

// Type is what help calls the value.
func (p *patterns) Type() string { return "PATTERN" }

func (o *collectOptions) declare(f *flag.FlagSet) {
	f.BoolVar(&o.noInput, "noinput", false, "don't ask before overwriting")
	f.BoolVar(&o.noInput, "no-input", false, "--noinput")
	f.BoolVar(&o.noPostProcess, "no-post-process", false, "no hashed names and no compression")
	f.Var(&o.ignore, "ignore", "leave out what matches this pattern, as *.psd; can be given several times")
	f.Var(&o.ignore, "i", "--ignore")
	f.BoolVar(&o.dryRun, "dry-run", false, "say what would be done, and do nothing")
	f.BoolVar(&o.dryRun, "n", false, "--dry-run")
	f.BoolVar(&o.clear, "clear", false, "delete what is in STATIC_ROOT first")
	f.BoolVar(&o.clear, "c", false, "--clear")
	f.BoolVar(&o.link, "link", false, "make a symbolic link to each file instead of a copy")
	f.BoolVar(&o.link, "l", false, "--link")
	f.BoolVar(&o.noDefaultIgnore, "no-default-ignore", false, "don't leave out CVS, .* and *~")
}

func (o *collectOptions) ignored() []string {
	all := []string(o.ignore)
	if !o.noDefaultIgnore {
		all = append(all[:len(all):len(all)], defaultIgnore...)
	}
	return all
}

func collectCommand() settled.Command {
	o := new(collectOptions)
	return settled.Command{
		Name: "collectstatic", Short: "Collects the static files in STATIC_ROOT.", Long: collectLong,
		NoArgs: true,
		Flags:  func(f *flag.FlagSet) { *o = collectOptions{}; o.declare(f) },
		Run: func(ctx context.Context, env settled.Env) error {
			a, ok := settled.Get[*App](env.Project)
			if !ok {
				return fmt.Errorf("%s is not installed", Name)
			}
			a.look(env.Project)
			return (&collector{app: a, options: *o, env: env}).run(ctx)
		},
	}
}
