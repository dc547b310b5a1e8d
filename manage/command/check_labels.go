package command

import (
	"fmt"
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/nearest"
)

// ofApps keeps what the checks of some apps report, and what stops the project
// anyway. No label keeps all.
func ofApps(p *settled.Project, ms checks.Messages, labels []string) checks.Messages {
	if len(labels) == 0 {
		return ms
	}
	ids := map[string]bool{"apps.C001": true}
	for _, info := range p.Apps() {
		if slices.Contains(labels, info.Name) {
			for _, id := range idsOf(info.App) {
				ids[id] = true
			}
		}
	}
	return ms.Select(func(m checks.Message) bool { return m.Class != checks.Finding || ids[m.ID] })
}

// knownLabels fails for the first label that is no installed app of any of the
// projects.
func knownLabels(projects []*settled.Project, labels []string) error {
	var names []string
	for _, p := range projects {
		names = append(names, labelsOf(p)...)
	}
	for _, label := range labels {
		if !slices.Contains(names, label) {
			return unknownLabel(label, names)
		}
	}
	return nil
}

// labelsOf are the names of a project's apps; without a project, none.
func labelsOf(p *settled.Project) []string {
	if p == nil {
		return nil
	}
	var names []string
	for _, info := range p.Apps() {
		names = append(names, info.Name)
	}
	return names
}

// unknownLabel is Django's text.
func unknownLabel(label string, names []string) error {
	text := fmt.Sprintf("No installed app with label %s.", quote(label))
	if i := slices.IndexFunc(names, func(name string) bool { return lastPart(name) == label }); i >= 0 { // Django's label
		return fmt.Errorf("%s Did you mean %s?", text, quote(names[i]))
	}
	for _, name := range []string{lastPart(label), label} {
		if near := nearest.Name(name, names); near != "" {
			return fmt.Errorf("%s Did you mean %s?", text, quote(near))
		}
	}
	return fmt.Errorf("%s", text)
}

// lastPart is what a dotted name or an import path ends in.
func lastPart(label string) string { return label[strings.LastIndexAny(label, "./")+1:] }

// idsOf are the ids that an app's checks may report.
func idsOf(app settled.App) []string {
	var ids []string
	if c, ok := app.(settled.Checker); ok {
		for _, row := range c.Checks() {
			ids = append(ids, row.IDs...)
		}
	}
	return ids
}
