package settled_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/staticfiles"
	"github.com/settled-go/settled/manage/command"
)

const commandsIntro = `# Commands

What ` + "`manage`" + ` does, by command. ` + "`manage help`" + ` lists the commands of your project by app, as Django does, and ` + "`manage help NAME`" + `
says the same as this page.

## For all commands

Options stand before or behind the command. What is asked for goes to stdout, complaints and what happens meanwhile to stderr.

| exit status | |
|---|---|
| 0 | done; for ` + "`check`" + `, nothing at or above ` + "`--fail-level`" + ` |
| 1 | the project has errors, or the command failed |
| 2 | the command line makes no sense |
| another | ` + "`test`" + ` passes on that of go test; commands of apps may have their own (` + "`settled.CommandError`" + `) |

` + "`--settings FILE`" + ` is the settings file; without it SETTLED_SETTINGS names one, else it is ` + "`settings.toml`" + ` in the working directory.

` + "`-v`" + `, ` + "`--verbosity`" + `:

| | |
|---|---|
| 0 | results and complaints alone: ` + "`check`" + ` is silent when it finds nothing; log records from WARNING on |
| 1 | what is normal |
| 2 | more: the files that were read, the apps, how long it took; for ` + "`test`" + `, each test |
| 3 | log records of level DEBUG; for ` + "`test`" + `, how go is called |

A command of an app that has a ` + "`-v`" + ` of its own keeps it, and takes the level by ` + "`--verbosity`" + `.

An error is one line, without a stack, and so is a panic in a command, a check or another part of an app: it names the
file and line. ` + "`--traceback`" + ` shows what caused an error, and the stack of a panic.

**Colours** are for terminals. ` + "`--no-color`" + ` and NO_COLOR turn them off, ` + "`--force-color`" + ` turns them on in pipes. DJANGO_COLORS is
Django's: ` + "`dark`" + `, ` + "`light`" + ` or ` + "`nocolor`" + `, and roles such as ` + "`light;error=yellow/blue,blink;http_not_found=cyan`" + `. The roles in use are
ERROR, SUCCESS, WARNING, NOTICE and, for the request log, HTTP_INFO, HTTP_SUCCESS, HTTP_REDIRECT, HTTP_NOT_MODIFIED,
HTTP_BAD_REQUEST, HTTP_NOT_FOUND and HTTP_SERVER_ERROR. As in Django, a role without a palette before it leaves the others
without a colour.

**Progress** is shown, on a terminal only, of what takes more than a second, and erased when it is over. In pipes, with ` + "`-v 0`" + ` and
where the variable CI is set there is none.

**Completion** knows commands, options, apps, names of settings, ids of checks, tags, formats and files. Shells complete
programs by name, which ` + "`go run ./manage`" + ` hides, so build one: ` + "`go build -o manage ./manage`" + `, and see
[completion](#completion).

## Commands of apps

An app brings commands with ` + "`Commands()`" + `. Of two with one name, that of the app that INSTALLED_APPS lists first runs, and
[commands.W101](checks.md#commandsw101) reports the other. A command of an app takes the place of one of the framework's, but for
` + "`help`" + `, ` + "`version`" + ` and ` + "`completion`" + `. The system checks run before it; errors keep it from running.

From code, ` + "`settled.CallCommand(ctx, env, \"name\", \"--flag\", \"argument\")`" + ` calls one, as Django's ` + "`call_command`" + ` does.

## Settings for deployment

` + "`manage dumpsettings`" + ` writes the settings as they count, for programs that deploy. Secrets never get into a dump: a reference to
one stays a reference, in the formats that can say it, and all else is left out, with a warning on stderr.

- **toml**: a settings file that means the same, without EXTENDS. ` + "`--all`" + ` also writes what is at its default, so that a later
  version of an app with other defaults changes nothing.
- **json**: typed values; null is what was left out.
- **env**: one variable a line. Lists of plain entries have commas between them, as in ` + "`SETTLED_ALLOWED_HOSTS=a.example,b.example`" + `, and
  all else is TOML. The lines are for POSIX shells: ` + "`set -a; . ./dump.env; set +a`" + `. Only values that need quotes have them.
  ` + "`docker run --env-file`" + ` knows no quotes, so give it dumps without any, or pass the variables of a shell on with
  ` + "`docker run --env SETTLED_URLS`" + `. A secret that is read from a variable or a file is
  left out, and stderr says which variable wants its value. To read the variables, the program needs a settings
  file, which may be empty.

`

// commandsPage is the help of every command of the stock program.
func commandsPage(t *testing.T) string {
	t.Helper()
	var r settled.Registry
	r.Register("corsheaders", exampleApps["corsheaders"])
	r.Register(staticfiles.Name, exampleApps[staticfiles.Name])
	file := filepath.Join(t.TempDir(), "settings.toml")
	makeFile(t, file, "DEBUG = true\nINSTALLED_APPS = [\"corsheaders\", \"django.contrib.staticfiles\"]\nMIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\"]\n")
	manage := func(args ...string) string {
		var stdout, stderr bytes.Buffer
		p := command.Program{Name: "manage", Setup: r.Setup, Stdout: &stdout, Stderr: &stderr}
		if status := p.Run(t.Context(), append(args, "--settings", file)); status != 0 {
			t.Fatalf("%v: %d, %s", args, status, &stderr)
		}
		return stdout.String()
	}
	var b strings.Builder
	b.WriteString(strings.Replace(madeBy, "the pages of the apps, the rows of checks and the settings structs", "manage help", 1) + commandsIntro)
	for name := range strings.Lines(manage("help", "--commands")) {
		name = strings.TrimSpace(name)
		text := manage("help", name)
		fmt.Fprintf(&b, "## %s\n\n```text\n%s```\n\n", name, ownHelp(text))
		_, subcommands, _ := strings.Cut(text, "\nsubcommands:\n")
		subcommands, _, _ = strings.Cut(subcommands, "\n\n")
		for line := range strings.Lines(subcommands) {
			sub := strings.Fields(line)[0]
			fmt.Fprintf(&b, "### %s %s\n\n```text\n%s```\n\n", name, sub, ownHelp(manage("help", name, sub)))
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// ownHelp is the help of a command without the options that all have.
func ownHelp(text string) string {
	text, _, _ = strings.Cut(text, "\noptions of every subcommand:\n")
	return text
}
