package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/bench"
	settledserver "github.com/settled-go/settled/server"
	"github.com/settled-go/settled/settings"
)

// A server is one of those compared. The first is what the others are compared
// with.
type server struct {
	name, title string
	serve       func(net.Listener) error // until the process ends
}

func servers() []server {
	all := []server{
		{"none", "net/http alone", plain(bench.None())},
		{"limits", "net/http alone, with time limits for clients", limited},
	}
	for _, c := range bench.Candidates() {
		all = append(all, server{c.Name, "net/http, " + c.Name, plain(c)})
	}
	return append(all,
		server{"site", "net/http, a whole Settled site", site},
		server{"quiet", "Settled's server, a whole site", settledServer(nil)},
		server{"runserver", "Settled's server, a whole site, request log (runserver)", runserver})
}

func policy() bench.Policy { return bench.Policy{Origins: bench.Origins(10)} }

const pattern = "GET /api/items/"

func items(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"items": [{"id": 1, "name": "one"}, {"id": 2, "name": "two"}]}`))
}

// plain is net/http with a candidate around a mux.
func plain(c bench.Candidate) func(net.Listener) error {
	return func(l net.Listener) error {
		wrap, err := c.New(policy())
		if err != nil {
			return err
		}
		mux := http.NewServeMux()
		mux.HandleFunc(pattern, items)
		return http.Serve(l, wrap(mux))
	}
}

// limited is what net/http costs that does not wait for slow clients for ever,
// as Settled's server doesn't.
func limited(l net.Listener) error {
	mux := http.NewServeMux()
	mux.HandleFunc(pattern, items)
	s := &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: settledserver.DefaultHeaderTimeout,
		IdleTimeout:       settledserver.DefaultIdleTimeout,
	}
	return s.Serve(l)
}

func site(l net.Listener) error {
	handler, err := siteHandler()
	if err != nil {
		return err
	}
	return http.Serve(l, handler)
}

// settledServer is Settled's own server with a site, and with a request log or
// none.
func settledServer(log io.Writer) func(net.Listener) error {
	return func(l net.Listener) error {
		handler, err := siteHandler()
		if err != nil {
			return err
		}
		s := &settledserver.Server{Handler: handler, RequestLog: log, ErrorLog: os.Stderr}
		return s.Serve(context.Background(), l)
	}
}

// runserver is what the command of that name does. The lines of its log go to
// the null device: a system call a request, as in production, and no terminal.
func runserver(l net.Listener) error {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return settledServer(null)(l)
}

// siteHandler is a project with the CORS app and one that has the route.
func siteHandler() (http.Handler, error) {
	text := fmt.Sprintf(`
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["corsheaders", "items"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]
CORS_ALLOWED_ORIGINS = ["%s"]
`, strings.Join(policy().Origins, `", "`))
	file, err := settings.Parse("settings.toml", []byte(text), settings.Options{})
	if err != nil {
		return nil, err
	}
	var registry settled.Registry
	registry.Register("corsheaders", corsheaders.NewApp)
	registry.Register("items", func() settled.App { return itemsApp{} })
	project, found := registry.Setup(file)
	if err := found.Err(); err != nil {
		return nil, err
	}
	s, err := project.Start(context.Background())
	if err != nil {
		return nil, err
	}
	return s.Handler(), nil
}

// itemsApp is an app with the one route.
type itemsApp struct{}

func (itemsApp) Settings() any { return nil }

func (itemsApp) Routes() []settled.Route {
	return []settled.Route{settled.Path(pattern, items, "items")}
}
