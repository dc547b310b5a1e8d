package explain

import (
	"strconv"

	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/settings"
)

func quote(s string) string { return "'" + printable.Line(settings.HideText(s)) + "'" }

func quoteAll(all []string) []string {
	quoted := make([]string, len(all))
	for i, s := range all {
		quoted[i] = quote(s)
	}
	return quoted
}

// toml is a string as a settings file has it.
func toml(s string) string { return strconv.Quote(s) }
