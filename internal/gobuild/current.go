package gobuild

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"regexp"
)

// idPlace is in how much of a program's beginning the go command looks for its
// build ID.
const idPlace = 64 << 10

// A build ID is that of the linking, then two of the main package: of all that
// went into it, other packages too, and of what came of that; then the program's.
var buildID = regexp.MustCompile(`[\w-]{20}/([\w-]{20}/[\w-]{20})/[\w-]{20}`)

// IsOutdated says whether the source is another by now than what the program in
// the file was built from: edited while go run was at it, perhaps. It compares
// build IDs, as the go command does, and not times. What it can't know, it takes
// for no change.
func (p *Program) IsOutdated(ctx context.Context, file string) bool {
	args := append([]string{"list", "-export", "-f={{.BuildID}}", "-buildvcs=" + p.vcs, "-ldflags=" + p.ldflags}, p.flags...)
	out, err := p.run(ctx, append(args, p.Package)...)
	if broken := (*CodeError)(nil); errors.As(err, &broken) {
		return true // it did build
	}
	f, failed := os.Open(file)
	if err != nil || failed != nil {
		return false
	}
	defer f.Close()
	begin, err := io.ReadAll(io.LimitReader(f, idPlace))
	id := buildID.FindSubmatch(begin)
	return err == nil && id != nil && !bytes.Equal(id[1], bytes.TrimSpace(out))
}
