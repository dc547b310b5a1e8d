package settings

import (
	"errors"

	"github.com/settled-go/settled/checks"
)

// A File is a settings file with what it extends and the environment that
// overrides it.
type File struct{ name string }

// Options are what Parse takes from outside the file.
type Options struct {
	// Env is the environment, "K=V" as os.Environ gives it; nil is none.
	Env []string
}

// Load reads the file, what it EXTENDS, and the process's environment.
func Load(path string) (*File, error) { return nil, errors.New("not written yet") }

// Parse is Load for a text.
func Parse(name string, data []byte, o Options) (*File, error) {
	return nil, errors.New("not written yet")
}

// Name is the file's path as it was given to Load or Parse.
func (f *File) Name() string { return f.name }

// Files are the paths of the file and of all that it extends.
func (f *File) Files() []string { return nil }

// Decode fills dst, a pointer to an app's settings struct.
func (f *File) Decode(app string, dst any) checks.Messages { return nil }

// Offer tells the settings of an app that is linked and not installed.
func (f *File) Offer(app string, dst any) {}

// Unclaimed reports the settings that no app has.
func (f *File) Unclaimed() checks.Messages { return nil }

// Place fills in where the messages' settings are written.
func (f *File) Place(ms checks.Messages) checks.Messages { return ms }

// Origin is where the effective value of a setting is written.
func (f *File) Origin(setting checks.Path) checks.Range { return checks.Range{} }

// Resolve reads every Secret of dst.
func (f *File) Resolve(dst any) checks.Messages { return nil }
