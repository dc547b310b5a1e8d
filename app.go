package settled

import (
	"context"
	"errors"
	"flag"
	"io"
	"io/fs"
	"net/http"
	"runtime"
	"strconv"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
)

// An App is one entry of INSTALLED_APPS. It is made afresh for each project, so
// two projects in one process share nothing.
//
// The life of an app: its constructor runs; Middleware is asked for names and
// traits; the settings file is decoded into Settings; Checks judge them; Ready
// prepares what a running site needs; its links are built and its Routes
// served; Close undoes Ready.
type App interface {
	// Settings returns a pointer to the app's settings struct holding its
	// defaults, or nil if it has none. It is called once. A setting whose name
	// holds API, AUTH, KEY, PASS, SECRET, SIGNATURE or TOKEN is never shown,
	// as in Django.
	Settings() any
}

// MiddlewareProvider is an App that brings entries for MIDDLEWARE. Middleware is
// called before the settings are decoded and reads none of them, also on apps
// that are linked into the program but not installed.
type MiddlewareProvider interface {
	Middleware() []middleware.Link
}

// Checker is an App with system checks of its own.
type Checker interface {
	Checks() []Check
}

// Router is an App that serves requests.
type Router interface {
	Routes() []Route
}

// Readier is an App that has something to prepare before its site serves. It
// must hold nothing exclusively, since on a reload a new site starts before the
// old one closes. If the App is an io.Closer, Close undoes it. The context ends
// when the program is to stop, when the site is closed, and when it is given up
// before it is ready: then Ready has to return.
type Readier interface {
	Ready(context.Context, *Project) error
}

// Commander is an App that brings commands for manage.
type Commander interface {
	Commands() []Command
}

// Developer is an App that helps while developing: Tools are asked for when a
// site is served with DEBUG on, by manage runserver.
type Developer interface {
	Tools(*Site) []Tool
}

// Documenter is an App that explains itself: what it returns is what people read
// in manage check --explain, manage settings show, the JSON Schema of the
// settings and the reference pages. The Go files in it hold the settings struct,
// whose doc comments are the settings' documentation; the Markdown files hold a
// section for each check id, under a heading of level 2 that is the id. Its first
// paragraph is the title, one plain sentence; the rest says how the finding is
// decided, what follows from it and what to do:
//
//	//go:embed settings.go checks.md
//	var docs embed.FS
type Documenter interface {
	Docs() fs.FS
}

// A Check looks at a project that has been set up and reports what it finds. It
// only reads: it dials nothing, creates nothing and needs no secret's value.
type Check struct {
	// IDs are all ids that it may report.
	IDs []string
	// Tags are what check --tag selects it by.
	Tags []string
	// Settings are the names of those that it reads.
	Settings []string
	// Class is that of its messages.
	Class checks.Class
	// Fixable says that check --fix can mend what it finds.
	Fixable bool
	// Deploy checks run with --deploy only.
	Deploy bool
	// Develop checks run without --deploy only: a Deploy check says the same
	// more gravely.
	Develop bool
	// Run returns the findings. The settings they are about are filled in
	// with their places afterwards. A nil Run is for ids that the rules of
	// the settings struct report.
	Run func(*Project) checks.Messages
}

// A Route is a handler and the pattern it serves. Path makes one.
type Route struct {
	// Pattern is a pattern of http.ServeMux without a host, relative to where
	// the app is mounted: "GET /things/{id}".
	Pattern string
	// Name is what Reverse calls the route, below the app's name; "" for none.
	// Routes may share one, see Reverse.
	Name    string
	Handler http.Handler
	// Marks are what the route asks of the middleware, such as no CSRF check.
	Marks middleware.Mark
	// Develop routes are served only while DEBUG is on, unless
	// Project.ServeDevelop decides otherwise.
	Develop bool
	place   string
	setting checks.Path
	target  string
}

// Marked returns the route with further marks:
//
//	settled.Path("POST /hook/{$}", hook, "hook").Marked(middleware.CSRFExempt)
func (r Route) Marked(marks middleware.Mark) Route {
	r.Marks |= marks
	return r
}

// From returns the route as one that a setting makes: messages and manage showurls
// then say where that is written.
func (r Route) From(setting checks.Path) Route {
	r.setting = setting
	return r
}

// To returns the route as one that passes requests on to other servers, which manage
// showurls says. target is for people, without secrets.
func (r Route) To(target string) Route {
	r.target = target
	return r
}

// Path makes a route and notes where it was written, which messages and manage
// showurls say. It is Django's path; the name is for Reverse.
func Path(pattern string, h http.HandlerFunc, name string) Route {
	r := Route{Pattern: pattern, Name: name, place: caller(1)}
	if h != nil {
		r.Handler = h
	}
	return r
}

// A Tool is a page of the workbench, which manage runserver serves at
// /__settled__/ while DEBUG is on. Only programs on the developer's machine get
// there, and no middleware is in between: no CORS header ever lets another
// origin read it.
type Tool struct {
	Name  string // what stands in its path: /__settled__/NAME/
	Title string // what the workbench calls it
	// Handler serves all paths below /__settled__/NAME, with that prefix taken
	// off. Any page may link to it, so that GET changes nothing; other methods
	// come from the workbench alone. Its pages link to each other by relative URLs; a ToolPage gives them
	// the look of the workbench. A name that can't stand in a path or is taken
	// leaves the tool out.
	Handler http.Handler
	// Watch wraps the whole site, outside of all middleware, for a tool that
	// looks at requests and responses; nil if it doesn't. It must not change
	// them.
	Watch middleware.Func
}

// A Command is a subcommand of manage. It runs when the project's checks have
// passed, but for what is silenced or skipped. The project is not started: a
// command that needs secrets or what Ready prepares calls Project.Start.
type Command struct {
	Name  string
	Short string // one line, for help
	Long  string // for the command's own help; Short without it
	// Unchecked runs the command without printing what the checks find, unless
	// that makes the project impossible or unsafe. It is for commands that
	// explain a project.
	Unchecked bool
	// NoArgs refuses arguments that are no flags.
	NoArgs bool
	// Commands are subcommands of this one. A command that has some needs no
	// Run.
	Commands []Command
	// Flags declares the command's own flags; nil if it has none. A flag.Value
	// may have Type() string, which is what help calls it, and
	// Complete() []string, which is what completion offers.
	Flags func(*flag.FlagSet)
	Run   func(context.Context, Env) error
}

// ErrFailed is what a command's Run returns when it has said all that there is
// to say and only the exit status, 1, is left.
var ErrFailed = errors.New("failed")

// A CommandError is an error of a command with an exit status of its own. Without
// a Text, everything has been said.
type CommandError struct {
	Text   string
	Status int // 0 counts as 1
}

func (e *CommandError) Error() string { return e.Text }

// A UsageError is what a command's Run returns when its arguments make no
// sense. It is shown below the line that says how to call the command, and the
// exit status is 2.
type UsageError string

func (e UsageError) Error() string { return string(e) }

// Env is all that a Command sees of the world.
type Env struct {
	Args           []string // without the flags
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Project        *Project
	// Verbosity is what -v says: 0 for results and complaints alone, 1 for what
	// is normal, 2 and 3 for more.
	Verbosity int
}

// caller is the file:line of the function that called the caller's caller.
func caller(skip int) string {
	_, file, line, ok := runtime.Caller(skip + 1)
	if !ok {
		return "an unknown place"
	}
	return file + ":" + strconv.Itoa(line)
}
