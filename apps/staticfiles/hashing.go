package staticfiles

import (
	"cmp"
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/settled-go/settled"
)

// postProcess makes what the storage makes of the files: names with hashes, and
// compressed variants.
func (c *collector) postProcess(ctx context.Context) error {
	if !c.app.settings.hashes() {
		if c.app.settings.compresses() {
			return c.compressAll(ctx, c.names)
		}
		return nil
	}
	h := &hashing{collector: c, hashed: map[string]string{}, contents: map[string]string{}, missing: map[string]bool{}}
	h.rewriter = rewriter{base: c.app.settings.base(), modules: c.app.settings.modules(), stored: h.stored}
	if err := h.settle(ctx); err != nil {
		return err
	}
	if err := h.write(ctx); err != nil {
		return err
	}
	if c.app.settings.compresses() {
		if err := h.compress(ctx); err != nil {
			return err
		}
	}
	// Last, so that all that it names is there.
	return c.target.writeBytes(manifestName, newManifest(h.hashed).bytes())
}

// hashing gives names with hashes to all files of a run. The hash of a file with
// references depends on those of the files that it refers to.
type hashing struct {
	*collector
	rewriter rewriter
	hashed   map[string]string // names to names with the hash
	contents map[string]string // by name: of files with references, rewritten
	texts    map[string]string // by name: the same as they were written
	missing  map[string]bool   // references that have been reported
	broken   []broken
}

// settle goes over the files with references until no hash changes. Without a
// circle that is at most once for each of them.
func (h *hashing) settle(ctx context.Context) error {
	if err := h.first(ctx); err != nil {
		return err
	}
	names := h.withReferences()
	changed := names
	for range len(names) + 1 {
		if err := ctx.Err(); err != nil {
			return err
		}
		if changed = h.pass(names); len(changed) == 0 || len(h.broken) > 0 {
			break
		}
	}
	if len(h.broken) > 0 {
		return h.failed()
	}
	if len(changed) > 0 && len(names) > 0 {
		fmt.Fprint(h.env.Stderr, "Post-processing 'All' failed!\n\n")
		return &settled.CommandError{Text: "Max post-process passes exceeded: " + strings.Join(changed, ", ") +
			" refer to each other in a circle, so that none can have a hash of its content in its name"}
	}
	return nil
}

// first hashes all files as they are.
func (h *hashing) first(ctx context.Context) error {
	h.texts = map[string]string{}
	for _, name := range h.names {
		if err := ctx.Err(); err != nil {
			return err
		}
		hash, err := h.hash(name, h.sources[name])
		if err != nil {
			return err
		}
		h.hashed[name] = hashedName(name, hash)
	}
	return nil
}

// hash is that of a file's content, which is kept if it may have references.
func (h *hashing) hash(name string, f found) (string, error) {
	file, _, err := f.open(f.name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := md5.New()
	if referencesOf(name, h.rewriter.modules) == nil {
		_, err = io.Copy(sum, file)
		return hex.EncodeToString(sum.Sum(nil))[:12], err
	}
	data, err := io.ReadAll(file)
	if err != nil {
		return "", err
	}
	if !utf8.Valid(data) {
		fmt.Fprintf(h.env.Stderr, "Post-processing '%s' failed!\n\n", name)
		return "", &settled.CommandError{Text: fmt.Sprintf("%s is not UTF-8, so that its references can't be found", f.at(f.name))}
	}
	h.texts[name] = string(data)
	return hashOf(data), nil
}

// withReferences are the files that may refer to others, the deepest folders first.
func (h *hashing) withReferences() []string {
	var names []string
	for _, name := range h.names {
		if _, ok := h.texts[name]; ok {
			names = append(names, name)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return strings.Count(b, "/") - strings.Count(a, "/") })
	return names
}

// pass rewrites the files and returns those whose hash has changed.
func (h *hashing) pass(names []string) (changed []string) {
	for _, name := range names {
		text, broken := h.rewriter.rewrite(name, h.texts[name])
		for _, b := range broken {
			if !h.missing[b.String()] {
				h.missing[b.String()] = true
				h.broken = append(h.broken, b)
			}
		}
		h.contents[name] = text
		hashed := hashedName(name, hashOf([]byte(text)))
		if hashed != h.hashed[name] {
			h.hashed[name] = hashed
			changed = append(changed, name)
		}
	}
	return changed
}

// stored is the name with the hash of a file that was collected. A folder has none.
func (h *hashing) stored(name string) (string, bool) {
	if hashed, ok := h.hashed[name]; ok {
		return hashed, true
	}
	isFolder := slices.ContainsFunc(h.names, func(other string) bool { return strings.HasPrefix(other, name+"/") })
	return name, isFolder
}

// failed tells all broken references.
func (h *hashing) failed() error {
	slices.SortStableFunc(h.broken, func(a, b broken) int { return cmp.Or(strings.Compare(a.name, b.name), a.line-b.line) })
	last := ""
	for _, b := range h.broken {
		if b.name != last {
			fmt.Fprintf(h.env.Stderr, "Post-processing '%s' failed!\n", b.name)
			last = b.name
		}
	}
	fmt.Fprintln(h.env.Stderr)
	text := "references lead to files that there are not:"
	for _, b := range h.broken {
		f := h.sources[b.name]
		b.name = f.at(f.name)
		text += "\n" + b.String()
	}
	return &settled.CommandError{Text: text}
}

// write puts the files with hashes beside the others.
func (h *hashing) write(ctx context.Context) error {
	for _, name := range h.names {
		if err := ctx.Err(); err != nil {
			return err
		}
		done, err := h.writeOne(name)
		if err != nil {
			return err
		}
		if !done {
			h.logf(2, "Skipped post-processing '%s'", name)
			continue
		}
		h.processed++
		h.logf(2, "Post-processed '%s' as '%s'", name, h.hashed[name])
	}
	return nil
}

func (h *hashing) writeOne(name string) (done bool, err error) {
	hashed := h.hashed[name]
	if text, ok := h.contents[name]; ok {
		same, err := h.target.holds(hashed, strings.NewReader(text))
		if err != nil || same {
			return true, err // Django writes it anew and counts it
		}
		return true, h.target.writeBytes(hashed, []byte(text))
	}
	f := h.sources[name]
	file, info, err := f.open(f.name)
	if err != nil {
		return false, err
	}
	defer file.Close()
	there, isLink, err := h.target.stat(hashed)
	if err == nil && !isLink && there.Mode().IsRegular() && there.Size() == info.Size() {
		return false, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	return true, h.target.write(hashed, file)
}
