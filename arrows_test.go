package settled_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/settled-go/settled"

// arrows say what a package may import of this module. A name that ends in
// "/..." stands for all packages below; the first entry that fits counts.
var arrows = []struct {
	from string
	to   []string
}{
	{"checks", nil},
	{"middleware", nil},
	{"middleware/...", []string{"middleware", "internal/..."}},
	{"internal/baseline", []string{"internal/atomicfile"}},
	{"internal/pages", []string{"checks", "internal/accept", "internal/crash", "internal/printable"}},
	{"internal/scaffold", []string{"internal/atomicfile"}},
	{"internal/shown", []string{"settings"}},
	{"internal/requestid", []string{"middleware"}},
	{"internal/exempt", []string{"internal/pyre"}},
	{"internal/wrapped", []string{"middleware"}},
	{"internal/witness", []string{"internal/pyre"}},
	{"internal/reports", []string{"checks"}},
	{"internal/...", nil},
	{"settings", []string{"checks", "middleware", "internal/..."}},
	{"server", []string{"middleware"}},
	{"server/...", nil},
	{".", []string{"settings", "checks", "middleware", "internal/..."}},
	{"apps/corsheaders", []string{".", "settings", "checks", "middleware", "middleware/...", "internal/...", "apps/corsheaders/..."}},
	{"apps/proxy", []string{".", "settings", "checks", "middleware", "middleware/...", "internal/...", "apps/proxy/..."}},
	{"apps/corsheaders/lab", []string{".", "settings", "checks", "middleware", "internal/...", "apps/corsheaders/explain"}},
	{"apps/proxy/upstream", []string{"internal/..."}},
	{"apps/...", []string{".", "settings", "checks", "middleware", "middleware/...", "internal/..."}},
	{"settledtest", []string{".", "settings", "checks", "middleware", "internal/..."}},
	{"manage/workbench", []string{".", "settings", "checks", "middleware", "internal/..."}},
	{"manage/command", []string{".", "manage/workbench", "server", "server/...", "settings", "checks", "middleware", "internal/..."}},
	{"manage", []string{"manage/command", "apps/..."}},
	{"examples/...", []string{".", "settings", "checks", "middleware", "middleware/...", "apps/...", "manage/command", "examples/..."}},
}

// owners say which packages alone import a library.
var owners = map[string]string{
	"github.com/BurntSushi/toml":         "settings",
	"github.com/pelletier/go-toml":       "settings",
	"github.com/go-playground/validator": "settings",
	"github.com/spf13/cobra":             "manage/command",
	"golang.org/x/term":                  "manage/command",
	"github.com/aymanbagabas/go-udiff":   "manage/command",
	"github.com/agnivade/levenshtein":    "internal/nearest",
	"golang.org/x/mod":                   "internal/scaffold",
	"github.com/fsnotify/fsnotify":       "internal/watch",
	"github.com/klauspost/compress":      "middleware/gzip",
	"github.com/andybalholm/brotli":      "middleware/gzip",
	"github.com/chromedp":                "internal/chromiumtest",
	"github.com/santhosh-tekuri":         "tests", // no package
}

func fits(pattern, pkg string) bool {
	if prefix, below := strings.CutSuffix(pattern, "/..."); below {
		return strings.HasPrefix(pkg, prefix+"/")
	}
	return pattern == pkg
}

// sources are the Go files of the module by package, without tests and without
// the modules below it.
func sources(t *testing.T) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == "bench" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && name != "."):
			return filepath.SkipDir
		case strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go"):
			pkg := path.Dir(filepath.ToSlash(name))
			files[pkg] = append(files[pkg], name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// No package reaches back up the arrow, and a library stays with its owner.
func TestArrows(t *testing.T) {
	for pkg, files := range sources(t) {
		i := slices.IndexFunc(arrows, func(a struct {
			from string
			to   []string
		}) bool {
			return fits(a.from, pkg)
		})
		if i < 0 {
			t.Errorf("package %s has no arrow", pkg)
			continue
		}
		for _, file := range files {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, spec := range f.Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				judgeImport(t, file, pkg, arrows[i].to, imported)
			}
		}
	}
}

func judgeImport(t *testing.T, file, pkg string, may []string, imported string) {
	t.Helper()
	for library, owner := range owners {
		if strings.HasPrefix(imported, library) && pkg != owner {
			t.Errorf("%s imports %s, which belongs to %s", file, imported, owner)
		}
	}
	if imported != module && !strings.HasPrefix(imported, module+"/") {
		return
	}
	target := strings.TrimPrefix(strings.TrimPrefix(imported, module), "/")
	if target == "" {
		target = "."
	}
	if !slices.ContainsFunc(may, func(p string) bool { return fits(p, target) }) {
		t.Errorf("%s imports %s, against the arrow", file, target)
	}
}

// Each package says what it is for, once.
func TestPackageComments(t *testing.T) {
	for pkg, files := range sources(t) {
		comments := 0
		for _, file := range files {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			if f.Doc != nil {
				comments++
			}
		}
		if comments != 1 {
			t.Errorf("package %s has %d package comments, want one", pkg, comments)
		}
	}
}
