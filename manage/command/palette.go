package command

import (
	"maps"
	"os"
	"strconv"
	"strings"
	"sync"
)

// The roles that colours are for, by Django's names. bold is none: it is for
// headings.
const (
	plain       = ""
	bold        = "bold"
	roleError   = "ERROR"
	roleSuccess = "SUCCESS"
	roleWarning = "WARNING"
	roleNotice  = "NOTICE"
)

// A palette has the SGR code of each role; nil is no colours at all.
type palette map[string]string

// palettes are those that DJANGO_COLORS names. The first is the default.
var palettes = map[string]palette{
	"dark": {
		roleError: "31;1", roleSuccess: "32;1", roleWarning: "33;1", roleNotice: "31",
		"SQL_FIELD": "32;1", "SQL_COLTYPE": "32", "SQL_KEYWORD": "33", "SQL_TABLE": "1",
		"HTTP_INFO": "1", "HTTP_SUCCESS": "", "HTTP_REDIRECT": "32", "HTTP_NOT_MODIFIED": "36",
		"HTTP_BAD_REQUEST": "31;1", "HTTP_NOT_FOUND": "33", "HTTP_SERVER_ERROR": "35;1",
		"MIGRATE_HEADING": "36;1", "MIGRATE_LABEL": "1",
	},
	"light": {
		roleError: "31;1", roleSuccess: "32;1", roleWarning: "33;1", roleNotice: "31",
		"SQL_FIELD": "32;1", "SQL_COLTYPE": "32", "SQL_KEYWORD": "34", "SQL_TABLE": "1",
		"HTTP_INFO": "1", "HTTP_SUCCESS": "", "HTTP_REDIRECT": "32;1", "HTTP_NOT_MODIFIED": "32",
		"HTTP_BAD_REQUEST": "31;1", "HTTP_NOT_FOUND": "31", "HTTP_SERVER_ERROR": "35;1",
		"MIGRATE_HEADING": "36;1", "MIGRATE_LABEL": "1",
	},
	"nocolor": {},
}

// colorsVariable is Django's.
const colorsVariable = "DJANGO_COLORS"

var (
	paletteCache sync.Map // DJANGO_COLORS -> palette
	colorNames   = []string{"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"}
	optionCodes  = map[string]string{"bold": "1", "underscore": "4", "blink": "5", "reverse": "7", "conceal": "8"}
)

// currentPalette is what DJANGO_COLORS asks for.
func currentPalette() palette {
	setting := os.Getenv(colorsVariable)
	cached, ok := paletteCache.Load(setting)
	if !ok {
		cached, _ = paletteCache.LoadOrStore(setting, parsePalette(setting))
	}
	return cached.(palette)
}

// parsePalette reads DJANGO_COLORS as Django does: names of palettes and roles
// such as "light;error=yellow/blue,blink;http_info=cyan". Roles without a palette
// before them stand alone. What makes no sense is left out.
func parsePalette(setting string) palette {
	if setting == "" {
		return palettes["dark"]
	}
	p := palette{}
	for part := range strings.SplitSeq(strings.ToLower(setting), ";") {
		role, style, isRole := strings.Cut(part, "=")
		role = strings.ToUpper(role)
		if _, known := palettes["dark"][role]; isRole && known && !strings.Contains(style, "=") {
			if code := styleCode(style); code != "" {
				p[role] = code
			}
		}
		maps.Copy(p, palettes[part])
	}
	if len(p) == 0 {
		return nil
	}
	return p
}

// styleCode is the SGR code of "foreground/background,option,...".
func styleCode(style string) string {
	var codes []string
	colors, options, _ := strings.Cut(style, ",")
	foreground, background, _ := strings.Cut(colors, "/")
	for i, name := range colorNames {
		if name == foreground {
			codes = append([]string{strconv.Itoa(30 + i)}, codes...)
		}
		if name == background {
			codes = append(codes, strconv.Itoa(40+i))
		}
	}
	for option := range strings.SplitSeq(options, ",") {
		if code, known := optionCodes[option]; known {
			codes = append(codes, code)
		}
	}
	return strings.Join(codes, ";")
}
