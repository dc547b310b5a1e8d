package gobuild

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
)

// A build ID is that of the linking, then two of the main package: of all that
// went into it, other packages too, and of what came of that; then the program's.
var buildID = regexp.MustCompile(`[\w-]{20}/([\w-]{20}/[\w-]{20})/[\w-]{20}`)

// fromRun is where go run links programs, and where it keeps them.
var fromRun = regexp.MustCompile(`/(b001/exe|[0-9a-f]{64}-d)/[^/]+$`)

// idPlace is in how much of a program's beginning the go command looks for its
// build ID, and head prints that.
const (
	idPlace = 32 << 10
	head    = "head -c 32768"
)

// IsOutdated says whether the source is another by now than what the program in
// the file was built from: edited while go run was at it, perhaps. It compares
// build IDs, as the go command does, and not times. What it can't know, it takes
// for no change.
func (p *Program) IsOutdated(ctx context.Context, file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	begin, err := io.ReadAll(io.LimitReader(f, idPlace))
	id := buildID.FindSubmatch(begin)
	if err != nil || id == nil {
		return false
	}
	now, err := p.mainID(ctx, file)
	if err != nil {
		_, err = p.run(ctx, append(append([]string{"list", "-export", "-buildvcs=false"}, p.flags...), p.Package)...)
		broken := (*CodeError)(nil)
		return errors.As(err, &broken) // by now: it has been built once
	}
	return !bytes.Equal(now, id[1])
}

// mainID is the main package's part of the build ID that the program would have
// now. go run makes other ones, but it keeps what it has linked, so that asking
// it is not dear while nothing has changed.
func (p *Program) mainID(ctx context.Context, file string) ([]byte, error) {
	args := []string{"list", "-export", "-f={{.BuildID}}"}
	isRun := fromRun.MatchString(filepath.ToSlash(file))
	if isRun {
		args = []string{"run", "-exec=" + head}
	}
	args = append(args, "-buildvcs="+p.vcs, "-ldflags="+p.ldflags)
	out, err := p.run(ctx, append(append(args, p.flags...), p.Package)...)
	if err != nil || !isRun {
		return bytes.TrimSpace(out), err
	}
	if id := buildID.FindSubmatch(out); id != nil {
		return id[1], nil
	}
	return nil, errors.New("go run has made no program with a build ID")
}
