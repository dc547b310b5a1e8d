package scaffold_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/scaffold"
)

func TestCheckName(t *testing.T) {
	for _, tt := range []struct {
		kind scaffold.Kind
		name string
		want string // a part of the error; empty for a good name
	}{
		{scaffold.Project, "mysite", ""},
		{scaffold.Project, "MySite_2", ""},
		{scaffold.Project, "_", ""},
		{scaffold.Project, "my-site", "'my-site' is not a valid project name."},
		{scaffold.Project, "été", "make sure the name is a valid identifier in the letters a to z, digits and underscores."},
		{scaffold.Project, "con", "'con' conflicts with a name that Windows keeps for itself and cannot be used as a project name."},
		{scaffold.Project, "my/site", "is not a valid project name."},
		{scaffold.Project, "mysite\n", "is not a valid project name."},
		{scaffold.Project, "net", "'net' conflicts with the name of an existing Go package and cannot be used as a project name."},
		{scaffold.Project, "linked", "'linked' conflicts with the name of an existing app and cannot be used as a project name."},
		{scaffold.App, "polls", ""},
		{scaffold.App, "my_cool_app2", ""},
		{scaffold.App, "test", ""},
		{scaffold.App, "", "'' is not a valid app name. Please make sure the name is a valid identifier."},
		{scaffold.App, "2polls", "make sure the name is a valid identifier."},
		{scaffold.App, "_polls", "make sure the name is a valid identifier that begins with a letter."},
		{scaffold.App, "Polls", "make sure the name is a valid identifier in lower case, such as 'polls'."},
		{scaffold.App, "umfragen_für_alle", "make sure the name is a valid identifier in the letters a to z, digits and underscores."},
		{scaffold.App, "polls_test", "make sure the name is a valid identifier that does not end in _test"},
		{scaffold.App, "linked", "'linked' conflicts with the name of an existing app and cannot be used as an app name. Please try another name."},
		{scaffold.App, "range", "'range' conflicts with a keyword of Go and cannot be used as an app name."},
		{scaffold.App, "len", "'len' conflicts with a predeclared identifier of Go"},
		{scaffold.App, "main", "'main' conflicts with the name of an existing Go package"},
		{scaffold.App, "settled", "'settled' conflicts with the name of an existing Go package"},
	} {
		err := scaffold.CheckName(tt.kind, tt.name, map[string]string{"linked": "the name of an existing app"})
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s %q: got %v, want %q", tt.kind, tt.name, err, tt.want)
		}
	}
}

// Each directory of the standard library is taken.
func TestNamesOfTheStandardLibrary(t *testing.T) {
	out, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range strings.Fields(string(out)) {
		name, _, _ := strings.Cut(path, "/")
		if scaffold.CheckName(scaffold.App, name, nil) == nil {
			t.Errorf("%s may be the name of an app", name)
		}
	}
}

func TestCheckModule(t *testing.T) {
	for path, want := range map[string]string{
		"mysite": "", "example.com/my-site": "", "example.com/a/v2": "",
		"a b": "'a b' is not a valid module path: invalid char ' '", "/a": "empty path element", "": "empty string", "é": "invalid char", "a/../b": "invalid path element",
	} {
		if err := scaffold.CheckModule(path); want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: got %v, want %q", path, err, want)
		}
	}
}

func TestCamelCase(t *testing.T) {
	for name, want := range map[string]string{"polls": "Polls", "my_cool_app": "MyCoolApp", "_a__b_": "AB", "MySite": "Mysite"} {
		if got := scaffold.CamelCase(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
