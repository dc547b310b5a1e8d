package command_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/manage/command"
)

// testApp is an app with a warning, commands and nothing else.
type testApp struct {
	name  string
	shout bool
	err   error
}

func (a *testApp) Settings() any { return nil }

func (a *testApp) Checks() []settled.Check {
	return []settled.Check{
		{IDs: []string{"demo.W001"}, Tags: []string{"demo"}, Run: func(p *settled.Project) checks.Messages {
			if p.Debug() {
				return nil
			}
			return checks.Messages{checks.Warningf("demo.W001", "this is odd").On("DEBUG").WithHint("look into it")}
		}},
		{IDs: []string{"demo.E001"}, Tags: []string{"demo", "late"}, Deploy: true, Run: func(*settled.Project) checks.Messages {
			return checks.Messages{checks.Errorf("demo.E001", "not fit for the public")}
		}},
	}
}

func (a *testApp) Commands() []settled.Command {
	return []settled.Command{
		{Name: "greet", Short: "Greets.", Flags: func(f *flag.FlagSet) {
			f.StringVar(&a.name, "name", "World", "whom to greet")
			f.BoolVar(&a.shout, "s", false, "shout")
		}, Run: func(_ context.Context, env settled.Env) error {
			in, err := io.ReadAll(env.Stdin)
			fmt.Fprintf(env.Stdout, "Hello %s %v %q %q\n", a.name, a.shout, env.Args, in)
			fmt.Fprintln(env.Stderr, "greeted")
			return err
		}},
		{Name: "alone", NoArgs: true, Run: func(context.Context, settled.Env) error { return nil }},
		{Name: "broken", Flags: func(*flag.FlagSet) { panic("no flags") }, Run: func(context.Context, settled.Env) error { return nil }},
		{Name: "group", Short: "Groups.", Commands: []settled.Command{{Name: "one"}, {Name: "two"}}},
		{Name: "level", Run: func(_ context.Context, env settled.Env) error {
			_, err := fmt.Fprintln(env.Stdout, env.Verbosity, env.Args)
			return err
		}},
		{Name: "ownv", Flags: func(f *flag.FlagSet) { f.Bool("v", false, "its own") }, Run: func(_ context.Context, env settled.Env) error {
			_, err := fmt.Fprintln(env.Stdout, env.Verbosity, env.Args, env.Project.File().Name())
			return err
		}},
		{Name: "fail", Run: func(context.Context, settled.Env) error { return a.err }},
		{Name: "panic", Run: func(context.Context, settled.Env) error { panic(a.err) }},
		{Name: "wait", Run: func(ctx context.Context, _ settled.Env) error {
			<-ctx.Done()
			return fmt.Errorf("waiting: %w", ctx.Err())
		}},
	}
}

// result is what a run left behind.
type result struct {
	Status         int
	Stdout, Stderr string
}

// in makes a directory with a settings file the working directory, unless toml
// is empty.
func in(t *testing.T, toml string) {
	t.Helper()
	t.Chdir(t.TempDir())
	if toml != "" {
		if err := os.WriteFile("settings.toml", []byte(toml), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// run runs a program that has the app "demo".
func run(ctx context.Context, app *testApp, args ...string) result {
	var r settled.Registry
	r.Register("demo", func() settled.App { return app })
	var stdout, stderr bytes.Buffer
	p := command.Program{Name: "manage", Setup: r.Setup, Stdin: strings.NewReader("input"), Stdout: &stdout, Stderr: &stderr}
	status := p.Run(ctx, args)
	return result{status, stdout.String(), stderr.String()}
}
