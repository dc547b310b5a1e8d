package checks_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/checks"
)

func TestLevelOf(t *testing.T) {
	for id, want := range map[string]checks.Level{
		"apps.C001": checks.Critical, "corsheaders.E013": checks.Error, "4_0.W001": checks.Warning,
		"a.b.I110": checks.Info, "app.D001": checks.Debug, "app.X001": 0, "app": 0, "app.": 0, "": 0,
	} {
		if got := checks.LevelOf(id); got != want {
			t.Errorf("%q: %v, want %v", id, got, want)
		}
	}
}

func TestCompareIDs(t *testing.T) {
	ids := []string{"b.E001", "a.W103", "a.E103", "a.E002", "a.I104", "a.W101"}
	slices.SortFunc(ids, checks.CompareIDs)
	if diff := cmp.Diff([]string{"a.E002", "a.W101", "a.E103", "a.W103", "a.I104", "b.E001"}, ids); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
