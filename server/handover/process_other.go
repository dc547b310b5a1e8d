//go:build !unix

package handover

import (
	"errors"
	"net"
	"os"
	"os/exec"
)

// Supported says whether this system lets a process inherit a socket.
const Supported = false

func share(*net.TCPListener) (*os.File, error)  { return nil, errors.ErrUnsupported }
func inheritFile(int, string) (*os.File, error) { return nil, errors.ErrUnsupported }
func ownGroup(*exec.Cmd)                        {}

var passedOn []os.Signal
