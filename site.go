package settled

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"sync"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/forwarded"
	"github.com/settled-go/settled/internal/hosts"
	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/internal/panics"
)

// A Site is a started project: its apps are ready and its handler serves. It
// does not change; a change of settings makes a new one.
type Site struct {
	project *Project
	handler http.Handler
	ready   []AppInfo
	// targets are the named routes, by "app:name".
	targets map[string][]target
	trust   *forwarded.Trust
	router  *router
	// secrets are those of the settings, looked for when there is a text to hide
	// them in.
	secrets func() []string
}

// Start makes the project serve. It refuses what no project may do and what
// can't be built, with a *checks.Failure, whatever is silenced; other findings
// are the caller's to judge. It reads the secrets, calls Ready in the order of
// INSTALLED_APPS and builds the chain. When one of them fails, what was ready is
// closed again.
func (p *Project) Start(ctx context.Context) (*Site, error) {
	if err := p.check(Selection{}).Blocking().Err(); err != nil {
		return nil, err
	}
	if err := p.resolveSecrets().Err(); err != nil {
		return nil, err
	}
	s := &Site{project: p, trust: p.core.settings.trust(), secrets: sync.OnceValue(p.settingSecrets)}
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (p *Project) resolveSecrets() checks.Messages {
	var ms checks.Messages
	for _, info := range p.apps {
		if info.Settings != nil {
			ms = append(ms, p.file.Resolve(info.Settings)...)
		}
	}
	ms = p.place(ms)
	ms.Sort()
	return ms
}

func (s *Site) start(ctx context.Context) error {
	for _, info := range s.project.apps {
		if err := ready(ctx, info, s.project); err != nil {
			return fmt.Errorf("app %q did not get ready: %w", info.Name, s.project.Discreet(err))
		}
		s.ready = append(s.ready, info)
	}
	mux, _ := s.project.mux()
	s.targets = targetsOf(s.project.routes())
	if s.project.Debug() {
		s.project.welcome(mux)
	}
	s.project.warnOfMissing()
	s.project.warnOfWeakKey()
	s.router = newRouter(mux, s.project.routes())
	core := s.project.CheckHost(s.router)
	handler, err := s.project.chain.Wrap(core, answerPanic)
	if err != nil {
		return err
	}
	s.handler = s.carry(handler)
	return nil
}

func ready(ctx context.Context, info AppInfo, p *Project) (err error) {
	r, ok := info.App.(Readier)
	if !ok {
		return nil
	}
	defer func() {
		if value := recover(); value != nil {
			err = panics.Caught(value)
		}
	}()
	return r.Ready(ctx, p)
}

// Handler is the routes inside the middleware chain.
func (s *Site) Handler() http.Handler { return s.handler }

// Project is the project that the site serves.
func (s *Site) Project() *Project { return s.project }

// Close undoes Ready in reverse order. It goes on after an error and returns all
// of them. Call it when the last request is over.
func (s *Site) Close() error {
	var errs []error
	for _, info := range slices.Backward(s.ready) {
		if c, ok := info.App.(io.Closer); ok {
			if err := closed(c); err != nil {
				errs = append(errs, fmt.Errorf("app %q did not close: %w", info.Name, s.project.Discreet(err)))
			}
		}
	}
	s.ready = nil
	return errors.Join(errs...)
}

// closed closes an app, of which a panic must not keep the others open.
func closed(c io.Closer) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = panics.Caught(value)
		}
	}()
	return c.Close()
}

// CheckHost refuses requests for hosts that are not in ALLOWED_HOSTS. A site has it
// innermost in the chain, and middleware that looks at the host have it too, as in
// Django, where the host is checked when it is first asked for. It is a middleware.Func.
func (p *Project) CheckHost(next http.Handler) http.Handler {
	allowed, trust := p.allowedHosts(), p.core.settings.trust()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := trust.HostOf(r)
		if domain, ok := hosts.Domain(host); !ok || !hosts.Allowed(domain, allowed) {
			refuseHost(w, r, host, domain, ok)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// allowedHosts is ALLOWED_HOSTS, or what stands for it while DEBUG is on.
func (p *Project) allowedHosts() []string {
	if allowed := p.core.settings.AllowedHosts; !p.Debug() || len(allowed) > 0 {
		return allowed
	}
	return hosts.Debug()
}

// answerPanic logs a panic with its stack and, unless the response has begun,
// answers 500.
func answerPanic(w http.ResponseWriter, r *http.Request, value any, stack []byte, committed bool) {
	slog.ErrorContext(r.Context(), fmt.Sprintf("Internal Server Error: %q", r.URL.Path),
		"panic", scrub(r, fmt.Sprint(value)), "stack", string(stack))
	if !committed {
		explain(w, r, pages.ShortServerError, func(s *Site, c candour) pages.Explanation { return s.explainPanic(r, c, value) })
	}
}
