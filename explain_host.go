package settled

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/settled-go/settled/internal/hosts"
	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/settings"
)

// refuseHost answers a request for a host that is not allowed. With DEBUG on the page
// says what to write. It tells nothing that is secret, since a page whose name was
// made to resolve to this machine can read it.
func refuseHost(w http.ResponseWriter, r *http.Request, host, domain string, valid bool) {
	why := badHost(host, domain, valid)
	slog.WarnContext(r.Context(), why)
	s, ok := siteFrom(r.Context())
	if !ok || !s.project.Debug() {
		pages.BadRequest(w, r)
		return
	}
	e := pages.Explanation{
		Short: pages.ShortBadRequest, Title: "DisallowedHost at " + r.URL.Path, Why: why,
		Facts:   []pages.Fact{{Name: "Request method", Value: r.Method}, {Name: "Host", Value: host}},
		Advice:  s.hostAdvice(domain, valid),
		Closing: fmt.Sprintf(closing, s.fileName()),
	}
	e.Render(r).ServeHTTP(w, r)
}

// badHost is Django's text. What ALLOWED_HOSTS takes is the domain, without a port.
func badHost(host, domain string, valid bool) string {
	if !valid {
		return fmt.Sprintf("Invalid HTTP_HOST header: %q. The domain name provided is not valid according to RFC 1034/1035.", host)
	}
	return fmt.Sprintf("Invalid HTTP_HOST header: %q. You may need to add %q to ALLOWED_HOSTS.", host, domain)
}

// hostAdvice says what to write. The names that are allowed already are not told to who
// asks by another.
func (s *Site) hostAdvice(domain string, valid bool) []pages.Advice {
	if !valid {
		return []pages.Advice{{Text: "No setting allows such a host. Look at what sent the request, or at the proxy in between."}}
	}
	caution := pages.Advice{Text: "Add it only if the name is yours. Whoever owns a name can point it at this machine, and then their pages can read what it serves."}
	at := s.project.file.Origin("ALLOWED_HOSTS")
	first := len(s.project.core.settings.AllowedHosts) == 0 // so far those of this machine are allowed
	list := append(hosts.Debug(), domain)
	todo := pages.Advice{Code: "ALLOWED_HOSTS = " + settings.TOML(list)}
	switch {
	case at.File == "":
		todo.Text = fmt.Sprintf("write this line in %s, above the first [table]. It keeps the names of this machine that are allowed without it:", s.fileName())
	case at.Start.Line == 0 && first:
		todo.Text, todo.Code = fmt.Sprintf("set the variable %s:", at.File), at.File+"="+strings.Join(list, ",")
	case at.Start.Line == 0:
		todo.Text, todo.Code = fmt.Sprintf("add this at the end of the variable %s:", at.File), ","+domain
	case first:
		todo.Text = fmt.Sprintf("write this at %s, line %d:", baseName(at.File), at.Start.Line)
	default:
		todo.Text = fmt.Sprintf("add this to ALLOWED_HOSTS at %s, line %d:", baseName(at.File), at.Start.Line)
		todo.Code = settings.TOML(domain)
	}
	todo.Text = "If this host is yours, " + todo.Text
	return []pages.Advice{todo, caution}
}
