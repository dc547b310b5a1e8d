package corsheaders

import "github.com/settled-go/settled/settings"

// Settings are those of django-cors-headers 4.9, with its names, defaults and
// check ids. Old names are read as its aliases are: where a file has both, the
// new one counts, even when it is false or empty. Wrong names are those that
// public projects have, and those of rs/cors, Express, Flask-CORS, Starlette and
// Spring.
type Settings struct {
	// AllowAllOrigins lets every website read the answers. It is refused
	// together with AllowCredentials. Default: false.
	AllowAllOrigins bool `toml:"CORS_ALLOW_ALL_ORIGINS" alias:"CORS_ORIGIN_ALLOW_ALL" wrong:"CORS_ALLOW_ALL CORS_ALLOW_ANY_ORIGIN CORS_ALLOWED_ALL CORS_ALLOWED_ALL_ORIGINS CORS_ALLOW_ORIGINS_ALL CORS_ORIGIN_ALLOW CORS_ORIGINS_ALLOW_ALL CORS_ORIGIN_ALL CORS_SEND_WILDCARD" check:"corsheaders.E005 alias=corsheaders.W141 both=corsheaders.E142" should:"be a bool"`
	// AllowedOrigins are the origins that may read the answers, each as a
	// browser sends it: scheme://host, with the port unless it is the
	// scheme's own. They are compared byte for byte. null and file:// can be
	// listed too. Default: none.
	AllowedOrigins []string `toml:"CORS_ALLOWED_ORIGINS" alias:"CORS_ORIGIN_WHITELIST" wrong:"CORS_ALLOW_ORIGINS CORS_ALLOW_ORIGIN CORS_ORIGINS_WHITELIST CORS_ORIGIN_ALLOWLIST CORS_ORIGINS_ALLOWLIST CORS_ORIGINS CORS_ORIGIN CORS_WHITELIST CORS_ALLOWLIST CORS_ALLOWED_HOSTS CORS_ALLOWED_DOMAINS CORS_TRUSTED_ORIGINS ALLOWED_ORIGINS ALLOW_ORIGINS" validate:"origins" check:"corsheaders.E006 alias=corsheaders.W141 both=corsheaders.E142" should:"be a sequence of strings"`
	// AllowedOriginRegexes let in what they match from its start, as Python's
	// re.match: end each with $, and escape the dots. Default: none.
	AllowedOriginRegexes []string `toml:"CORS_ALLOWED_ORIGIN_REGEXES" alias:"CORS_ORIGIN_REGEX_WHITELIST" wrong:"CORS_ALLOWED_ORIGINS_REGEXES CORS_ALLOWED_ORIGINS_REGEX CORS_ALLOWED_ORIGIN_REGEX CORS_ALLOW_ORIGIN_REGEX CORS_ALLOW_ORIGIN_REGEXES CORS_ORIGIN_WHITELIST_REGEX CORS_ORIGIN_WHITELIST_REGEXES CORS_ORIGIN_REGEX_ALLOWLIST CORS_ORIGINS_REGEX_WHITELIST CORS_ORIGIN_REGEX CORS_ORIGIN_REGEXES CORS_ALLOWED_ORIGIN_PATTERNS ALLOW_ORIGIN_REGEX ALLOWED_ORIGIN_PATTERNS" validate:"regexes" check:"corsheaders.E007 alias=corsheaders.W141 both=corsheaders.E142" should:"be a sequence of strings and/or compiled regexes"`
	// AllowCredentials lets the allowed origins send cookies and read the
	// answers made for a logged-in user. Default: false.
	AllowCredentials bool `toml:"CORS_ALLOW_CREDENTIALS" wrong:"CORS_ALLOWED_CREDENTIALS CORS_CREDENTIALS CORS_SUPPORTS_CREDENTIALS CORS_SUPPORT_CREDENTIALS CORS_ORIGIN_ALLOW_CREDENTIALS ALLOW_CREDENTIALS SUPPORTS_CREDENTIALS" validate:"credentials" check:"corsheaders.E003" should:"be a bool"`
	// AllowMethods are the methods that a cross-origin request may have.
	// Default: DELETE, GET, OPTIONS, PATCH, POST, PUT.
	AllowMethods []string `toml:"CORS_ALLOW_METHODS" wrong:"CORS_ALLOWED_METHODS CORS_METHODS CORS_ORIGIN_ALLOW_METHODS ALLOWED_METHODS ALLOW_METHODS" validate:"methods" check:"corsheaders.E002" should:"be a sequence of strings"`
	// AllowHeaders are the request headers that a cross-origin request may
	// have beside those that any request may have. Default: accept,
	// authorization, content-type, user-agent, x-csrftoken, x-requested-with.
	AllowHeaders []string `toml:"CORS_ALLOW_HEADERS" wrong:"CORS_ALLOWED_HEADERS CORS_HEADERS CORS_REQUEST_HEADERS CORS_ORIGIN_ALLOW_HEADERS ALLOWED_HEADERS ALLOW_HEADERS" validate:"request_headers" check:"corsheaders.E001" should:"be a sequence of strings"`
	// ExposeHeaders are the response headers that a script may read beside
	// those that it may always read. Default: none.
	ExposeHeaders []string `toml:"CORS_EXPOSE_HEADERS" wrong:"CORS_EXPOSED_HEADERS CORS_RESPONSE_HEADERS EXPOSED_HEADERS EXPOSE_HEADERS" validate:"response_headers" check:"corsheaders.E008" should:"be a sequence"`
	// PreflightMaxAge is for how many seconds a browser may keep the answer
	// to a preflight request. 0 leaves the header out: browsers then keep it
	// for 5 seconds. Default: 86400.
	PreflightMaxAge int `toml:"CORS_PREFLIGHT_MAX_AGE" wrong:"CORS_MAX_AGE CORS_PREFLIGHT_AGE CORS_PREFLIGHT_CACHE_AGE" validate:"min=0" check:"corsheaders.E004 min=corsheaders.E004" should:"be an integer greater than or equal to zero"`
	// URLsRegex says for which paths any of this applies: those that it
	// matches from the start, percent-decoded. Other paths are left alone.
	// Default: ^.*$, which is all of them.
	URLsRegex string `toml:"CORS_URLS_REGEX" wrong:"CORS_URL_REGEX CORS_URLS_REGEXES CORS_URL_REGEXES CORS_RESOURCES CORS_PATHS" validate:"regex" check:"corsheaders.E009" should:"be a string or regex"`
	// AllowPrivateNetwork answers requests from public websites to a private
	// network, as a draft asked for that browsers have dropped. Default:
	// false.
	AllowPrivateNetwork bool `toml:"CORS_ALLOW_PRIVATE_NETWORK" wrong:"CORS_ALLOWED_PRIVATE_NETWORK CORS_PRIVATE_NETWORK CORS_ALLOW_PRIVATE_NETWORK_ACCESS ALLOW_PRIVATE_NETWORK" check:"corsheaders.E015" should:"be a bool"`

	// Model was the database table of origins.
	Model settings.Removed `toml:"CORS_MODEL" check:"corsheaders.E012" removed:" - see django-cors-headers' HISTORY"`
	// ReplaceHTTPSReferer was a way round Django's CSRF check, before there
	// was CSRF_TRUSTED_ORIGINS. django-cors-headers uses the id E013 for it,
	// a second time.
	ReplaceHTTPSReferer settings.Removed `toml:"CORS_REPLACE_HTTPS_REFERER" check:"corsheaders.E112" removed:" - see django-cors-headers' CHANGELOG"`
}

// Defaults are the settings of a file that has none of them: no origin may
// read anything.
func Defaults() Settings {
	return Settings{
		AllowedOrigins:       []string{},
		AllowedOriginRegexes: []string{},
		AllowMethods:         []string{"DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"},
		AllowHeaders: []string{
			"accept", "authorization", "content-type", "user-agent", "x-csrftoken", "x-requested-with",
		},
		ExposeHeaders:   []string{},
		PreflightMaxAge: 86400,
		URLsRegex:       "^.*$",
	}
}

// Rules are the validate tags of Settings.
func (Settings) Rules() []settings.Rule {
	return []settings.Rule{
		{Tag: "origins", Find: findOrigins, Pattern: `^(null|file://|[^:/?#]+://[^/?#]+)$`},
		{Tag: "regexes", Find: findRegexes},
		{Tag: "regex", Find: findRegex},
		{Tag: "methods", Find: findEach(findMethod)},
		{Tag: "request_headers", Find: findEach(findRequestHeader)},
		{Tag: "response_headers", Find: findEach(findResponseHeader)},
		{Tag: "credentials", Find: findCredentials},
	}
}
