package explain

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/settled-go/settled"
)

const long = `Says whether a browser would let a page read the answer of this site, step by
step as the Fetch standard has it: is the server asked first, what exactly is
asked and answered, which setting decides and where it is written, whether
cookies would travel, and what to change to allow it.

    cors explain --origin https://app.example.com --method PUT --header x-token

With --message it explains an error from the console of Chrome, Firefox or
Safari, and names the causes that these settings have for it. "-" reads it from
standard input. With --url it sends the requests to a running server too, and
compares what came back with what the settings say. That, and nothing else,
opens a connection. No cookies are sent.

The exit status is 0 when the page may read the answer, 1 when it is blocked,
and 2 when the command line makes no sense.`

// Command is the command "cors". link is the name of the CORS middleware, and
// gates are the apps that decide about origins at run time.
func Command(link string, gates func(*settled.Project) []string) settled.Command {
	o := &options{Question: Question{Method: "GET", Path: "/"}}
	return settled.Command{
		Name: "cors", Short: "Explains what browsers make of the CORS settings.",
		Commands: []settled.Command{{
			Name: "explain", Short: "Says whether a page of another origin may read an answer, and why.",
			Long: long, Unchecked: true, NoArgs: true, Flags: o.declare,
			Run: func(ctx context.Context, env settled.Env) error {
				return run(ctx, o, newSite(env.Project, link, gates(env.Project)), env)
			},
		}},
	}
}

// options are those of the command line.
type options struct {
	Question
	message string
}

func (o *options) declare(f *flag.FlagSet) {
	f.Var(&text{to: &o.Origin, kind: "ORIGIN"}, "origin", "the origin of the page, as https://app.example.com")
	f.Var(&text{to: &o.Method, kind: "METHOD", choices: methods}, "method", "the method of the request")
	f.Var(&text{to: &o.Path, kind: "PATH"}, "path", "the path that is asked for, or a whole URL")
	f.Var(&text{to: &o.Host, kind: "HOST"}, "host", "the address of this site, as https://api.example.com; without it, the first of ALLOWED_HOSTS")
	f.Var(&list{to: &o.Headers, kind: "HEADER"}, "header", "a header that the script sets, NAME or \"NAME: VALUE\"; can be given several times")
	f.BoolVar(&o.Credentials, "credentials", false, "the script sends cookies: credentials: \"include\", withCredentials")
	f.Var(&text{to: &o.message, kind: "TEXT"}, "message", "an error from the console of a browser, or - to read it from standard input")
	f.Var(&text{to: &o.URL, kind: "URL"}, "url", "send the requests to the server that runs there, too")
}

var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

func run(ctx context.Context, o *options, s *site, env settled.Env) error {
	err := explain(ctx, o, s, env)
	var wrong *InputError
	if errors.As(err, &wrong) {
		return usage("argument --%s: %s", wrong.Field, wrong.Why)
	}
	return err
}

func explain(ctx context.Context, o *options, s *site, env settled.Env) error {
	if len(env.Args) > 0 {
		return usage("unrecognized arguments: %s", strings.Join(env.Args, " "))
	}
	out := &printer{w: env.Stdout}
	blocked := false
	switch {
	case o.message != "":
		pasted, err := readMessage(o.message, env.Stdin)
		if err != nil {
			return err
		}
		if blocked, err = explainMessage(ctx, o, s, pasted, out, env.Stderr); err != nil {
			return err
		}
	case o.Origin == "":
		return usage("the following arguments are required: --origin, or --message")
	default:
		q, err := s.ask(o.Question)
		if err != nil {
			return err
		}
		if o.URL != "" {
			blocked = explainLive(ctx, s, q, out)
			break
		}
		if blocked, err = explainPrediction(ctx, s, q, out); err != nil {
			return err
		}
	}
	if out.err != nil {
		return out.err
	}
	if blocked {
		return settled.ErrFailed
	}
	return nil
}

// maxMessage is how much of standard input is looked at.
const maxMessage = 64 << 10

func readMessage(message string, stdin io.Reader) (string, error) {
	if message != "-" {
		return message, nil
	}
	data, err := io.ReadAll(io.LimitReader(stdin, maxMessage))
	return string(data), err
}

func usage(format string, args ...any) error { return settled.UsageError(fmt.Sprintf(format, args...)) }
