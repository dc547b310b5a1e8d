package gobuild

// For makes a program of a package of the module in dir.
func For(pkg, tool, dir string) *Program {
	return &Program{Package: pkg, dir: dir, tool: tool, link: "-s"}
}
