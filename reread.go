package settled

import (
	"fmt"
	"os"

	"github.com/settled-go/settled/settings"
)

// Reread sets the project up anew, from its settings file as it is now and with
// the environment as it is now. The one that it is called on does not change. The
// error is a *checks.Failure when the file is no TOML. A file that can be read
// only once, such as a pipe, is not read again.
func (p *Project) Reread() (*Project, error) {
	info, err := os.Stat(p.file.Name())
	if err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("settings file %q: no regular file, and so not read again", p.file.Name())
	}
	f, err := settings.Load(p.file.Name())
	if err != nil {
		return nil, err
	}
	return p.again(f), nil
}

// Defaults are those of all linked apps: the Settings of a project with nothing in
// its file.
func (p *Project) Defaults() []Setting {
	f, err := settings.Parse(p.file.Name(), nil, settings.Options{})
	if err != nil {
		panic(err) // nothing can be wrong with no text
	}
	return p.again(f).Settings()
}
