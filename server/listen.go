package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
)

// Listen opens the address. Its errors are one line: the address, Django's
// sentence, and what to do next; errors.Is finds the system's own error
// (syscall.EADDRINUSE and so on).
func Listen(ctx context.Context, a Address) (net.Listener, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, a.network(), a.String())
	if err != nil {
		return nil, &listenError{text: a.String() + ": " + a.explain(err), cause: err}
	}
	return l, nil
}

type listenError struct {
	text  string
	cause error
}

func (e *listenError) Error() string { return e.text }
func (e *listenError) Unwrap() error { return e.cause }

func (a Address) explain(err error) string {
	var name *net.DNSError
	var family *net.AddrError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Sprintf("That port is already in use. Stop the program that has it, or choose another port, such as %d.", a.nextPort())
	case errors.Is(err, syscall.EACCES):
		return "You don't have permission to access that port. Choose one from 1024 on, such as 8000."
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Sprintf("That IP address can't be assigned to. Choose an address of this machine, or %s for all of them.", Address{Host: a.everywhere(), Port: a.Port})
	case errors.Is(err, syscall.EAFNOSUPPORT):
		return "This system does not support that kind of IP address. Choose one of the other kind."
	case errors.As(err, &name), errors.As(err, &family):
		return fmt.Sprintf("Name or service not known. Choose a name of this machine, or %s for all its addresses.", Address{Host: a.everywhere(), Port: a.Port})
	}
	return err.Error()
}

func (a Address) nextPort() int {
	if a.Port == 65535 {
		return 8000
	}
	return a.Port + 1
}

func (a Address) everywhere() string {
	if a.IPv6 {
		return "::"
	}
	return "0.0.0.0"
}
