package command

import (
	"context"
	"net/http"
	"sync"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/panics"
	"github.com/settled-go/settled/manage/workbench"
	"github.com/settled-go/settled/server"
)

// A liveSite is a started site with its workbench.
type liveSite struct {
	*settled.Site
	handler http.Handler
	end     context.CancelFunc // of the context that Ready got
}

// startSite starts a project. A panic of an app is an error. end ends ctx, when
// the site is closed.
func startSite(ctx context.Context, end context.CancelFunc, p *settled.Project) (s *liveSite, err error) {
	s = &liveSite{end: end}
	defer func() {
		if value := recover(); value != nil {
			err = panics.Caught(value)
		}
		if err != nil {
			err = closing(err, s.Close())
			s = nil
		}
	}()
	if s.Site, err = p.Start(ctx); err == nil {
		s.handler = workbench.Handler(s.Site)
	}
	return s, err
}

// Close closes the site, and ends the context of its apps.
func (s *liveSite) Close() error {
	defer s.end()
	if s.Site == nil {
		return nil
	}
	return s.Site.Close()
}

// sites are those behind a server: the one that answers new requests, and older
// ones that still have some.
type sites struct {
	handler  *server.Switch
	complain func(error)

	mu       sync.Mutex
	current  *liveSite
	retired  map[*liveSite]bool
	retiring sync.WaitGroup // what waits for the end of requests
	over     chan struct{}  // closed when there are no more
}

func newSites(first *liveSite, complain func(error)) *sites {
	return &sites{
		handler: server.NewSwitch(first.handler), complain: complain,
		current: first, retired: map[*liveSite]bool{}, over: make(chan struct{}),
	}
}

// swap lets next answer every request from now on. The site before is closed
// when its last request has ended, and at the latest when the server has: a
// stream may never end.
func (s *sites) swap(next *liveSite) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.current
	s.current = next
	s.retired[old] = true
	ended := s.handler.Swap(next.handler)
	s.retiring.Go(func() {
		select {
		case <-ended:
			s.retire(old)
		case <-s.over:
		}
	})
}

// retire closes a site that has no requests any more, unless close does.
func (s *sites) retire(old *liveSite) {
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

// project is the project that answers new requests.
func (s *sites) project() *settled.Project {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current.Project()
}

// close closes the sites that are open. The server must have ended.
func (s *sites) close() error {
	close(s.over)
	s.retiring.Wait()
	err := s.current.Close()
	for old := range s.retired {
		err = closing(err, old.Close())
	}
	return err
}
