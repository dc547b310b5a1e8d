package settings_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/settings"
)

const stars = "********************"

func TestIsHidden(t *testing.T) {
	tests := map[string]bool{
		"to\u212aen": true, "PA\u017f\u017f": true, "geheim\u00e4": false, "geheim\u00e4_key": true,
		"SECRET_KEY": true, "API_URL": true, "AUTH_USER_MODEL": true, "CSRF_TOKEN": true, "monkey": true,
		"EMAIL_HOST_PASSWORD": true, "passphrase": true, "SIGNATURE": true, "HTTP_COOKIE": true,
		"API_KEY": true, "v1/api": true, "/api/": false, "/auth/token/": false,
		"DEBUG": false, "DATABASE_URL": false, "SESSION_COOKIE_NAME": false, "": false,
	}
	for name, want := range tests {
		if got := settings.IsHidden(name); got != want {
			t.Errorf("IsHidden(%q) is %v", name, got)
		}
	}
}

func TestHide(t *testing.T) {
	type database struct {
		Engine   string          `toml:"ENGINE"`
		Password string          `toml:"PASSWORD"`
		Seed     settings.Secret `toml:"SEED"`
		note     string
	}
	secret := settings.NewSecret("hunter2")
	tests := []struct {
		name  string
		value any
		want  any
	}{
		{"DEBUG", true, true},
		{"HOSTS", []string{"a"}, []string{"a"}},
		{"NOTHING", nil, nil},
		{"POINTER", (*int)(nil), (*int)(nil)},
		{"SECRET_KEY", "hunter2", stars},
		{"SECRET_KEY", "", stars},
		{"SECRET_KEY_FALLBACKS", []string{"a"}, stars},
		{"SEED", secret, stars},
		{"SEED", &secret, stars},
		{"SEED", settings.Secret{}, stars},
		{"SEEDS", []any{secret, "a"}, []any{stars, "a"}},
		{"DATABASES", map[string]any{"default": map[string]any{"PASSWORD": "x", "PORT": 1}},
			map[string]any{"default": map[string]any{"PASSWORD": stars, "PORT": 1}}},
		{"DATABASES", map[string]string{"NAME": "x"}, map[string]string{"NAME": "x"}},
		{"CACHES", []map[string]string{{"NAME": "x"}, {"TOKEN": "x"}},
			[]any{map[string]string{"NAME": "x"}, map[string]any{"TOKEN": stars}}},
		{"DATABASES", map[string]database{"default": {Engine: "x", note: "x"}},
			map[string]any{"default": map[string]any{"ENGINE": "x", "PASSWORD": stars, "SEED": stars}}},
		{"URLS", map[string]string{"/api/": "polls"}, map[string]string{"/api/": "polls"}},
		{"SINCE", time.Unix(0, 0), time.Unix(0, 0)},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, settings.Hide(tt.name, tt.value)); diff != "" {
			t.Errorf("Hide(%s) (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestHideHeaders(t *testing.T) {
	for text, want := range map[string]string{
		"X-Api-Key: hunter2":                    "X-Api-Key: " + stars,
		"x-api-key:hunter2":                     "x-api-key:" + stars,
		"Authorization:Bearer hunter2":          "Authorization:" + stars,
		"Cookie: sessionid=hunter2\nb":          "Cookie: " + stars + "\nb",
		`["X-Token: hunter2", "b"] # x`:         `["X-Token: ` + stars + `", "b"] # x`,
		`["X-Token: hun\"ter2", 'b']`:           `["X-Token: ` + stars + `", 'b']`,
		`X = """X-Token: hunter2 "a" """`:       `X = """X-Token: ` + stars,
		"X-Token: https://u:hunter2@h":          "X-Token: " + stars,
		"Content-Type: text/plain":              "Content-Type: text/plain",
		"X-Api-Key:":                            "X-Api-Key:",
		"X-Api-Key: ":                           "X-Api-Key: ",
		"api:8000":                              "api:8000",
		"auth://x":                              "auth://x",
		"a key: there":                          "a key: there",
		`{"token": "x"}`:                        `{"token": "x"}`,
		"https://api.example.com:8000 token: x": "https://api.example.com:8000 token: x",
	} {
		if got := settings.HideText(text); got != want {
			t.Errorf("HideText(%q)\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestHidePasswordsInURLs(t *testing.T) {
	tests := map[string]string{
		"postgres://u:hunter2@h:5432/db?x=1": "postgres://u:" + stars + "@h:5432/db?x=1",
		"redis://:hunter2@h":                 "redis://:" + stars + "@h",
		"amqp+tls://u:a:b@c@h/x@y":           "amqp+tls://u:" + stars + "@h/x@y",
		"r://u:p@a,r://u:p@b":                "r://u:" + stars + "@a,r://u:" + stars + "@b",
		"postgres://u:hun/ter2@h/db":         "postgres://u:" + stars + "@h/db",
		"postgres://u:%zz@h":                 "postgres://u:" + stars + "@h",
		"https://token@example.com":          "https://token@example.com",
		"https://u:@example.com":             "https://u:@example.com",
		"https://example.com:80/@user":       "https://example.com:80/@user",
		"https://example.com:443":            "https://example.com:443",
		"mail to u:p@h":                      "mail to u:p@h",
		"postgres://u:hun ter2@h/db":         "postgres://u:" + stars + "@h/db",
		"postgres://u@x:hunter2@h":           "postgres://u@x:" + stars + "@h",
		"'redis://u:hun\"ter 2@h', x":        "'redis://u:" + stars + "@h', x",
		"http://[::1]:80/@x, http://h: y@z":  "http://[::1]:80/@x, http://h: y@z",
		"https://h/x?a=1&token=hunter2&b=2":  "https://h/x?a=1&token=" + stars + "&b=2",
		"https://h/?api%5Fkey=hunter2#y":     "https://h/?api%5Fkey=" + stars + "#y",
		"https://h/#access_token=hunter2":    "https://h/#access_token=" + stars,
		"https://h/?to=https://g/?key=h?u2":  "https://h/?to=https://g/?key=" + stars,
		"https://u:p@h/?key=hunter2":         "https://u:" + stars + "@h/?key=" + stars,
		`["r://a?key=1", "r://b?key="]`:      `["r://a?key=` + stars + `", "r://b?key="]`,
		"https://h/token=x?a=token&b":        "https://h/token=x?a=token&b",
		"/x?token=y ://?":                    "/x?token=y ://?",
		`["r://a","r://u:p@b"]`:              `["r://a","r://u:` + stars + `@b"]`,
		`["r://a:80",'r://u:p@b',]`:          `["r://a:80",'r://u:` + stars + `@b',]`,
		"://u:p@h, http://":                  "://u:p@h, http://",
	}
	for text, want := range tests {
		if got := settings.Hide("BROKER", text); got != want {
			t.Errorf("Hide(%q)\n got %q\nwant %q", text, got, want)
		}
		if got := settings.HideText("x " + text + "\nb@c"); got != "x "+want+"\nb@c" {
			t.Errorf("HideText(%q): got %q", text, got)
		}
	}
	got := settings.Hide("BROKERS", []string{"a", "redis://u:p@h"})
	if diff := cmp.Diff([]any{"a", "redis://u:" + stars + "@h"}, got); diff != "" {
		t.Errorf("a list (-want +got):\n%s", diff)
	}
}
