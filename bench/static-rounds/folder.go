package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
)

// plant makes the folder that all serve: a small file, one of 100 KB, and one with its
// compressed form.
func plant(dir string) (root string, err error) {
	root = filepath.Join(dir, "public")
	if err := os.Mkdir(root, 0o755); err != nil {
		return "", err
	}
	if err := os.Chmod(dir, 0o755); err != nil { // nginx's workers are another user
		return "", err
	}
	style := []byte(strings.Repeat("body { color: red; background: url(x.png) }\n", 500))
	for name, content := range map[string][]byte{
		"small.css": []byte("body { color: red }\n"),
		"big.png":   bytes.Repeat([]byte{0x89, 'P', 'N', 'G', 1, 2, 3, 4, 5, 6}, 10<<10),
		"style.css": style, "style.css.gz": zipped(style),
	} {
		if err := os.WriteFile(filepath.Join(root, name), content, 0o644); err != nil {
			return "", err
		}
	}
	return root, nil
}

func zipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(data) // to memory
	_ = w.Close()
	return b.Bytes()
}
