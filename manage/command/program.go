package command

import (
	"context"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/panics"
	"github.com/settled-go/settled/settings"
)

// A Program is a command line with the world that it sees. Apart from its
// fields it reads the environment: the settings that override the file,
// SETTLED_SETTINGS, DJANGO_COLORS, NO_COLOR, TERM and CI.
type Program struct {
	// Name is what usage and help call it.
	Name string
	// Setup makes the project of a settings file: settled.Setup, or the
	// method of a registry.
	Setup func(*settings.File) (*settled.Project, checks.Messages)

	Stdin io.Reader
	// Stdout and Stderr have to be safe for concurrent use, as files are:
	// runserver logs requests while it tells of what it reloads.
	Stdout, Stderr io.Writer

	// args are the process's, if this is the process's command line.
	args []string
}

// Main runs the process's command line with the apps that are linked in, and
// exits. The first Ctrl-C or SIGTERM ends the command's context, the second one
// the process. It makes slog's default logger write to stderr for people.
func Main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	args := os.Args[1:]
	o := early(args)
	slog.SetDefault(slog.New(newConsole(os.Stderr, o.color(os.Stderr), o.logLevel())))
	p := Program{
		Name:  strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe"),
		Setup: settled.Setup, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		args: os.Args,
	}
	os.Exit(p.Run(ctx, args))
}

// Run runs the command line, without the program's name, and returns the exit
// status.
func (p Program) Run(ctx context.Context, args []string) int {
	r := &run{Program: p, options: early(args)}
	name, advice := r.options.settingsFile()
	r.read = newReader(p.Setup, name, advice)
	return r.status(ctx, r.execute(ctx, args))
}

// execute runs the command that args name. What panics, in a command or in an
// app that is set up for it, is an error like any other.
func (r *run) execute(ctx context.Context, args []string) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = panics.Caught(value)
		}
	}()
	root := r.root()
	root.SetArgs(args)
	return root.ExecuteContext(ctx)
}

// run is one run of a Program.
type run struct {
	Program
	options options
	read    func() reading
}
