package command

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// reading is what came of the settings file.
type reading struct {
	// project is nil when the file can't be read or is no TOML.
	project *settled.Project
	// found is what was found on the way to the project.
	found checks.Messages
	// err says why the file can't be read.
	err error
}

// newReader returns a function that reads the file and sets its project up when
// it is first called: completion and version do without. advice is what to do
// when there is no such file, or "".
func newReader(setup func(*settings.File) (*settled.Project, checks.Messages), name, advice string) func() reading {
	return sync.OnceValue(func() reading {
		f, err := settings.Load(name)
		if failure := (*checks.Failure)(nil); errors.As(err, &failure) {
			return reading{found: failure.Messages}
		}
		if errors.Is(err, fs.ErrNotExist) && advice != "" {
			err = fmt.Errorf("%w; %s", err, advice)
		}
		if err != nil {
			return reading{err: err}
		}
		var r reading
		r.project, r.found = setup(f)
		return r
	})
}

// problem says in one line why commands of apps may be missing, or "".
func (r reading) problem() string {
	if r.err != nil {
		return r.err.Error()
	}
	if blocking := r.found.Blocking(); len(blocking) > 0 {
		return blocking[0].String()
	}
	return ""
}

// require returns the project, or the error that there is none.
func (r reading) require() (*settled.Project, error) {
	if r.err != nil {
		return nil, r.err
	}
	if r.project == nil {
		return nil, &checks.Failure{Messages: r.found}
	}
	return r.project, nil
}

// blank is the project of an empty settings file: what is known without
// settings.
func (r *run) blank() *settled.Project {
	f, err := settings.Parse("settings.toml", nil, settings.Options{})
	if err != nil {
		panic(err) // nothing can be wrong with no text
	}
	p, _ := r.Setup(f)
	return p
}
