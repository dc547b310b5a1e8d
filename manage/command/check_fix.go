package command

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/atomicfile"
)

// fix mends what the checks report, and says what it has done; all then holds
// the projects that came of it. With diff it writes nothing.
func (r *run) fix(ctx context.Context, c check, sel settled.Selection, all []result) error {
	m := newMending(r, all, func(read reading) state { return look(read, sel, c.labels) })
	done := r.progress("Trying what can be mended in " + count(len(all), "settings file"))
	for i := range all {
		if all[i].project != nil && ctx.Err() == nil {
			m.run(i)
		}
	}
	done()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if c.diff && len(m.files) > 0 {
		if err := r.printDiff(m); err != nil {
			return err
		}
		_ = r.unreadable(all)
		return errReported // as gofmt -d and ruff check --diff have it
	}
	if err := write(m.files); err != nil {
		return err
	}
	for i := range all {
		all[i].reading = m.now[i].reading
	}
	r.printFixed(m)
	return judge(ctx, all, sel, c.labels)
}

// write replaces the files. None is replaced unless all can be, as far as that
// can be known before.
func write(files []repair) error {
	var staged []*atomicfile.Staged
	defer func() {
		for _, s := range staged {
			s.Discard()
		}
	}()
	for _, f := range files {
		if info, err := os.Stat(f.Name); err == nil && !info.Mode().IsRegular() {
			return fmt.Errorf("%s is not fixed: it is not a regular file", f.Name)
		}
		s, err := atomicfile.Stage(f.Name, []byte(f.New))
		if err != nil {
			return unwritten(f.Name, err)
		}
		staged = append(staged, s)
	}
	for _, f := range files {
		if now, err := os.ReadFile(f.Name); err != nil || !bytes.Equal(now, []byte(f.Old)) {
			return fmt.Errorf("%s is not fixed: it has changed since it was read; run this again", f.Name)
		}
	}
	for i, s := range slices.Clone(staged) {
		staged = staged[1:]
		if err := s.Commit(); err != nil {
			return unwritten(files[i].Name, err)
		}
	}
	return nil
}

// unwritten says in one line why a file could not be replaced.
func unwritten(name string, err error) error {
	return fmt.Errorf("%s is not fixed: it can't be replaced: %w", name, withoutPath(err))
}
