package command

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"

	"github.com/settled-go/settled"
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
	command runserver
	server  *server.Server

	mu       sync.Mutex
	site     *settled.Site          // answers new requests; nil before open
	handler  *server.Switch         // passes them to it
	retired  map[*settled.Site]bool // still have requests
	retiring sync.WaitGroup         // of retired sites that have no more
	over     chan struct{}          // closed when the server has ended
}

// newServing is one with its flags applied and no site yet.
func (r *run) newServing(c runserver) (*serving, error) {
	s := &serving{
		run: r, command: c, retired: map[*settled.Site]bool{}, over: make(chan struct{}),
		server: &server.Server{RequestLog: r.Stderr, ErrorLog: r.Stderr},
	}
	s.server.Unlogged = s.isWorkbench
	if r.options.color(r.Stderr) {
		s.server.Paint = paintStatus
	}
	var err error
	if c.cert != "" || c.key != "" {
		s.server.TLS, err = server.LoadTLS(c.cert, c.key)
	}
	return s, err
}

// open reads the settings, checks the project, tells what was found, and starts
// its site.
func (s *serving) open(ctx context.Context) error {
	if got := s.read(); got.err != nil {
		return got.err
	}
	again := s.command.successor // all but what is wrong was told before
	if !s.command.skipChecks && !again {
		fmt.Fprint(s.Stdout, "Performing system checks...\n\n")
	}
	project, err := s.gate(s.command.skipChecks, checks.Report{NoFooter: again})
	if err != nil {
		return err
	}
	s.site, err = project.Start(ctx)
	if err != nil {
		return err
	}
	s.handler = server.NewSwitch(workbench.Handler(s.site))
	s.server.Handler = s.handler
	return nil
}

// serve answers what comes to l until ctx is done and what ran then has ended;
// then it closes l and the sites. It calls answering when it is about to accept.
// Requests that had to be cut off are reported and no failure: whoever stops a
// server that holds endless responses has to expect it. After a hand-over it is
// not worth a word.
func (s *serving) serve(ctx context.Context, l net.Listener, answering func()) error {
	answering()
	err := s.server.Serve(ctx, l)
	if errors.Is(err, server.ErrCutOff) {
		if !handover.Left(l) {
			fmt.Fprintln(s.Stderr, err)
		}
		err = nil
	}
	return closing(err, s.close())
}

// isWorkbench says whether a request was answered by the workbench. Its pages ask
// again and again, and the log is about the site.
func (s *serving) isWorkbench(r *http.Request, status int) bool {
	if status >= http.StatusBadRequest || !strings.HasPrefix(r.URL.Path, workbench.Path) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.site.Project().Debug()
}

// swap lets next answer every request from now on. The site before is closed
// when its last request has ended, and at the latest when the server has:
// a stream may never end.
func (s *serving) swap(next *settled.Site) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.site
	s.site = next
	s.retired[old] = true
	ended := s.handler.Swap(workbench.Handler(next))
	s.retiring.Go(func() {
		select {
		case <-ended:
			s.retire(old)
		case <-s.over:
		}
	})
}

// retire closes a site that has no requests any more.
func (s *serving) retire(old *settled.Site) {
	s.mu.Lock()
	mine := s.retired[old]
	delete(s.retired, old)
	s.mu.Unlock()
	if !mine {
		return
	}
	if err := old.Close(); err != nil {
		s.complain(err)
	}
}

// close closes the sites that are open, when the server has ended.
func (s *serving) close() error {
	close(s.over)
	s.mu.Lock()
	var err error
	for old := range s.retired {
		err = closing(err, old.Close())
	}
	clear(s.retired)
	err = closing(err, s.site.Close())
	s.mu.Unlock()
	s.retiring.Wait()
	return err
}

// closing joins the error of closing a site to the one that came before. The
// former must stay what it is when it is alone, for it to be printed as such.
func closing(err, closed error) error {
	if closed == nil {
		return err
	}
	return errors.Join(err, closed)
}
