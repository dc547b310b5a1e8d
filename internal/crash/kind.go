package crash

import (
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
)

// A Kind says whose code a frame is.
type Kind string

const (
	App       Kind = "app" // of the program itself
	Framework Kind = "Settled"
	Library   Kind = "library" // of another module
	Standard  Kind = "standard library"
)

const framework = "github.com/settled-go/settled"

// ours are the packages of the framework: examples and tests are apps.
var ours = []string{"apps/", "checks", "internal/", "manage/", "middleware", "server", "settings", "settledtest"}

// kindOf judges by the package, and where its path can't tell, as example.org
// tells of no standard library, by the file.
func kindOf(pkg, file string) Kind {
	m := modules()
	switch {
	case pkg == "main" || m.main != "" && m.main != framework && within(pkg, m.main):
		return App
	case isFramework(pkg):
		return Framework
	case isStandard(pkg, file):
		return Standard
	}
	for _, path := range m.others {
		if within(pkg, path) {
			return Library
		}
	}
	return App
}

func isFramework(pkg string) bool {
	rest, ok := strings.CutPrefix(pkg, framework+"/")
	if !ok {
		return pkg == framework
	}
	for _, part := range ours {
		if strings.HasPrefix(rest, part) && !strings.HasSuffix(rest, "_test") {
			return true
		}
	}
	return false
}

// isStandard knows the standard library by the folder of the runtime. Built with
// -trimpath there is none, and files begin with their package.
func isStandard(pkg, file string) bool {
	if root := standardRoot(); root != "" {
		return strings.HasPrefix(file, root)
	}
	first, _, _ := strings.Cut(pkg, "/")
	return !strings.Contains(first, ".") && strings.HasPrefix(file, pkg+"/")
}

// standardRoot is the folder of the standard library on the machine that built
// the program, with a slash at the end; "" with -trimpath.
var standardRoot = sync.OnceValue(func() string {
	pc := reflect.ValueOf(runtime.GC).Pointer()
	file, _ := runtime.FuncForPC(pc).FileLine(pc)
	root, _, _ := strings.Cut(file, "runtime/mgc.go")
	return root
})

type moduleList struct {
	main   string
	others []string
}

// modules are those that the program is made of.
var modules = sync.OnceValue(func() moduleList {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return moduleList{}
	}
	m := moduleList{main: info.Main.Path}
	for _, dep := range info.Deps {
		m.others = append(m.others, dep.Path)
	}
	return m
})

func within(pkg, module string) bool {
	return pkg == module || strings.HasPrefix(pkg, module+"/") || strings.HasPrefix(pkg, module+"_test")
}
