package workbench

import (
	"log/slog"
	"regexp"

	"github.com/settled-go/settled"
)

// toolName is what can stand in a tool's path.
var toolName = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)

// toolsOf are the tools of the site's apps, in their order. One whose name can't
// stand in a path, or is taken, is left out, and the log says so: it must not
// keep the site from being served.
func toolsOf(s *settled.Site) []settled.Tool {
	taken := map[string]bool{"checks": true, "apps": true, "routes": true}
	var tools []settled.Tool
	for _, info := range s.Project().Apps() {
		dev, ok := info.App.(settled.Developer)
		if !ok {
			continue
		}
		for _, tool := range dev.Tools(s) {
			switch {
			case !toolName.MatchString(tool.Name) || tool.Handler == nil:
				slog.Warn("a tool for the workbench needs a handler and a name in lower case, and is left out", "app", info.Name, "tool", tool.Name)
			case taken[tool.Name]:
				slog.Warn("a tool for the workbench has a name that is taken, and is left out", "app", info.Name, "tool", tool.Name)
			default:
				taken[tool.Name] = true
				tools = append(tools, tool)
			}
		}
	}
	return tools
}
