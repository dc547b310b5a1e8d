package workbench

import (
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strconv"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// A look is what a developer is told of the project at one moment. What is served
// stays as it is; the settings file is read afresh, so that what was saved a
// moment ago is judged.
type look struct {
	File string
	// Unread says why the file can't be read; empty when it can.
	Unread string
	// Now is what check finds in the file, Deploy with --deploy.
	Now, Deploy findings
	// Refused says that the file has errors which the site that is served has
	// not.
	Refused bool
	// AtChecks says that this is shown on the page of the checks.
	AtChecks bool
	// Changes are the settings that differ from those that are served.
	Changes []change
}

// findings are what a run of the checks finds.
type findings struct {
	Groups   []checks.Group
	Silenced []checks.Silenced
	// Summary is the last line of check.
	Summary string
	// Errors, Warnings and Others are how many messages there are of a level.
	Errors, Warnings, Others int
}

// A change is a setting that is not served as it stands in the file.
type change struct{ Name, Was, Now string }

func (b *bench) look() look {
	l := look{File: b.served.File().Name()}
	disk, err := b.served.Reread()
	if failure := (*checks.Failure)(nil); errors.As(err, &failure) {
		l.Now = newFindings(failure.Messages, nil)
		l.Deploy, l.Refused = l.Now, true
		return l
	}
	if err != nil {
		l.Unread = err.Error()
		disk = b.served
	}
	l.Now = newFindings(disk.Silence(disk.Check(settled.Selection{})))
	l.Deploy = newFindings(disk.Silence(disk.Check(settled.Selection{Deploy: true})))
	l.Changes = changes(b.served, disk)
	l.Refused = l.Now.Errors > 0 && !b.tolerated(l.Now)
	return l
}

// tolerated says whether the site is served in spite of all these errors.
func (b *bench) tolerated(now findings) bool {
	kept, _ := b.served.Silence(b.served.Check(settled.Selection{}))
	known := map[[2]string]bool{}
	for _, m := range kept {
		known[[2]string{m.ID, m.Text}] = true
	}
	for _, g := range now.Groups {
		for _, m := range append(checks.Messages{g.Message}, g.Follows...) {
			if m.Level >= checks.Error && !known[[2]string{m.ID, m.Text}] {
				return false
			}
		}
	}
	return true
}

func newFindings(kept checks.Messages, silenced []checks.Silenced) findings {
	report := checks.Report{Messages: kept, Silenced: len(silenced)}
	f := findings{Groups: kept.Groups(), Silenced: silenced, Summary: report.Summary()}
	slices.SortStableFunc(f.Groups, func(a, b checks.Group) int { return int(b.Gravest() - a.Gravest()) })
	for _, m := range kept {
		switch {
		case m.Level >= checks.Error:
			f.Errors++
		case m.Level == checks.Warning:
			f.Warnings++
		default:
			f.Others++
		}
	}
	return f
}

// Total is how many messages there are.
func (f findings) Total() int { return f.Errors + f.Warnings + f.Others }

// count is a badge: how many messages, what that means, and its tone.
func (f findings) count() (note, about, tone string) {
	switch {
	case f.Errors > 0:
		tone = "bad"
	case f.Warnings > 0:
		tone = "warn"
	case f.Total() == 0:
		return "✓", "no issues", "good"
	}
	return strconv.Itoa(f.Total()), "issues", tone
}

// changes compares the settings of two readings of a file. Secrets, which one of
// them has resolved, are not compared.
func changes(served, disk *settled.Project) []change {
	was := map[string]settled.Setting{}
	for _, s := range served.Settings() {
		was[s.Name] = s
	}
	var all []change
	for _, s := range disk.Settings() {
		if old := was[s.Name]; !s.Secret && settings.TOML(s.Value) != settings.TOML(old.Value) {
			all = append(all, change{s.Name, old.Shown(), s.Shown()})
		}
	}
	return all
}

// state is a number that changes when a page has something new to show: what was
// found, where, or which site it is.
func (b *bench) state(w http.ResponseWriter, r *http.Request) {
	h := fnv.New64a()
	fmt.Fprintf(h, "%p %+v", b, lookOf(r))
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintf(w, "%x\n", h.Sum64())
}
