package djangotest

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settledtest"
)

// theirMiddleware prints the list of startproject's template, an empty line, and all
// middleware that Django has.
const theirMiddleware = `
import glob, os, re, django
os.chdir(django.__path__[0])
with open("conf/project_template/project_name/settings.py-tpl") as f:
    print("\n".join(re.findall(r"'([\w.]+)'", re.search(r"MIDDLEWARE = \[(.*?)\]", f.read(), re.S)[1])), end="\n\n")
for name in glob.glob("middleware/*.py") + glob.glob("contrib/*/middleware.py"):
    with open(name) as f:
        for c in re.findall(r"^class (\w+Middleware)\b", f.read(), re.M):
            print("django." + name[:-3].replace("/", ".") + "." + c)
`

// No name of Django's is unknown, and its own order is right.
func TestDjangosNames(t *testing.T) {
	needDjango(t)
	out, err := exec.Command(python, "-c", theirMiddleware).Output()
	if err != nil {
		t.Fatal(err)
	}
	template, all, found := strings.Cut(string(out), "\n\n")
	if !found || len(strings.Fields(template)) < 7 || len(strings.Fields(all)) < 18 {
		t.Fatalf("Django says %q", out)
	}
	for _, m := range judged(t, strings.Fields(template)) {
		if m.ID != "middleware.E008" {
			t.Errorf("startproject's list: %v", m)
		}
	}
	for _, m := range judged(t, strings.Fields(all)) {
		if m.ID == "middleware.E002" {
			t.Errorf("a middleware of Django's is not known: %v", m)
		}
	}
}

// judged is what check says of a list.
func judged(t *testing.T, list []string) checks.Messages {
	apps := settledtest.Apps{"corsheaders": corsheaders.NewApp}.WithBuiltin(stock.Apps())
	p, found := settledtest.Setup(t, apps, "DEBUG = true\nMIDDLEWARE = "+tomlValue(list)+"\n")
	found = append(found, p.Check(settled.Selection{})...)
	return slices.DeleteFunc(found, func(m checks.Message) bool { return !strings.HasPrefix(m.ID, "middleware.") })
}
