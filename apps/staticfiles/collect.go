package staticfiles

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/settled-go/settled"
)

// A collector is one run of collectstatic.
type collector struct {
	app     *App
	options collectOptions
	env     settled.Env
	target  *target

	names   []string // of what was found, in the order in which it was
	sources map[string]found

	modified, unmodified, processed int
}

func (c *collector) run(ctx context.Context) error {
	if c.app.root == "" {
		return &settled.CommandError{Text: "You're using the staticfiles app without having set the STATIC_ROOT setting to a filesystem path."}
	}
	if err := c.spare(); err != nil {
		return err
	}
	if err := c.confirm(); err != nil {
		return err
	}
	var err error
	if c.target, err = openTarget(c.app.root, c.options.dryRun); err != nil {
		return err
	}
	defer c.target.close()
	if err := c.collect(ctx); err != nil {
		return err
	}
	c.report()
	return nil
}

// spare refuses to clear what are sources, whatever was silenced.
func (c *collector) spare() error {
	if !c.options.clear {
		return nil
	}
	if filepath.Dir(c.app.root) == c.app.root {
		return fmt.Errorf("STATIC_ROOT is %s: all of the file system would be deleted", c.app.root)
	}
	for _, l := range c.app.finder.locations {
		if l.files == nil && (inside(c.app.root, l.dir) || inside(l.dir, c.app.root)) {
			return fmt.Errorf("%s and STATIC_ROOT are inside of each other: --clear would delete what you have written", l.dir)
		}
	}
	return nil
}

// inside says whether a path is a folder or in it, links resolved.
func inside(folder, name string) bool {
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	rel, err := filepath.Rel(folder, name)
	return err == nil && (rel == "." || filepath.IsLocal(rel))
}

// confirm asks before files are overwritten, in Django's words.
func (c *collector) confirm() error {
	entries, err := os.ReadDir(c.app.root)
	if c.options.noInput || err != nil || len(entries) == 0 {
		return nil
	}
	text := "\n"
	if c.options.dryRun {
		text += "You have activated the --dry-run option so no files will be modified.\n\n"
	}
	text += "You have requested to collect static files at the destination\nlocation as specified in your settings:\n\n    " + c.app.root + "\n\n"
	if c.options.clear {
		text += "This will DELETE ALL FILES in this location!\n"
	} else {
		text += "This will overwrite existing files!\n"
	}
	text += "Are you sure you want to do this?\n\nType 'yes' to continue, or 'no' to cancel: "
	fmt.Fprint(c.env.Stdout, text)
	line, _ := bufio.NewReader(c.env.Stdin).ReadString('\n')
	if strings.TrimRight(line, "\r\n") != "yes" {
		return &settled.CommandError{Text: "Collecting static files cancelled."}
	}
	return nil
}

func (c *collector) collect(ctx context.Context) error {
	if c.options.clear {
		if err := c.target.clear(c.remove); err != nil {
			return err
		}
	}
	c.sources = map[string]found{}
	complain := func(name string, err error) {
		fmt.Fprintf(c.env.Stderr, "Left out '%s': %s\n", name, cause(err))
	}
	err := c.app.finder.each(ignorer(c.options.ignored()), complain, func(name string, f found) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, hidden := c.sources[name]; hidden {
			c.logf(1, "Found another file with the destination path '%s'. It will be ignored since only the first encountered file is collected. If this is not what you want, make sure every static file has a unique path.", name)
			return nil
		}
		c.names = append(c.names, name)
		c.sources[name] = f
		return c.take(name, f)
	})
	if err != nil || c.options.noPostProcess || c.options.dryRun {
		return err
	}
	return c.postProcess(ctx)
}

func (c *collector) remove(name string) error {
	if c.options.dryRun {
		c.logf(1, "Pretending to delete '%s'", name)
		return nil
	}
	c.logf(1, "Deleting '%s'", name)
	return c.target.remove(name)
}

// take copies or links one file, unless it is there.
func (c *collector) take(name string, f found) error {
	if c.options.link && f.files != nil {
		return fmt.Errorf("'%s' can't be linked to: it is inside of this program. Collect without --link", f.at(f.name))
	}
	same, err := c.isThere(name, f)
	if err != nil {
		return err
	}
	if same {
		c.unmodified++
		c.logf(2, "Skipping '%s' (not modified)", f.name)
		return nil
	}
	c.modified++
	switch source := f.at(f.name); {
	case c.options.dryRun && c.options.link:
		c.logf(1, "Pretending to link '%s'", source)
	case c.options.dryRun:
		c.logf(1, "Pretending to copy '%s'", source)
	case c.options.link:
		c.logf(2, "Linking '%s'", source)
		return c.target.link(name, filepath.Join(f.dir, filepath.FromSlash(f.name)))
	default:
		c.logf(2, "Copying '%s'", source)
		return c.copy(name, f)
	}
	return nil
}

func (c *collector) copy(name string, f found) error {
	file, _, err := f.open(f.name)
	if err != nil {
		return err
	}
	defer file.Close()
	return c.target.write(name, file)
}

// isThere says whether STATIC_ROOT has the file already: of the same size and not older,
// or, where a source has no time, of the same content; and a link where links
// are made, a copy where not.
func (c *collector) isThere(name string, f found) (bool, error) {
	target, isLink, err := c.target.stat(name)
	cleared := c.options.clear && c.options.dryRun // only in pretence
	if errors.Is(err, fs.ErrNotExist) || cleared {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if target.IsDir() {
		return false, fmt.Errorf("'%s' is a folder in STATIC_ROOT, and a file in %s", name, f.location)
	}
	source, info, err := f.open(f.name)
	if err != nil {
		return false, err
	}
	defer source.Close()
	if isLink != c.options.link || target.Size() != info.Size() {
		return false, nil
	}
	if info.ModTime().IsZero() {
		return c.target.holds(name, source)
	}
	return target.ModTime().Unix() >= info.ModTime().Unix(), nil
}

func (c *collector) logf(level int, format string, args ...any) {
	if c.env.Verbosity >= level {
		fmt.Fprintf(c.env.Stdout, format+"\n", args...)
	}
}

// report is Django's sentence at the end.
func (c *collector) report() {
	noun, verb := "static files", "copied"
	if c.modified == 1 {
		noun = "static file"
	}
	if c.options.link {
		verb = "symlinked"
	}
	text := fmt.Sprintf("\n%d %s %s to '%s'", c.modified, noun, verb, c.app.root)
	if c.unmodified > 0 {
		text += fmt.Sprintf(", %d unmodified", c.unmodified)
	}
	if c.processed > 0 {
		text += fmt.Sprintf(", %d post-processed", c.processed)
	}
	c.logf(1, "%s.", text)
}
