package crash

// Around are the lines around one of a file.
func Around(path string, number int) []Line {
	lines, _ := newReader().around(path, number)
	return lines
}

// Judge says whose a function is, and its name for people.
func Judge(function, file string) (Kind, string) {
	pkg, name := split(function)
	return kindOf(pkg, file), name
}

// Pretend makes the program one of the module main, with others in it, until the
// returned function is called.
func Pretend(main string, others ...string) (restore func()) {
	real := modules
	modules = func() moduleList { return moduleList{main, others} }
	return func() { modules = real }
}
