package server

import (
	"crypto/tls"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// LoadTLS reads a certificate, with those of its issuers after it, and its
// private key, both PEM. Its errors are one line that names the file and what is
// wrong with it. A minimum of TLS 1.2 applies, net/http's own.
func LoadTLS(certFile, keyFile string) (*tls.Config, error) {
	certPEM, err := readPEM("certificate", certFile)
	if err != nil {
		return nil, err
	}
	keyPEM, err := readPEM("private key", keyFile)
	if err != nil {
		return nil, err
	}
	if !hasBlock(certPEM, "CERTIFICATE") {
		return nil, fmt.Errorf("certificate %s: the file has no CERTIFICATE block%s", certFile, swapped(certPEM, "PRIVATE KEY"))
	}
	if hasBlock(keyPEM, "ENCRYPTED PRIVATE KEY") {
		return nil, fmt.Errorf("private key %s: the key is encrypted; decrypt it with openssl pkey -in %[1]s -out FILE", keyFile)
	}
	if !hasBlock(keyPEM, "PRIVATE KEY") {
		return nil, fmt.Errorf("private key %s: the file has no PRIVATE KEY block%s", keyFile, swapped(keyPEM, "CERTIFICATE"))
	}
	cert, err := tls.X509KeyPair(certPEM, keyPEM)
	if err != nil {
		return nil, fmt.Errorf("certificate %s with private key %s: %s", certFile, keyFile, strings.TrimPrefix(err.Error(), "tls: "))
	}
	return &tls.Config{Certificates: []tls.Certificate{cert}}, nil
}

func readPEM(what, name string) ([]byte, error) {
	if name == "" {
		return nil, fmt.Errorf("no file with the %s was given; TLS needs a certificate and its private key", what)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		if path, ok := errors.AsType[*fs.PathError](err); ok {
			err = path.Err
		}
		return nil, fmt.Errorf("%s %s: %w", what, name, err)
	}
	return data, nil
}

// hasBlock looks for a block whose type ends in kind, as crypto/tls does: there
// are "EC PRIVATE KEY" and others.
func hasBlock(data []byte, kind string) bool {
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if strings.HasSuffix(block.Type, kind) {
			return true
		}
	}
	return false
}

func swapped(data []byte, kind string) string {
	if hasBlock(data, kind) {
		return " but a " + kind + "; were the two files swapped?"
	}
	return ""
}
