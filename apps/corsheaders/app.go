package corsheaders

import (
	"context"
	"io"
	"log/slog"
	"net/http"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders/explain"
	"github.com/settled-go/settled/apps/corsheaders/lab"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

func init() { settled.Register("corsheaders", NewApp) }

// linkName is what stands in MIDDLEWARE.
const linkName = "corsheaders.middleware.CorsMiddleware"

// Traits say that the middleware decides about origins, and answers preflight
// requests itself.
var Traits = middleware.Traits{Is: middleware.CORS | middleware.Answers}

// New makes the middleware alone, for any http.Handler. It is strict: the error
// is a *checks.Failure with all that is wrong with the settings.
func New(s Settings) (middleware.Func, error) {
	if err := settings.Validate(s).Err(); err != nil {
		return nil, err
	}
	p, err := newPolicy(s, nil)
	if err != nil {
		return nil, err
	}
	return p.wrap(nil), nil
}

// A Gate is an installed app that lets further requests in, the counterpart of
// django-cors-headers' signal check_request_enabled: a request that AllowCORS
// says true to gets CORS headers whatever its path, and may be read by its
// origin. Never with credentials, though: those are for the origins of the
// settings, on the paths of the settings. A gate that panics says no.
//
// AllowCORS is called at most once for a request, and only for one that the
// settings do not let in; by several goroutines at once.
type Gate interface {
	AllowCORS(*http.Request) bool
}

// An App is the installable app. Its settings are Settings.
type App struct {
	settings Settings
	gates    []Gate
	log      *slog.Logger
	judged   judged
	lab      *lab.Lab // with DEBUG, once it has been asked for
}

var _ interface {
	settled.App
	settled.MiddlewareProvider
	settled.Checker
	settled.Documenter
	settled.Readier
	settled.Commander
	settled.Developer
	io.Closer
} = (*App)(nil)

// NewApp is the app with its defaults, as it is registered.
func NewApp() settled.App { return &App{settings: Defaults()} }

// Settings is for settled.App.
func (a *App) Settings() any { return &a.settings }

// Middleware is for settled.MiddlewareProvider.
func (a *App) Middleware() []middleware.Link {
	return []middleware.Link{{
		Name:   linkName,
		Traits: Traits,
		New:    a.link,
	}}
}

// Commands are for settled.Commander.
func (a *App) Commands() []settled.Command {
	return []settled.Command{explain.Command(linkName, gateNames)}
}

// Tools are for settled.Developer.
func (a *App) Tools(s *settled.Site) []settled.Tool {
	if a.lab == nil {
		a.lab = lab.New(explain.New(s.Project(), linkName, gateNames(s.Project())))
	}
	return []settled.Tool{a.lab.Tool()}
}

// Close ends what the tools have begun.
func (a *App) Close() error {
	if a.lab == nil {
		return nil
	}
	return a.lab.Close()
}

// Ready collects the gates of the project.
func (a *App) Ready(_ context.Context, p *settled.Project) error {
	a.gates = gatesOf(p)
	if p.Debug() {
		a.log = slog.Default()
	}
	return nil
}

// link makes the project's middleware. What can be silenced or skipped does
// not keep it from being made.
func (a *App) link() (middleware.Func, error) {
	if err := settings.Validate(a.settings).Blocking().Err(); err != nil {
		return nil, err
	}
	p, err := newPolicy(a.settings, a.gates)
	if err != nil {
		return nil, err
	}
	return p.wrap(a.log), nil
}
