package settled_test

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/apps/proxy"
	"github.com/settled-go/settled/apps/staticfiles"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/settings"
	"github.com/settled-go/settled/settledtest"
)

// commented is a setting that settings.example.toml shows at its default.
var commented = regexp.MustCompile(`(?m)^# ([A-Z][A-Z0-9_]* = )`)

var exampleApps = settledtest.Apps{
	"corsheaders": corsheaders.NewApp, "proxy": proxy.NewApp, staticfiles.Name: staticfiles.NewApp,
}.WithBuiltin(stock.Apps())

func readExample(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("settings.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The example is sound as it stands, and with every line taken in: then a note
// says that few browsers keep a preflight for as long as the default, which is
// django-cors-headers'.
func TestExampleSettingsAreSound(t *testing.T) {
	text := readExample(t)
	for name, toml := range map[string]string{
		"as it stands":     text,
		"every line taken": commented.ReplaceAllString(text, "$1"),
	} {
		t.Run(name, func(t *testing.T) {
			ids := settledtest.Check(t, exampleApps, toml)
			if ids = slices.DeleteFunc(ids, func(id string) bool { return id == "corsheaders.I161" }); len(ids) > 0 {
				t.Errorf("check finds %q", ids)
			}
			settledtest.Start(t, exampleApps, toml)
		})
	}
}

// It shows every setting there is, and the defaults it shows are the defaults.
func TestExampleSettingsAreComplete(t *testing.T) {
	text := readExample(t)
	fresh, _ := settledtest.Setup(t, exampleApps, "DEBUG = true\nINSTALLED_APPS = [\"corsheaders\", \"django.contrib.staticfiles\"]\n")
	all, _ := settledtest.Setup(t, exampleApps, commented.ReplaceAllString(text, "$1"))
	live := []string{"DEBUG", "INSTALLED_APPS", "MIDDLEWARE", "CORS_ALLOW_ALL_ORIGINS", "CORS_ALLOWED_ORIGINS", "CORS_ALLOW_CREDENTIALS"}
	for i, info := range fresh.Apps() {
		for j, field := range settings.Fields(info.Settings) {
			if field.Removed {
				continue
			}
			isLive := strings.Contains(text, "\n"+field.Name+" = ")
			isCommented := strings.Contains(text, "\n# "+field.Name+" = ")
			if isLive == isCommented {
				t.Errorf("%s: stands there live (%v) or commented (%v), want one of the two", field.Name, isLive, isCommented)
			}
			if v := reflect.ValueOf(field.Value); v.Kind() == reflect.Pointer && v.IsNil() {
				continue // what it is depends on other settings
			}
			shown := settings.Fields(all.Apps()[i].Settings)[j]
			if diff := cmp.Diff(fmt.Sprint(field.Value), fmt.Sprint(shown.Value)); isCommented && diff != "" {
				t.Errorf("%s is not shown at its default (-default +shown):\n%s", field.Name, diff)
			}
		}
	}
	for _, name := range live {
		if !strings.Contains(text, "\n"+name+" = ") {
			t.Errorf("%s is not live", name)
		}
	}
}
