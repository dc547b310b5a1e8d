package staticfiles

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

const (
	manifestName    = "staticfiles.json"
	manifestVersion = "1.1"
)

// A manifest maps names of files to those with a hash: Django's staticfiles.json.
type manifest struct {
	paths  map[string]string
	hashed map[string]bool // the values of paths
}

func newManifest(paths map[string]string) *manifest {
	m := &manifest{paths: paths, hashed: make(map[string]bool, len(paths))}
	for _, hashed := range paths {
		m.hashed[hashed] = true
	}
	return m
}

// readManifest reads the manifest of STATIC_ROOT; it is empty if there is none.
func readManifest(root string) (*manifest, error) {
	if root == "" {
		return newManifest(nil), nil
	}
	data, err := os.ReadFile(filepath.Join(root, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return newManifest(nil), nil
	}
	if err != nil {
		return nil, err
	}
	var stored struct {
		Version string
		Paths   map[string]string
	}
	if err := json.Unmarshal(data, &stored); err != nil || stored.Version != "1.0" && stored.Version != "1.1" {
		return nil, fmt.Errorf("couldn't load manifest '%s' (version %s): run collectstatic again", manifestName, manifestVersion)
	}
	return newManifest(stored.Paths), nil
}

// bytes are the manifest as Django writes it, with the paths in order.
func (m *manifest) bytes() []byte {
	var paths, pairs bytes.Buffer
	for i, name := range slices.SortedFunc(maps.Keys(m.paths), byCodePoint) {
		if i > 0 {
			paths.WriteString(", ")
			pairs.WriteString(", ")
		}
		key, value := pythonJSON(name), pythonJSON(m.paths[name])
		paths.WriteString(key + ": " + value)
		pairs.WriteString("[" + key + ", " + value + "]")
	}
	return []byte(`{"paths": {` + paths.String() + `}, "version": "` + manifestVersion + `", "hash": "` + hashOf([]byte("["+pairs.String()+"]")) + `"}`)
}

// byCodePoint is the order of Python's strings, which is that of UTF-8.
func byCodePoint(a, b string) int { return strings.Compare(a, b) }

// hashOf is the hash in the name of a file with this content.
func hashOf(content []byte) string {
	sum := md5.Sum(content)
	return hex.EncodeToString(sum[:])[:12]
}

// pythonJSON is a string as Python's json.dumps writes it: in ASCII.
func pythonJSON(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\b':
			b.WriteString(`\b`)
		case r == '\f':
			b.WriteString(`\f`)
		case r < ' ' || r > '~':
			escape(&b, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func escape(b *strings.Builder, r rune) {
	if high, low := utf16.EncodeRune(r); high != '�' {
		escape(b, high)
		escape(b, low)
		return
	}
	hex := strconv.FormatInt(int64(r), 16)
	b.WriteString(`\u` + strings.Repeat("0", 4-len(hex)) + hex)
}
