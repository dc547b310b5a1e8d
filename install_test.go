package settled_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settledtest"
)

// What comes with Settled and is not linked into this program is named with the import
// that brings it.
func TestForgottenImports(t *testing.T) {
	const settings = "DEBUG = true\nINSTALLED_APPS = [%apps%]\nMIDDLEWARE = [%links%]\n"
	for _, tt := range []struct{ apps, links, want string }{
		{`"corsheader"`, "", `did you mean "corsheaders"? Then add _ "github.com/settled-go/settled/apps/corsheaders" to`},
		{`"django.contrib.staticfiles"`, "", `_ "github.com/settled-go/settled/apps/staticfiles"`},
		{`"proxy"`, "", `_ "github.com/settled-go/settled/apps/proxy"`},
		{"", `"corsheaders.middleware.CorsMiddleware"`, `_ "github.com/settled-go/settled/apps/corsheaders" to the imports of your manage/main.go, and "corsheaders" to INSTALLED_APPS`},
		{"", `"django.middleware.clickjacking.XFrameOptionsMiddleware"`, `_ "github.com/settled-go/settled/apps/stock"`},
		{"", `"settled.middleware.none.Such"`, `_ "github.com/settled-go/settled/apps/stock"`},
	} {
		_, ms := settledtest.Setup(t, settledtest.Apps{}, strings.NewReplacer("%apps%", tt.apps, "%links%", tt.links).Replace(settings))
		if !slices.ContainsFunc(ms, func(m checks.Message) bool { return strings.Contains(m.Hint, tt.want) }) {
			t.Errorf("%s%s: got %v, want a hint with %s", tt.apps, tt.links, ms, tt.want)
		}
	}
}
