package whitenoise

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// look finds what is served at a path now, for AutoRefresh.
func (n *noise) look(url string) *entry {
	if strings.ContainsAny(url, "\\\x00") || !strings.HasPrefix(url, "/") {
		return nil
	}
	if n.index == "" {
		return n.lookFile(url)
	}
	switch {
	case strings.HasSuffix(url, "/"):
		return n.lookFile(url + n.index)
	case strings.HasSuffix(url, "/"+n.index):
		if n.lookFile(url) != nil {
			return &entry{path: url, redirect: "./"}
		}
		return nil
	}
	if e := n.lookFile(url); e != nil {
		return e
	}
	if n.lookFile(url+"/"+n.index) != nil {
		return &entry{path: url, redirect: path.Base(url) + "/"}
	}
	return nil
}

// lookFile finds the file of a path: the finders go first.
func (n *noise) lookFile(url string) *entry {
	if name, ok := strings.CutPrefix(url, n.prefix); ok && n.finder != nil && fs.ValidPath(name) {
		if f, _, err := n.finder.OpenStatic(name); err == nil {
			f.Close()
			return n.described(n.found(url, name))
		}
	}
	for _, r := range n.roots {
		name, ok := strings.CutPrefix(url, r.prefix)
		if !ok || !fs.ValidPath(name) || name == "." {
			continue
		}
		full := filepath.Join(r.dir, filepath.FromSlash(name))
		if isVariant(full, isFile) || !isFile(full) {
			continue
		}
		if e := n.described(n.onDisk(url, full)); e != nil {
			return e
		}
	}
	return nil
}

func (n *noise) described(e *entry) *entry {
	if _, err := n.describe(e); err != nil {
		return nil
	}
	return e
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
