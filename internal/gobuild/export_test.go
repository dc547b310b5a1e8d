package gobuild

import "debug/buildinfo"

// For makes a program of a package of the module in dir.
func For(pkg, tool, dir string) *Program {
	return &Program{Package: pkg, dir: dir, tool: tool, link: "-s", vcs: "false"}
}

// Built is the program in a file, with its source in dir.
func Built(file, tool, dir string) (*Program, error) {
	info, err := buildinfo.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return of(info, tool, dir)
}
