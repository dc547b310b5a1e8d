package command

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/manage/workbench"
	"github.com/settled-go/settled/server"
	"github.com/spf13/cobra"
)

// runserver is the command of that name: what the command line asks for.
type runserver struct {
	address    string
	ipv6       bool
	skipChecks bool
	cert, key  string
}

func (r *run) runserverCommand() *cobra.Command {
	var c runserver
	cmd := &cobra.Command{
		Use:   "runserver [[ADDR:]PORT]",
		Short: "Serves the project.",
		Long: `Serves the project, at 127.0.0.1:8000 unless an address, a port or both are
given: 8080, 0.0.0.0:8080, [::1]:8080, localhost:8080. With port 0 the system
chooses one. The project is checked first; errors keep it from being served.

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
	flags.Bool("noreload", false, "accepted as in Django; runserver does not reload yet")
	flags.Var(word{&c.cert, "FILE"}, "cert", "the certificate for TLS, PEM, with those of its issuers after it")
	flags.Var(word{&c.key, "FILE"}, "key", "the certificate's private key, PEM")
	_ = cmd.MarkFlagFilename("cert", "pem", "crt")
	_ = cmd.MarkFlagFilename("key", "pem", "key")
	return cmd
}

// runserver serves until ctx is done. It listens only when all else has
// succeeded, so that nobody can connect to what does not answer.
func (r *run) runserver(ctx context.Context, c runserver) error {
	address, err := server.ParseAddress(c.address, c.ipv6)
	if err != nil {
		return err
	}
	s, err := r.server(c)
	if err != nil {
		return err
	}
	if got := r.read(); got.err != nil {
		return got.err
	}
	if !c.skipChecks {
		fmt.Fprint(r.Stdout, "Performing system checks...\n\n")
	}
	project, err := r.gate(c.skipChecks, checks.Report{})
	if err != nil {
		return err
	}
	site, err := project.Start(ctx)
	if err != nil {
		return err
	}
	s.Handler = workbench.Handler(site)
	return closing(r.serve(ctx, s, address, project), site.Close())
}

// server is one with its flags applied and no handler yet.
func (r *run) server(c runserver) (*server.Server, error) {
	s := &server.Server{RequestLog: r.Stderr, ErrorLog: r.Stderr}
	if r.options.color(r.Stderr) {
		s.Paint = paintStatus
	}
	var err error
	if c.cert != "" || c.key != "" {
		s.TLS, err = server.LoadTLS(c.cert, c.key)
	}
	return s, err
}

// serve returns when ctx is done and what ran then has ended. Requests that had
// to be cut off are reported and no failure: whoever stops a server that holds
// endless responses has to expect it.
func (r *run) serve(ctx context.Context, s *server.Server, address server.Address, p *settled.Project) error {
	listener, err := server.Listen(ctx, address)
	if err != nil {
		return err
	}
	r.banner(s, address.On(listener), p, isLocal(listener))
	err = s.Serve(ctx, listener)
	if errors.Is(err, server.ErrCutOff) {
		fmt.Fprintln(r.Stderr, err)
		return nil
	}
	return err
}

// isLocal says whether only this machine can connect.
func isLocal(l net.Listener) bool {
	tcp, ok := l.Addr().(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// closing joins the error of closing a site to the one that came before. The
// former must stay what it is when it is alone, for it to be printed as such.
func closing(err, closed error) error {
	if closed == nil {
		return err
	}
	return errors.Join(err, closed)
}
