package command

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/manage/workbench"
	"github.com/settled-go/settled/server"
	"github.com/settled-go/settled/server/handover"
)

// A serving is a project that is being served: one server, and behind it the
// site of the moment, which can be exchanged while requests run. Its life is
// newServing, open, serve; a process may have several, one after the other or,
// while an older one drains, beside each other.
type serving struct {
	*run
	command     runserver
	server      *server.Server
	certificate *certificate // nil: cleartext
	sites       *sites
	reload      *reloader // nil: changed settings do nothing
}

// newServing is one with its flags applied and no site yet.
func (r *run) newServing(c runserver) (*serving, error) {
	s := &serving{run: r, command: c, server: &server.Server{RequestLog: r.Stderr, ErrorLog: r.Stderr}}
	s.server.Unlogged = s.isWorkbench
	if r.options.color(r.Stderr) {
		s.server.Paint = paintStatus
	}
	var err error
	if c.cert != "" || c.key != "" {
		s.certificate, s.server.TLS, err = loadCertificate(c.cert, c.key)
	}
	return s, err
}

// open reads the settings, checks the project, tells what was found, and starts
// its site. From then on changed settings are noticed.
func (s *serving) open(ctx context.Context) error {
	got := s.read()
	if got.err != nil {
		return got.err
	}
	s.command.develop(got.project)
	again := s.command.successor // all but what is wrong was told before
	if !s.command.skipChecks && !again && s.options.verbosity > minimal {
		fmt.Fprint(s.Stdout, "Performing system checks...\n\n")
	}
	report := got.report(s.command.skipChecks, checks.Report{NoFooter: again})
	if err := s.pass(s.command.skipChecks, report); err != nil {
		return err
	}
	ctx, end := context.WithCancel(ctx)
	site, err := startSite(ctx, end, got.project)
	if err != nil {
		return err
	}
	s.sites = newSites(site, s.warnOf)
	s.server.Handler = s.sites.handler
	if !s.command.noReload {
		s.reload = newReloader(s, report.Messages)
	}
	return nil
}

// serve answers what comes to l until ctx is done and what ran then has ended;
// then it closes l and the sites. Until ctx is done, changed settings go live.
// It calls answering when it is about to accept. Requests that had to be cut off
// are reported and no failure: whoever stops a server that holds endless
// responses has to expect it. After a hand-over it is not worth a word.
func (s *serving) serve(ctx context.Context, l net.Listener, answering func()) error {
	answering()
	var reloading sync.WaitGroup
	following, stop := context.WithCancel(ctx)
	if s.reload != nil {
		s.reload.awaitProgram = func(ctx context.Context) bool { return handover.AwaitNext(ctx, l) }
		reloading.Go(func() { s.reload.run(following, isLocal(l)) })
	}
	err := s.server.Serve(ctx, l)
	stop()
	reloading.Wait()
	if errors.Is(err, server.ErrCutOff) {
		if !handover.Left(l) {
			fmt.Fprintln(s.Stderr, err)
		}
		err = nil
	}
	return closing(err, s.sites.close())
}

// isWorkbench says whether a request was answered by the workbench. Its pages ask
// again and again, and the log is about the site.
func (s *serving) isWorkbench(r *http.Request, status int) bool {
	return status < http.StatusBadRequest && strings.HasPrefix(r.URL.Path, workbench.Path) && s.sites.project().Debug()
}

// close gives up what is open without having served.
func (s *serving) close() error {
	if s.reload != nil {
		s.reload.close()
	}
	return s.sites.close()
}

// closing joins the error of closing a site to the one that came before. The
// former must stay what it is when it is alone, for it to be printed as such.
func closing(err, closed error) error {
	if closed == nil {
		return err
	}
	return errors.Join(err, closed)
}
