package upstream

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
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
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such socket: is the server running, and bound to that file?"
	case errors.Is(err, fs.ErrPermission):
		return "this user may not write to the socket: look at its mode and group"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens there: is the server running?"
	}
	return ""
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
