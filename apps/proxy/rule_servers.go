package proxy

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// findBadServers looks at the addresses of a route's servers.
func findBadServers(r Route, at checks.Path) (ms checks.Messages) {
	switch {
	case r.Upstream == "" && len(r.Upstreams) == 0:
		return checks.Messages{checks.Errorf("proxy.E102", "the route %q has no upstream: there is nobody to pass requests on to", r.Path).
			On(at).WithHint("add upstream = \"http://127.0.0.1:9000\", or upstreams = [...] for several servers")}
	case r.Upstream != "" && len(r.Upstreams) > 0:
		return checks.Messages{checks.Errorf("proxy.E102", "the route %q has both upstream and upstreams", r.Path).
			On(at.Key("upstream")).See(at.Key("upstreams"), "the other one").WithHint("put all servers into upstreams")}
	}
	if r.Upstream != "" {
		return findBadServer(r.Upstream, at.Key("upstream"))
	}
	for i, server := range r.Upstreams {
		on := at.Key("upstreams").Index(i)
		ms = append(ms, findBadServer(server, on)...)
		if j := slices.Index(r.Upstreams, server); j < i {
			ms = append(ms, checks.Warningf("proxy.W101", "the route %q has a server twice in upstreams", r.Path).
				On(on).See(at.Key("upstreams").Index(j), "here first").WithHint("take one of the two out"))
		}
	}
	return ms
}

func findBadServer(server string, on checks.Path) checks.Messages {
	if hasUser(server) {
		return checks.Messages{checks.Errorf("proxy.E104", "the address of an upstream holds a user or a password, which would show in logs and on pages").On(on).
			WithHint("take it out; what the server asks for goes into request_headers = { Authorization = { env = \"NAME\" } }")}
	}
	if f := serverFault(server); f != nil {
		return checks.Messages{checks.Errorf("proxy.E103", "the upstream %q %s", settings.HideText(server), f.text).On(on).WithHint("%s", f.hint)}
	}
	return nil
}

// hasUser finds a user's name also where the scheme is missing.
func hasUser(server string) bool {
	_, rest, found := strings.Cut(server, "://")
	if !found {
		rest = server
	}
	authority, _, _ := strings.Cut(rest, "/")
	return strings.Contains(authority, "@")
}

// serverFault is what an address has wrong, nil for nothing.
func serverFault(server string) *flaw {
	scheme, rest, found := strings.Cut(server, "://")
	if !found {
		return &flaw{"has no scheme", "write \"http://" + strings.TrimLeft(server, "/") + "\", or https:// if it speaks TLS"}
	}
	switch scheme {
	case "http", "https":
	case "unix":
		if !strings.HasPrefix(rest, "/") || strings.ContainsAny(rest, "?#") {
			return &flaw{"is no path of a socket", "write \"unix:///run/app.sock\""}
		}
		return nil
	case "ws", "wss":
		return &flaw{"has the scheme " + scheme + ", in which no server is asked", "write \"http" + strings.TrimPrefix(scheme, "ws") + "://" + rest + "\": WebSockets are passed on"}
	default:
		return &flaw{"has a scheme that is none of http, https and unix", "write \"http://" + rest + "\""}
	}
	u, err := url.Parse(server)
	switch {
	case err != nil:
		return &flaw{"is no URL", "write the scheme, the host and the port: \"http://127.0.0.1:9000\""}
	case u.Hostname() == "":
		return &flaw{"has no host", "write the scheme, the host and the port: \"http://127.0.0.1:9000\""}
	case !isPort(u.Port()):
		return &flaw{"has a port that there is not", "write a port from 1 to 65535"}
	case strings.ContainsAny(rest, "?#"):
		return &flaw{"has a query or a fragment", "write the scheme, the host and the port, and a path if each request is to begin with that"}
	case climbs(u.EscapedPath()) || strings.Contains(u.Path, "//"):
		return &flaw{"has a path that holds \"..\" or an empty part", "write the path that is meant"}
	}
	return nil
}

func isPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil && n > 0
}
