package gobuild

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"time"
)

// A CodeError is that the code does not build: the lines of the compiler, or of
// the go command, with paths that start at the working directory.
type CodeError struct{ Lines []string }

func (e *CodeError) Error() string { return strings.Join(e.Lines, "\n") }

// Build writes the program to the file. The symbol table for debuggers is left
// out, which makes linking faster, as are the marks of version control, for which
// the go command would look at the whole repository. The error is a *CodeError
// if the code is what is wrong. When ctx is done the build is stopped, with all
// its processes.
func (p *Program) Build(ctx context.Context, file string) error {
	args := append([]string{"build", "-o", file, "-buildvcs=false", "-ldflags=" + p.link}, p.flags...)
	_, err := p.run(ctx, append(args, p.Package)...)
	return err
}

// run returns what the go command printed on stdout.
func (p *Program) run(ctx context.Context, args ...string) ([]byte, error) {
	c := p.command(args...)
	if p.Temp != "" {
		// A go command that is killed leaves all that it has made, programs too.
		dir, err := os.MkdirTemp(p.Temp, "go-")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
		c.Env = append(c.Env, "GOTMPDIR="+dir)
	}
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := runGroup(ctx, c)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) && stderr.Len() > 0 {
		return nil, &CodeError{codeLines(stderr.String())}
	}
	return stdout.Bytes(), err
}

// stopWait is how long a go command that is stopped may take.
const stopWait = 2 * time.Second

// codeLines takes out the go command's headings, which name the package that the
// paths name too.
func codeLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); line != "" && !strings.HasPrefix(line, "# ") {
			lines = append(lines, strings.TrimPrefix(line, "./"))
		}
	}
	return lines
}
