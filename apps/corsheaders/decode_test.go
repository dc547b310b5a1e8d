package corsheaders_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// Settings decoded from a file get Django's words and the ids of
// django-cors-headers, under the names that the file uses.
func TestDecode(t *testing.T) {
	for _, tt := range []struct {
		toml, id, text string
	}{
		{`CORS_ALLOWED_ORIGINS = "https://a"`, "corsheaders.E006", "CORS_ALLOWED_ORIGINS should be a sequence of strings"},
		{`CORS_ORIGIN_WHITELIST = [1]`, "corsheaders.E006", "CORS_ORIGIN_WHITELIST should be a sequence of strings"},
		{`CORS_ORIGIN_WHITELIST = ["x"]`, "corsheaders.E013", "in CORS_ORIGIN_WHITELIST is missing scheme or netloc"},
		{`CORS_ORIGIN_REGEX_WHITELIST = "x"`, "corsheaders.E007", "CORS_ORIGIN_REGEX_WHITELIST should be a sequence of strings and/or compiled regexes"},
		{`CORS_ORIGIN_ALLOW_ALL = 1`, "corsheaders.E005", "CORS_ORIGIN_ALLOW_ALL should be a bool"},
		{`CORS_ALLOW_CREDENTIALS = "x"`, "corsheaders.E003", "CORS_ALLOW_CREDENTIALS should be a bool"},
		{`CORS_ALLOW_PRIVATE_NETWORK = 0`, "corsheaders.E015", "CORS_ALLOW_PRIVATE_NETWORK should be a bool"},
		{`CORS_ALLOW_HEADERS = "x"`, "corsheaders.E001", "CORS_ALLOW_HEADERS should be a sequence of strings"},
		{`CORS_ALLOW_METHODS = "x"`, "corsheaders.E002", "CORS_ALLOW_METHODS should be a sequence of strings"},
		{`CORS_EXPOSE_HEADERS = "x"`, "corsheaders.E008", "CORS_EXPOSE_HEADERS should be a sequence"},
		{`CORS_URLS_REGEX = ["x"]`, "corsheaders.E009", "CORS_URLS_REGEX should be a string or regex"},
		{`CORS_PREFLIGHT_MAX_AGE = "10"`, "corsheaders.E004", "CORS_PREFLIGHT_MAX_AGE should be an integer greater than or equal to zero"},
		{`CORS_MODEL = "x"`, "corsheaders.E012", "The CORS_MODEL setting has been removed - see django-cors-headers' HISTORY"},
		{`CORS_REPLACE_HTTPS_REFERER = true`, "corsheaders.E112", "The CORS_REPLACE_HTTPS_REFERER setting has been removed - see django-cors-headers' CHANGELOG"},
		{"CORS_ALLOW_CREDENTIALS = true\nCORS_ORIGIN_ALLOW_ALL = true", "corsheaders.E101",
			"CORS_ALLOW_CREDENTIALS is true while CORS_ORIGIN_ALLOW_ALL lets in every origin"},
	} {
		t.Run(tt.toml, func(t *testing.T) {
			f, err := settings.Parse("settings.toml", []byte(tt.toml), settings.Options{})
			if err != nil {
				t.Fatal(err)
			}
			s := corsheaders.Defaults()
			ms := f.Decode("corsheaders", &s).AtLeast(checks.Error)
			if len(ms) != 1 || ms[0].ID != tt.id || !strings.Contains(ms[0].Text, tt.text) {
				t.Errorf("got %v, want %s: %s", ms, tt.id, tt.text)
			}
		})
	}
}

// An old name means nothing beside the new one, even if that is false or
// empty.
func TestNewNamesHideOldOnes(t *testing.T) {
	f, err := settings.Parse("settings.toml", []byte(`
CORS_ALLOW_ALL_ORIGINS = false
CORS_ORIGIN_ALLOW_ALL = true
CORS_ALLOWED_ORIGINS = []
CORS_ORIGIN_WHITELIST = ["https://a.example"]
CORS_ALLOW_CREDENTIALS = true
`), settings.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := corsheaders.Defaults()
	for _, m := range f.Decode("corsheaders", &s) {
		if m.ID != "corsheaders.E142" {
			t.Errorf("unexpected: %v", m)
		}
	}
	want := corsheaders.Defaults()
	want.AllowCredentials = true
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got %+v", s)
	}
}

func TestNewReturnsMessages(t *testing.T) {
	s := listing("example.com", "https://a/")
	s.PreflightMaxAge = -1
	_, err := corsheaders.New(s)
	var failure *checks.Failure
	if !errors.As(err, &failure) || len(failure.Messages) != 3 {
		t.Errorf("got %v, want a *checks.Failure with three messages", err)
	}
}
