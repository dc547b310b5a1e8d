package settled_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/settledtest"
)

// caller has commands, one of which calls another.
type caller struct{}

func (caller) Settings() any { return nil }

func (caller) Commands() []settled.Command {
	name := "World"
	greet := settled.Command{Name: "greet", Flags: func(f *flag.FlagSet) { f.StringVar(&name, "name", name, "") },
		Run: func(_ context.Context, env settled.Env) error {
			_, err := fmt.Fprintf(env.Stdout, "%s %q %d\n", name, env.Args, env.Verbosity)
			return err
		}}
	return []settled.Command{
		greet,
		{Name: "twice", Run: func(ctx context.Context, env settled.Env) error {
			return errors.Join(settled.CallCommand(ctx, env, "greet", "a"), settled.CallCommand(ctx, env, "greet", env.Args...))
		}},
		{Name: "say", Commands: []settled.Command{greet}},
		{Name: "alone", NoArgs: true, Run: greet.Run},
		{Name: "fail", Run: func(context.Context, settled.Env) error { return settled.ErrFailed }},
	}
}

func TestCallCommand(t *testing.T) {
	p, _ := settledtest.Setup(t, settledtest.Apps{"caller": func() settled.App { return caller{} }}, "DEBUG = true\nINSTALLED_APPS = [\"caller\"]\n")
	for _, tt := range []struct {
		args []string
		want string
		err  error
	}{
		{[]string{"greet"}, "World [] 2\n", nil},
		{[]string{"greet", "a", "--name", "Ann", "b"}, "Ann [\"a\" \"b\"] 2\n", nil},
		{[]string{"greet", "--name=Ann", "--", "-x", "--name", "Bob"}, "Ann [\"-x\" \"--name\" \"Bob\"] 2\n", nil},
		{[]string{"greet", "a", "--", "--", "b"}, "World [\"a\" \"--\" \"b\"] 2\n", nil},
		{[]string{"say", "greet", "x"}, "World [\"x\"] 2\n", nil},
		{[]string{"twice", "b"}, "World [\"a\"] 2\nWorld [\"b\"] 2\n", nil},
		{[]string{"fail"}, "", settled.ErrFailed},
		{[]string{"nope"}, "", settled.UsageError(`Unknown command: "nope"`)},
		{[]string{"say"}, "", settled.UsageError(`the command "say" needs a subcommand`)},
		{[]string{"greet", "--nope"}, "", settled.UsageError("flag provided but not defined: -nope")},
		{[]string{"alone"}, "World [] 2\n", nil},
		{[]string{"alone", "a"}, "", settled.UsageError("unrecognized arguments: a")},
		{[]string{"greet", "-h"}, "", settled.UsageError("help is for people: call manage help")},
	} {
		var b bytes.Buffer
		err := settled.CallCommand(t.Context(), settled.Env{Project: p, Stdout: &b, Verbosity: 2}, tt.args[0], tt.args[1:]...)
		if !errors.Is(err, tt.err) || b.String() != tt.want {
			t.Errorf("%s: got %q, %v, want %q, %v", strings.Join(tt.args, " "), b.String(), err, tt.want, tt.err)
		}
	}
}
