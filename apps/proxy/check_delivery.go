package proxy

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// A delivered is a route, as far as it is about how requests get to its servers.
type delivered struct {
	Delivery
	at      checks.Path // of the route's table
	servers []string    // as they are written
}

// deliveryChecks are about how requests get to the servers of routes.
func deliveryChecks(routes func() []delivered) []settled.Check {
	each := func(find func(delivered, *settled.Project) checks.Messages) func(*settled.Project) checks.Messages {
		return func(p *settled.Project) (ms checks.Messages) {
			for _, d := range routes() {
				ms = append(ms, find(d, p)...)
			}
			return ms
		}
	}
	reads := []string{"PROXY_ROUTES"}
	return []settled.Check{
		{IDs: []string{"proxy.E121"}, Class: checks.Unbuildable, Settings: reads, Run: each(delivered.findBadFiles)},
		{IDs: []string{"proxy.W122"}, Settings: reads, Run: each(delivered.findMissingFiles)},
		{IDs: []string{"proxy.W123"}, Tags: []string{"security"}, Settings: reads, Run: each(delivered.findInsecure)},
		{IDs: []string{"proxy.W124"}, Settings: reads, Run: each(delivered.findNoTLS)},
		{IDs: []string{"proxy.W125"}, Settings: reads, Run: each(delivered.findNoPath)},
	}
}

// findBadFiles finds files that no connection can be made with.
func (d delivered) findBadFiles(p *settled.Project) checks.Messages {
	at := d.at.Key("tls")
	if (d.TLS.Certificate == "") != (d.TLS.Key == "") {
		given, missing := "certificate", "key"
		if d.TLS.Certificate == "" {
			given, missing = missing, given
		}
		return checks.Messages{checks.Errorf("proxy.E121", "%s is given without a %s: the servers can be shown nothing", at.Key(given), missing).
			On(at.Key(given)).Of(checks.Unbuildable).WithHint("name the file of the %s too", missing)}
	}
	err := d.TLS.files(p, d.at).Check()
	if err == nil || isMissing(err) {
		return nil
	}
	part := "ca"
	if strings.Contains(err.Error(), "client certificate") {
		part = "certificate"
	}
	return checks.Messages{checks.Errorf("proxy.E121", "%s can't be used: %v", at.Key(part), err).
		On(at.Key(part)).Of(checks.Unbuildable).WithHint("give it a file in PEM format; `openssl x509 -in FILE -noout -text` shows what is in one")}
}

// isMissing holds for what may be another matter on the machine of the site.
func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission)
}

// findMissingFiles finds files that can't be read here and now.
func (d delivered) findMissingFiles(p *settled.Project) (ms checks.Messages) {
	all := d.TLS.files(p, d.at)
	for _, f := range []struct{ part, name string }{{"ca", all.CA}, {"certificate", all.Certificate}, {"key", all.Key}} {
		if f.name == "" {
			continue
		}
		if err := readable(f.name); err != nil {
			at := d.at.Key("tls").Key(f.part)
			ms = append(ms, checks.Warningf("proxy.W122", "%s can't be read here: %s. The site does not start without it", at, err).
				On(at).WithHint("correct the path, which starts at the settings file, or give this user the right to read it"))
		}
	}
	return ms
}

// findInsecure finds servers that anyone could pretend to be.
func (d delivered) findInsecure(*settled.Project) checks.Messages {
	if !d.TLS.Insecure {
		return nil
	}
	at := d.at.Key("tls").Key("insecure")
	return checks.Messages{checks.Warningf("proxy.W123",
		"%s takes any certificate: who stands between this site and the servers can read and change everything, passwords and cookies too", at).
		On(at).WithHint("take it out, and name the CA of the servers: tls = { ca = \"ca.pem\" }; for another name in the certificate there is server_name")}
}

// findNoTLS finds settings of TLS that no server has a use for.
func (d delivered) findNoTLS(*settled.Project) (ms checks.Messages) {
	secure := slices.ContainsFunc(d.servers, func(s string) bool { return strings.HasPrefix(s, "https://") })
	if !secure && d.TLS != (TLS{}) {
		ms = append(ms, checks.Warningf("proxy.W124", "%s has no effect: no server of the route has an https:// URL", d.at.Key("tls")).
			On(d.at.Key("tls")).WithHint("write the server's URL with https://, or take the setting out"))
	}
	if secure && d.Protocol == "h2c" {
		ms = append(ms, checks.Warningf("proxy.W124", "%s has no effect for https:// URLs: over TLS, client and server agree on HTTP/2 by themselves",
			d.at.Key("protocol")).On(d.at.Key("protocol")).WithHint("take it out"))
	}
	return ms
}

// findNoPath finds health checks that ask for nothing.
func (d delivered) findNoPath(*settled.Project) checks.Messages {
	h := d.Health
	if h.Path != "" || h.Interval == 0 && h.Timeout == 0 && h.Status == nil && h.DownAfter == 0 && h.UpAfter == 0 && h.Host == "" {
		return nil
	}
	return checks.Messages{checks.Warningf("proxy.W125", "%s has no path, so the servers are not asked whether they are well", d.at.Key("health")).
		On(d.at.Key("health")).WithHint("add what they can be asked for: path = \"/healthz/\"")}
}
