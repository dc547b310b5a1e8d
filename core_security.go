package settled

import (
	"fmt"
	"log/slog"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// securityChecks are Django's checks for deployments of core's own settings, with
// Django's ids and texts (django/core/checks/security/base.py, 6.0).
func (c *core) securityChecks() []Check {
	row := func(id string, run func() checks.Messages, reads ...string) Check {
		return Check{IDs: []string{id}, Tags: []string{"security"}, Settings: reads, Deploy: true,
			Run: func(*Project) checks.Messages { return run() }}
	}
	return []Check{
		row("security.W009", c.checkSecretKey, "SECRET_KEY"),
		row("security.W018", c.checkDebug, "DEBUG"),
		row("security.W020", c.checkNoHosts, "ALLOWED_HOSTS"),
		row("security.W025", c.checkFallbacks, "SECRET_KEY_FALLBACKS"),
	}
}

// weakKey is Django's text about a key that can be guessed.
const weakKey = "Your %s has less than 50 characters, less than 5 unique characters, or it's prefixed with 'django-insecure-' indicating that it was generated automatically by Django. " +
	"Please generate a long and random value, otherwise many of Django's security-critical features will be vulnerable to attack."

// isWeak says whether a key is too short, too uniform, or made for developing.
func isWeak(key string) bool {
	unique := map[rune]bool{}
	for _, c := range key {
		unique[c] = true
	}
	return len([]rune(key)) < 50 || len(unique) < 5 || strings.HasPrefix(key, "django-insecure-")
}

// isWeakAsWritten is isWeak for what a check may look at: a key that comes from a
// variable or a file has not been read, and without a key nothing is signed.
func isWeakAsWritten(key settings.Secret) bool {
	kind, _ := key.Reference()
	return key.IsSet() && kind == "" && isWeak(key.Value())
}

func (c *core) checkSecretKey() checks.Messages {
	if !isWeakAsWritten(c.settings.SecretKey) {
		return nil
	}
	return checks.Messages{checks.Warningf("security.W009", weakKey, "SECRET_KEY").On("SECRET_KEY")}
}

func (c *core) checkFallbacks() (ms checks.Messages) {
	for i, key := range c.settings.SecretKeyFallbacks {
		if isWeakAsWritten(key) {
			ms = append(ms, checks.Warningf("security.W025", weakKey, fmt.Sprintf("SECRET_KEY_FALLBACKS[%d]", i)).On("SECRET_KEY_FALLBACKS", i))
		}
	}
	return ms
}

func (c *core) checkDebug() checks.Messages {
	if !c.settings.Debug {
		return nil
	}
	return checks.Messages{checks.Warningf("security.W018", "You should not have DEBUG set to True in deployment.").On("DEBUG")}
}

func (c *core) checkNoHosts() checks.Messages {
	if len(c.settings.AllowedHosts) > 0 {
		return nil
	}
	return checks.Messages{checks.Warningf("security.W020", "ALLOWED_HOSTS must not be empty in deployment.").On("ALLOWED_HOSTS")}
}

// warnOfWeakKey says at a start for the public what no check can see: a key that was
// made for developing, in the file or the variable that it comes from.
func (p *Project) warnOfWeakKey() {
	key := p.core.settings.SecretKey
	if kind, _ := key.Reference(); kind != "" && !p.Debug() && isWeak(key.Value()) {
		slog.Warn("SECRET_KEY has less than 50 characters, less than 5 different ones, or was made for developing: make a new one for a server", "from", kind)
	}
}
