package upstream

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"slices"
	"strings"
	"syscall"
)

// Hint says what to do about an error of a server, for people; "" if there is
// nothing to say.
func Hint(err error) string {
	var authority x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	var noTLS tls.RecordHeaderError
	switch {
	case errors.As(err, &authority):
		return "who signed the server's certificate is not known here: name the PEM file of that CA as the CA file"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return fmt.Sprintf("the server's certificate is valid from %s to %s: renew it, or set the clock",
			invalid.Cert.NotBefore.Format("2006-01-02"), invalid.Cert.NotAfter.Format("2006-01-02"))
	case errors.As(err, &name):
		return fmt.Sprintf("the server's certificate is for %s: if that is the right server, set the server name to it", names(name.Certificate))
	case errors.As(err, &noTLS):
		return "the server does not speak TLS there: write http://, or its port for https"
	case hasAlert(err, "protocol version not supported"):
		return "the server speaks no version of TLS that is allowed: bring it up to date, or lower the minimum version"
	case hasAlert(err, "certificate required", "bad certificate", "unknown certificate authority"):
		return "the server wants a client certificate, and one that it knows the CA of: name the files of the certificate and its key"
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such socket: is the server running, and bound to that file?"
	case errors.Is(err, fs.ErrPermission):
		return "this user may not write to the socket: look at its mode and group"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens there: is the server running?"
	}
	return ""
}

// hasAlert says whether the server ended TLS with one of some alerts, for which
// crypto/tls has no type.
func hasAlert(err error, alerts ...string) bool {
	var remote *net.OpError
	return errors.As(err, &remote) && remote.Op == "remote error" &&
		slices.ContainsFunc(alerts, func(a string) bool { return strings.HasSuffix(remote.Error(), "tls: "+a) })
}

// names are what a certificate is for.
func names(c *x509.Certificate) string {
	all := append([]string(nil), c.DNSNames...)
	for _, ip := range c.IPAddresses {
		all = append(all, ip.String())
	}
	if len(all) == 0 {
		return "no name"
	}
	return strings.Join(all, ", ")
}
