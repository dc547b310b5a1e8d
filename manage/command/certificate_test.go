package command_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"
	"time"
)

// certify writes a certificate with a serial number, and its key.
func certify(t *testing.T, serial int64) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"localhost"}}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, "cert.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})))
	write(t, "key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
}

// serial is the number of the certificate that the server shows.
func (s *serving) serial(t *testing.T) int64 {
	t.Helper()
	c, err := tls.Dial("tcp", strings.TrimPrefix(s.url, "https://"), &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return c.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
}

// A new certificate is shown without a restart, a broken one is not.
func TestReloadOfACertificate(t *testing.T) {
	in(t, greeting("1"))
	certify(t, 1)
	s := begin(t, newHouse().registry(), "--cert", "cert.pem", "--key", "key.pem")
	if got := s.serial(t); got != 1 {
		t.Errorf("certificate %d", got)
	}
	certify(t, 2)
	s.await(t, "Certificate reloaded.\n", 1)
	if got := s.serial(t); got != 2 {
		t.Errorf("certificate %d, want the new one", got)
	}
	write(t, "cert.pem", "x\n")
	s.await(t, "certificate cert.pem: the file has no CERTIFICATE block\nNot reloaded: the certificate from before serves on.\n", 1)
	if got := s.serial(t); got != 2 {
		t.Errorf("certificate %d, want the last good one", got)
	}
	certify(t, 3)
	s.await(t, "Certificate reloaded.\n", 2)
	if got := s.serial(t); got != 3 {
		t.Errorf("certificate %d, want the new one", got)
	}
	s.end(t)
}
