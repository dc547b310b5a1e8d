package command

import (
	"os"
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/reports"
	"github.com/settled-go/settled/settings"
)

// machineReport is a report with all that the formats for machines tell.
func (r *run) machineReport(report checks.Report, all []result) reports.Report {
	root, _ := os.Getwd() // without it, names stay as they are
	m := reports.Report{
		Version: settled.Version, Root: root, Failed: report.Failed,
		Messages: withoutSecretFixes(report.Messages), Accepted: withoutSecretFixes(report.Accepted),
	}
	for _, s := range setAside(all) {
		s.Message = withoutSecretFixes(checks.Messages{s.Message})[0]
		m.Silenced = append(m.Silenced, s)
	}
	for _, one := range all {
		file := reports.File{Name: one.name, Err: one.err}
		if one.project != nil {
			file.Sources = one.project.File().Files()
		}
		m.Failed = m.Failed || one.err != nil
		m.Files = append(m.Files, file)
	}
	p := r.blank()
	m.Rule = func(id string) reports.Rule {
		page, _ := p.Page(id)
		return reports.Rule{ID: id, Level: checks.LevelOf(id), Title: page.Title, Text: page.Text, Tags: page.Check.Tags}
	}
	return m
}

// withoutSecretFixes leaves out the fixes that repeat what is not to be shown:
// texts and excerpts come masked, but a fix is what the file will hold.
func withoutSecretFixes(ms checks.Messages) checks.Messages {
	ms = slices.Clone(ms)
	for i, m := range ms {
		if slices.ContainsFunc(m.Fixes, repeatsSecret) {
			ms[i].Fixes = nil
		}
	}
	return ms
}

func repeatsSecret(e checks.Edit) bool {
	isSecret := func(text string) bool { return settings.HideText(text) != text }
	holdsValue := e.Do == checks.Replace || e.Do == checks.Append || e.Do == checks.Move
	return holdsValue && settings.IsHidden(string(e.Setting)) || isSecret(e.Text) ||
		slices.ContainsFunc(e.Changes, func(c checks.Change) bool { return isSecret(c.New) })
}
