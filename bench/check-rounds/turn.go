package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// A subject is a command to measure.
type subject struct {
	title     string
	line      []string
	complains bool // since there is reason to; its status says nothing
}

// A turn is what was measured of one run.
type turn struct{ wall, cpu time.Duration }

func (s subject) turn() (turn, error) {
	cmd := exec.Command(s.line[0], s.line[1:]...)
	start := time.Now()
	err := cmd.Run()
	taken := time.Since(start)
	if err != nil && !s.complains {
		out, _ := exec.Command(s.line[0], s.line[1:]...).CombinedOutput()
		return turn{}, fmt.Errorf("%s: %w\n%s", s.title, err, out)
	}
	return turn{taken, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}, nil
}

// memory is the most that the process held at a time, as GNU time has it: of a
// child of this program the system would count what this program holds.
func (s subject) memory() string {
	out, err := os.CreateTemp("", "memory")
	if err != nil {
		return "?"
	}
	defer os.Remove(out.Name())
	out.Close()
	_ = exec.Command("/usr/bin/time", append([]string{"-q", "-f", "%M", "-o", out.Name()}, s.line...)...).Run()
	data, _ := os.ReadFile(out.Name())
	kilobytes, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		return "?"
	}
	return fmt.Sprintf("%.0f MB", float64(kilobytes)/1000)
}
