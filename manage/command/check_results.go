package command

import (
	"context"
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// result is what check has found out about one settings file. When the file, or
// a directory, can't be read, there is an err and nothing else.
type result struct {
	name string
	reading
	messages checks.Messages // without the silenced ones
	silenced []checks.Silenced
}

// results reads the settings files that paths stand for, in a stable order;
// without any, the one that --settings names.
func (r *run) results(ctx context.Context, paths []string) ([]result, error) {
	if len(paths) == 0 {
		name, _ := r.options.settingsFile()
		return []result{{name: name, reading: r.read()}}, nil
	}
	files, failed := settings.Discover(ctx, paths)
	all := make([]result, len(files))
	inParallel(len(files), func(i int) {
		if ctx.Err() == nil {
			all[i] = result{name: files[i], reading: r.readFile(files[i])}
		}
	})
	for _, err := range failed {
		all = append(all, result{reading: reading{err: err}})
	}
	return all, ctx.Err()
}

// readFile reads a settings file, unless it is the one that has been read for
// the commands of its apps.
func (r *run) readFile(name string) reading {
	if first, _ := r.options.settingsFile(); name == first {
		if got := r.read(); got.err == nil {
			return got
		}
	}
	return newReader(r.Setup, name, "")()
}

// judge runs the checks of every project.
func judge(ctx context.Context, all []result, sel settled.Selection, labels []string) error {
	inParallel(len(all), func(i int) {
		one := &all[i]
		switch {
		case ctx.Err() != nil:
		case one.project == nil:
			one.messages = one.found
		default:
			ms := ofApps(one.project, one.project.Check(sel), labels)
			one.messages, one.silenced = one.project.Silence(ms)
		}
	})
	return ctx.Err()
}

// projects are those of the files that could be read.
func projects(all []result) []*settled.Project {
	var list []*settled.Project
	for _, one := range all {
		if one.project != nil {
			list = append(list, one.project)
		}
	}
	return list
}

// summary is one report over all that could be read.
func summary(all []result) checks.Report {
	readable := slices.DeleteFunc(slices.Clone(all), func(one result) bool { return one.err != nil })
	report := checks.Report{Checked: len(readable), Silenced: len(setAside(readable))}
	var found []checks.Found
	for _, one := range readable {
		report.Messages = one.messages
		found = append(found, checks.Found{File: one.name, Messages: one.messages})
	}
	if len(found) > 1 {
		report.Messages = checks.Gather(found)
	}
	return report
}

// setAside is what is silenced in some files, each once for a reason.
func setAside(all []result) []checks.Silenced {
	if len(all) == 1 {
		return all[0].silenced
	}
	var reasons []string
	found := map[string][]checks.Found{}
	for _, one := range all {
		byReason := map[string]checks.Messages{}
		for _, s := range one.silenced {
			byReason[s.Reason] = append(byReason[s.Reason], s.Message)
		}
		for reason, ms := range byReason {
			if found[reason] == nil {
				reasons = append(reasons, reason)
			}
			found[reason] = append(found[reason], checks.Found{File: one.name, Messages: ms})
		}
	}
	slices.Sort(reasons)
	var silenced []checks.Silenced
	for _, reason := range reasons {
		for _, m := range checks.Gather(found[reason]) {
			silenced = append(silenced, checks.Silenced{Message: m, Reason: reason})
		}
	}
	return silenced
}
