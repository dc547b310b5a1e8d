package settled

import (
	"fmt"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/settings"
)

// settingTables are the settings of the installed apps, without secrets.
func (p *Project) settingTables() []pages.Table {
	var tables []pages.Table
	for _, info := range p.apps {
		var facts []pages.Fact
		for _, f := range settings.Fields(info.Settings) {
			if !f.Removed {
				facts = append(facts, pages.Fact{Name: f.Name, Value: f.Shown() + p.writtenAt(f)})
			}
		}
		if len(facts) > 0 {
			tables = append(tables, pages.Table{Title: info.Name, Facts: facts})
		}
	}
	return tables
}

// writtenAt is a comment that says where a setting is written; empty for a default.
func (p *Project) writtenAt(f settings.Field) string {
	at := p.file.Origin(checks.Path(f.Name))
	if at == (checks.Range{}) && f.Alias != "" {
		at = p.file.Origin(checks.Path(f.Alias))
	}
	switch {
	case at.File == "":
		return ""
	case at.Start.Line == 0:
		return "  # " + at.File
	}
	return fmt.Sprintf("  # %s:%d", at.File, at.Start.Line)
}
