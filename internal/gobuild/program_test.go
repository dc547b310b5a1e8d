package gobuild

import (
	"runtime/debug"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Why there is nothing to build, and how what there is was built.
func TestOf(t *testing.T) {
	main := debug.Module{Path: "example.com/polls", Version: "(devel)"}
	for _, tt := range []struct {
		name string
		info debug.BuildInfo
		want string
	}{
		{"single files", debug.BuildInfo{Path: "command-line-arguments"}, "this program was built from single files; name the package instead, as in go run ./manage"},
		{"a test", debug.BuildInfo{Path: "example.com/polls.test", Main: main}, "this is the program of a test"},
		{"no module", debug.BuildInfo{Path: "polls"}, "this program was built without a module"},
		{"nothing known", debug.BuildInfo{}, "this program was built without a module"},
	} {
		if _, err := of(&tt.info, "go", "/"); err == nil || err.Error() != tt.want {
			t.Errorf("%s: got %v", tt.name, err)
		}
	}
	p, err := of(&debug.BuildInfo{Path: "example.com/polls/manage", Main: main, Settings: []debug.BuildSetting{
		{Key: "-buildmode", Value: "exe"}, {Key: "-ldflags", Value: "-X main.version=1"}, {Key: "-race", Value: "true"},
		{Key: "-tags", Value: "a,b"}, {Key: "DefaultGODEBUG", Value: "x=1"}, {Key: "CGO_ENABLED", Value: "0"},
		{Key: "CGO_CFLAGS", Value: ""}, {Key: "GOARCH", Value: "amd64"}, {Key: "vcs", Value: "git"}, {Key: "vcs.revision", Value: "1"},
	}}, "go", "/")
	if err != nil {
		t.Fatal(err)
	}
	got := []any{p.Package, p.link, p.ldflags, p.vcs, p.flags, p.env}
	want := []any{"example.com/polls/manage", "-X main.version=1 -s", "-X main.version=1", "true", []string{"-race=true", "-tags=a,b"}, []string{"CGO_ENABLED=0", "GOARCH=amd64"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
