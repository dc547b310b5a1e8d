package settled

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/panics"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

// A Project is a settings file and the apps it installs, decoded and ready to
// be checked. It holds nothing open and does not change, so it is safe for
// concurrent use.
type Project struct {
	file  *settings.File
	core  *core
	apps  []AppInfo
	chain middleware.Chain
	found checks.Messages
	// linked are the apps of the program, and pages explain their ids.
	linked []AppInfo
	pages  func() []Page
	// today is the day on which the project was set up.
	today settings.Date
	// again sets up another file with the same apps.
	again func(*settings.File) *Project
	// develop is what ServeDevelop was told, nil for nothing.
	develop *bool
}

// AppInfo is an app of a project.
type AppInfo struct {
	Name string
	App  App
	// Builtin apps are installed wherever they are linked in.
	Builtin bool
	// Settings is what App.Settings returned, decoded; nil if it has none.
	Settings any
}

// Setup sets up the file's project with the default registry.
func Setup(f *settings.File) (*Project, checks.Messages) { return defaultRegistry.Setup(f) }

// Open loads, sets up and starts the project of a settings file with the
// default registry, as runserver does; Site.Close undoes it. The error is a
// *checks.Failure when the settings are at fault.
func Open(ctx context.Context, path string) (*Site, error) {
	f, err := settings.Load(path)
	if err != nil {
		return nil, err
	}
	p, _ := Setup(f)
	ms, _ := p.Silence(p.Check(Selection{}))
	if err := ms.Err(); err != nil {
		return nil, err
	}
	return p.Start(ctx)
}

// File is the settings file of the project.
func (p *Project) File() *settings.File { return p.file }

// Apps are the installed apps: core, the builtin ones, then INSTALLED_APPS in
// order.
func (p *Project) Apps() []AppInfo { return slices.Clone(p.apps) }

// Chain is MIDDLEWARE with its names resolved; names that could not be are left
// out.
func (p *Project) Chain() middleware.Chain { return slices.Clone(p.chain) }

// Core are the settings that every project has.
func (p *Project) Core() Core { return p.core.settings }

// Debug is the DEBUG setting.
func (p *Project) Debug() bool { return p.core.settings.Debug }

// Get returns the installed app of a type.
func Get[A App](p *Project) (A, bool) {
	for _, info := range p.apps {
		if a, ok := info.App.(A); ok {
			return a, true
		}
	}
	var none A
	return none, false
}

// Value returns the value of an installed app's setting. ok is false when no
// installed app has it or when its type is not T.
func Value[T any](p *Project, setting string) (value T, ok bool) {
	for _, info := range p.apps {
		if info.Settings == nil {
			continue
		}
		for _, field := range settings.Fields(info.Settings) {
			if field.Name == setting {
				value, ok = field.Value.(T)
				return value, ok
			}
		}
	}
	return value, false
}

// Selection says which checks to run.
type Selection struct {
	// Tags selects checks that have one of these; none selects all.
	Tags []string
	// Deploy adds the checks that are for deployments only.
	Deploy bool
}

// Check returns all that is wrong with the project, with its place, in the
// order of a report: what was found while it was set up, and what the apps'
// checks find. What makes the project impossible or unsafe is always in it,
// whatever is selected. It dials nothing, creates nothing and needs no
// secret's value. What follows from another message says so, see
// checks.Message.Because.
func (p *Project) Check(sel Selection) checks.Messages {
	return p.blame(sel, p.check(sel))
}

// check is Check without what follows from what.
func (p *Project) check(sel Selection) checks.Messages {
	rows := p.checks()
	ms := p.found.Select(func(m checks.Message) bool {
		return m.Class != checks.Finding || sel.hasID(rows, m.ID)
	})
	for _, row := range rows {
		if row.Run == nil || !sel.isFor(row.Check) {
			continue
		}
		unreadable := slices.ContainsFunc(row.Settings, p.isUnreadable)
		for _, m := range p.place(row.run(p)) {
			if m.Class != checks.Finding || sel.hasTagOf(row.Check) && !unreadable {
				ms = append(ms, m)
			}
		}
	}
	ms.Sort()
	return ms
}

// isUnreadable says whether a setting could not be decoded, so that only its
// default is known, and nothing that a check finds in that is worth a message.
func (p *Project) isUnreadable(setting string) bool {
	return slices.ContainsFunc(p.found, func(m checks.Message) bool {
		return m.Class == checks.Unbuildable && (m.Setting.Name() == setting || m.Setting.Name() == p.alias(setting))
	})
}

// alias is the old name of a setting, or "" when it has none.
func (p *Project) alias(setting string) string {
	for _, info := range p.apps {
		for _, field := range settings.Fields(info.Settings) {
			if field.Name == setting {
				return field.Alias
			}
		}
	}
	return ""
}

// Tags are the tags that a Selection can have, sorted. Those that only
// deployment checks have are left out unless deploy is true.
func (p *Project) Tags(deploy bool) []string {
	var tags []string
	for _, row := range p.checks() {
		if deploy || !row.Deploy {
			tags = append(tags, row.Tags...)
		}
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// Has says whether a check is selected.
func (s Selection) Has(c Check) bool { return s.isFor(c) && s.hasTagOf(c) }

// isFor says whether a check is for the stage, development or deployment.
func (s Selection) isFor(c Check) bool { return (s.Deploy || !c.Deploy) && !(s.Deploy && c.Develop) }

func (s Selection) hasTagOf(c Check) bool {
	return len(s.Tags) == 0 || slices.ContainsFunc(c.Tags, func(tag string) bool { return slices.Contains(s.Tags, tag) })
}

func (s Selection) hasID(rows []check, id string) bool {
	if len(s.Tags) == 0 {
		return true
	}
	return slices.ContainsFunc(rows, func(c check) bool { return slices.Contains(c.IDs, id) && s.hasTagOf(c.Check) })
}

// check is a Check and the app that brings it.
type check struct {
	Check
	app string
}

func (p *Project) checks() []check {
	var rows []check
	for _, info := range p.apps {
		if c, ok := info.App.(Checker); ok {
			for _, row := range c.Checks() {
				rows = append(rows, check{row, info.Name})
			}
		}
	}
	return rows
}

// run turns a panic into a message, since one broken check must not hide what
// the others find.
func (c check) run(p *Project) (ms checks.Messages) {
	defer func() {
		if value := recover(); value != nil {
			caught := panics.Caught(value)
			ms = checks.Messages{{Level: checks.Critical, ID: "apps.C001", Stack: caught.Stack,
				Text: fmt.Sprintf("a check of app %q panicked: %s; what it would have found is unknown", c.app, strings.TrimPrefix(caught.Error(), "panic: ")),
				Hint: "report this to the authors of the app: --traceback shows where it happened", Setting: p.listed(c.app)}}
		}
	}()
	return c.Run(p)
}
