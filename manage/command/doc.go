// Package command is the command line of a project as a library: check,
// runserver, test, the commands that show a project, and those that its apps bring.
//
// A project's manage/main.go imports its apps and calls Main. A test, or a
// program with another command line, runs a Program with streams of its own.
//
// # Streams and exit status
//
// Both are Django's. A result goes to stdout, a complaint to stderr.
//
//	0  done; for check: nothing at or above --fail-level
//	1  the project has errors, or the command failed
//	2  the command line makes no sense
//
// test passes on that of go test, and a command of an app may have one of its
// own: settled.CommandError.
//
// A project that could not start, or that no project may be, fails check even
// with --fail-level CRITICAL, and no --skip-checks lets it run: otherwise a
// green CI run would say nothing about whether the site starts.
package command
