package proxy

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

func init() { settled.Register("proxy", NewApp) }

// An App is the installable app. Its settings are Settings.
type App struct {
	settings Settings
	routes   []*route // from Ready on, those of the settings
	stop     context.CancelFunc
	running  sync.WaitGroup
}

var _ interface {
	settled.App
	settled.Router
	settled.Checker
	settled.Documenter
	settled.Readier
	io.Closer
} = (*App)(nil)

// NewApp is the app with its defaults, as it is registered.
func NewApp() settled.App { return &App{settings: Defaults()} }

// Settings is for settled.App.
func (a *App) Settings() any { return &a.settings }

// Routes are those of the settings. An app of the project whose routes are more
// specific goes before; what it leaves, other methods too, goes to the server behind.
func (a *App) Routes() []settled.Route {
	var routes []settled.Route
	for i, s := range a.settings.Routes {
		if pathFault(s.Path) != nil || a.settings.first(i) != i {
			continue // the rules say so
		}
		marks := middleware.RawPath | middleware.NoAppendSlash
		if !s.CSRFCheck {
			marks |= middleware.CSRFExempt
		}
		target := settings.HidePasswords(strings.Join(s.servers(), ", "))
		routes = append(routes, settled.Path(s.Path, a.serve(i), "").Marked(marks).From(routeAt(i).Key("path")).To(target))
	}
	return routes
}

// routeAt is the table of a route.
func routeAt(i int) checks.Path { return checks.Path(routesSetting).Index(i) }

func (a *App) serve(i int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { a.routes[i].ServeHTTP(w, r) }
}

// Ready makes what passes the requests on, and begins to watch the servers.
func (a *App) Ready(_ context.Context, p *settled.Project) error {
	ctx, stop := context.WithCancel(context.Background())
	a.stop = stop
	name := pseudonym()
	for i, s := range a.settings.Routes {
		pool, err := s.pool(s.servers(), s.TLS.files(p, routeAt(i)))
		if err != nil {
			return fmt.Errorf("the route %q: %w", s.Path, err)
		}
		rt := newRoute(s, pool, name)
		rt.believed = believed(p.Core())
		a.routes = append(a.routes, rt)
		a.running.Go(func() { pool.Run(ctx) })
	}
	return nil
}

// Close ends what Ready has begun. No request is under way any more.
func (a *App) Close() error {
	a.stop()
	a.running.Wait()
	for _, r := range a.routes {
		r.pool.Close()
	}
	return nil
}

// pseudonym is what this site calls itself in Via, by which it knows requests that it
// has sent itself. Sites before one another differ.
func pseudonym() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails
	return "settled-" + hex.EncodeToString(b[:])
}

// via is an entry of Via (RFC 9110, section 7.6.3).
func via(r *http.Request, name string) string {
	return strconv.Itoa(r.ProtoMajor) + "." + strconv.Itoa(r.ProtoMinor) + " " + name
}
