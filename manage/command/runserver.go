package command

import (
	"context"
	"net"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/server"
	"github.com/spf13/cobra"
)

// runserver is the command of that name: what the command line asks for.
type runserver struct {
	address    string
	ipv6       bool
	skipChecks bool
	cert, key  string
	noReload   bool
	noStatic   bool
	insecure   bool
	successor  bool // of another process
}

func (r *run) runserverCommand() *cobra.Command {
	var c runserver
	cmd := &cobra.Command{
		Use:   "runserver [[ADDR:]PORT]",
		Short: "Serves the project.",
		Long: `Serves the project, at 127.0.0.1:8000 unless an address, a port or both are
given: 8080, 0.0.0.0:8080, [::1]:8080, localhost:8080. With port 0 the system
chooses one. The project is checked first; errors keep it from being served.

When one of the settings files changes, the project is set up anew and checked,
and serves the next request; no request is lost. Settings with errors are
reported, and those from before serve on. When a .go file, go.mod, a template or
an embedded file changes, the program is built anew and takes over when it
answers; code that does not build is reported, and what runs serves on.

With --cert and --key the server speaks TLS. It speaks HTTP/1.1 and HTTP/2, in
cleartext too. Ctrl-C and SIGTERM let running requests finish; a second one does
not wait for them.`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				c.address = args[0]
			}
			return r.runserver(cmd.Context(), c)
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	flags := cmd.Flags()
	flags.BoolVarP(&c.ipv6, "ipv6", "6", false, "use an IPv6 address")
	flags.BoolVar(&c.skipChecks, "skip-checks", false, skipChecksHelp)
	flags.BoolVar(&c.noReload, "noreload", false, "don't reload what changes")
	flags.BoolVar(&c.noStatic, "nostatic", false, "don't serve the files of django.contrib.staticfiles at STATIC_URL")
	flags.BoolVar(&c.insecure, "insecure", false, "serve them even if DEBUG is off; slow, and not meant for the public")
	flags.Var(word{&c.cert, "FILE"}, "cert", "the certificate for TLS, PEM, with those of its issuers after it")
	flags.Var(word{&c.key, "FILE"}, "key", "the certificate's private key, PEM")
	declareSuccessor(flags, &c.successor)
	_ = cmd.MarkFlagFilename("cert", "pem", "crt")
	_ = cmd.MarkFlagFilename("key", "pem", "key")
	return cmd
}

// runserver serves until ctx is done. It listens only when all else has
// succeeded, so that nobody can connect to what does not answer.
func (r *run) runserver(ctx context.Context, c runserver) error {
	ctx, stop := untilHangUp(ctx)
	defer stop()
	address, err := server.ParseAddress(c.address, c.ipv6)
	if err != nil {
		return err
	}
	s, err := r.newServing(c)
	if err != nil {
		return err
	}
	if c.successor {
		return s.succeed(ctx)
	}
	if err := s.open(ctx); err != nil {
		return err
	}
	listener, err := server.Listen(ctx, address)
	if err != nil {
		return closing(err, s.close())
	}
	code, why := r.newCodeReload(c, s.sites.project().Files())
	serve := func(ctx context.Context, l net.Listener) error {
		return s.serve(ctx, l, func() {
			r.banner(s.server, address.On(listener), s.sites.project(), isLocal(listener), s.watched(code != nil, why))
		})
	}
	if tcp, ok := listener.(*net.TCPListener); ok && code != nil {
		return code.supervise(ctx, tcp, serve)
	}
	return serve(ctx, listener)
}

// develop makes the project serve static files as the flags say: --nostatic wins,
// as in Django.
func (c runserver) develop(p *settled.Project) {
	switch {
	case p == nil:
	case c.noStatic:
		p.ServeDevelop(false)
	case c.insecure:
		p.ServeDevelop(true)
	}
}

// isLocal says whether only this machine can connect.
func isLocal(l net.Listener) bool {
	tcp, ok := l.Addr().(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}
