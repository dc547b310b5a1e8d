package accesslog

import (
	"embed"
	"io"
	"net/http"
	"net/netip"
)

// Settings are a form and a place, and what is left out.
type Settings struct {
	// AccessLogFormat is how a line is written: "json" as log/slog does, "common"
	// or "combined" as Apache does, "django" as Django's runserver does.
	// Default: json.
	AccessLogFormat string `toml:"ACCESS_LOG_FORMAT" validate:"oneof=json common combined django" wrong:"ACCESS_LOG_STYLE"`
	// AccessLogFile is the file to which lines are added; a relative path starts
	// at the file that has the setting. Default: "", which is the standard error
	// output.
	AccessLogFile string `toml:"ACCESS_LOG_FILE" wrong:"ACCESS_LOG ACCESS_LOG_PATH"`
	// AccessLogQuery writes the query of a request, and that of its Referer, too.
	// What is called like a secret in it is hidden all the same. Default: false.
	AccessLogQuery bool `toml:"ACCESS_LOG_QUERY"`
	// AccessLogExempt are regular expressions, as of Python's re.search, for
	// paths without their first slash: requests for those are not logged.
	// Default: none.
	AccessLogExempt []string `toml:"ACCESS_LOG_EXEMPT"`

	// ClientAddr is who sent a request; without it, the peer of the connection.
	ClientAddr func(*http.Request) netip.Addr `toml:"-"`
	// Output is where lines go instead of a file or the standard error output,
	// each in one Write.
	Output io.Writer `toml:"-"`
}

// Defaults log to where programs log.
func Defaults() Settings { return Settings{AccessLogFormat: "json", AccessLogExempt: []string{}} }

// Docs explain the settings and checks, for settled.Documenter.
//
//go:embed settings.go checks.md
var Docs embed.FS
