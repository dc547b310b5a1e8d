package staticfiles

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/settled-go/settled/middleware/gzip"
)

// compress makes the variants of what hashing has made, and with
// WHITENOISE_KEEP_ONLY_HASHED_FILES takes the rest out.
func (h *hashing) compress(ctx context.Context) error {
	hashed := slices.Sorted(maps.Values(h.hashed))
	if !h.app.settings.WhiteNoiseKeepOnlyHashedFiles {
		return h.compressAll(ctx, slices.Concat(h.names, hashed))
	}
	for _, name := range h.names {
		if h.hashed[name] == name {
			continue
		}
		if err := h.target.remove(name); err != nil {
			return err
		}
	}
	return h.compressAll(ctx, hashed)
}

// compressAll makes the compressed variants of files of STATIC_ROOT, as WhiteNoise does:
// those that save a twentieth at least.
func (c *collector) compressAll(ctx context.Context, names []string) error {
	skip := c.app.settings.WhiteNoiseSkipCompressExtensions
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		_, ext := splitExt(strings.ToLower(name))
		if slices.ContainsFunc(skip, func(s string) bool { return ext == "."+strings.ToLower(s) }) {
			continue
		}
		if err := c.compressOne(name); err != nil {
			return err
		}
	}
	return nil
}

func (c *collector) compressOne(name string) error {
	info, _, err := c.target.stat(name)
	if err != nil {
		return err
	}
	data, err := c.content(name)
	if err != nil || len(data) == 0 {
		return err
	}
	for _, v := range variants {
		variant := name + v.suffix
		if _, collected := c.sources[variant]; collected {
			continue // the project brings its own
		}
		if there, _, err := c.target.stat(variant); err == nil && there.ModTime().Equal(info.ModTime()) {
			continue
		}
		packed, err := gzip.Pack(v.coding, data)
		if err != nil {
			return err
		}
		if len(packed)*100 > len(data)*95 {
			if err := c.target.remove(variant); err != nil {
				return err
			}
			continue
		}
		if err := c.variant(variant, packed, info.ModTime()); err != nil {
			return err
		}
		c.processed++
		c.logf(2, "Post-processed '%s' as '%s'", name, variant)
	}
	return nil
}

// variant writes a compressed file with the time of what it is made of, which says that it
// belongs to that.
func (c *collector) variant(name string, data []byte, at time.Time) error {
	if err := c.target.writeBytes(name, data); err != nil {
		return err
	}
	return c.target.touch(name, at)
}

// content is what a file of STATIC_ROOT holds, or, of a link, what was linked to.
func (c *collector) content(name string) ([]byte, error) {
	if f, ok := c.sources[name]; ok {
		file, _, err := f.open(f.name)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		return io.ReadAll(file)
	}
	return c.target.root.ReadFile(name)
}

// variants are the compressed forms of a file, as WhiteNoise makes them. What Brotli can't
// make smaller, gzip can't either.
var variants = []struct{ suffix, coding string }{{".br", "br"}, {".gz", "gzip"}}
