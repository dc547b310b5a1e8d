package settled_test

import (
	"testing"

	"github.com/settled-go/settled/settledtest"
)

// Names that public projects and other libraries have.
func TestWrongNames(t *testing.T) {
	for wrong, right := range map[string]string{
		"CORS_ALLOWED_HEADERS":         "CORS_ALLOW_HEADERS",
		"CORS_ALLOWED_METHODS":         "CORS_ALLOW_METHODS",
		"CORS_EXPOSED_HEADERS":         "CORS_EXPOSE_HEADERS",
		"CORS_ORIGINS_WHITELIST":       "CORS_ALLOWED_ORIGINS",
		"CORS_ALLOW_ORIGINS":           "CORS_ALLOWED_ORIGINS",
		"CORS_ORIGINS":                 "CORS_ALLOWED_ORIGINS", // Flask-CORS
		"allowedOrigins":               "CORS_ALLOWED_ORIGINS", // Spring
		"allow_origins":                "CORS_ALLOWED_ORIGINS", // Starlette
		"AllowedHeaders":               "CORS_ALLOW_HEADERS",   // rs/cors
		"exposedHeaders":               "CORS_EXPOSE_HEADERS",  // Express
		"CORS_ALLOWED_ORIGINS_REGEXES": "CORS_ALLOWED_ORIGIN_REGEXES",
		"CORS_ORIGIN_WHITELIST_REGEX":  "CORS_ALLOWED_ORIGIN_REGEXES",
		"CORS_ALLOW_ALL":               "CORS_ALLOW_ALL_ORIGINS",
		"CORS_ORIGIN_ALLOW":            "CORS_ALLOW_ALL_ORIGINS",
		"CORS_SUPPORTS_CREDENTIALS":    "CORS_ALLOW_CREDENTIALS",
		"CORS_MAX_AGE":                 "CORS_PREFLIGHT_MAX_AGE",
		"CORS_URL_REGEX":               "CORS_URLS_REGEX",
		"CORS_PRIVATE_NETWORK":         "CORS_ALLOW_PRIVATE_NETWORK",
		"ALLOWED_HOST":                 "ALLOWED_HOSTS",
		"INSTALLED_APP":                "INSTALLED_APPS",
		"MIDDLEWARE_CLASSES":           "MIDDLEWARE",
		"DJANGO_SECRET_KEY":            "SECRET_KEY",
	} {
		p, ms := settledtest.Setup(t, exampleApps, "DEBUG = true\n"+wrong+" = 1\n")
		if len(ms) != 1 || ms[0].ID != "settings.E007" || ms[0].Hint != "write "+right {
			t.Errorf("%s: got %v", wrong, ms)
		}
		if len(ms) == 1 && p.File().Origin(ms[0].Setting) == ms[0].At {
			t.Errorf("%s: the value is marked, want the name", wrong)
		}
	}
}
