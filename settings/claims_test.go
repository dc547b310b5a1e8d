package settings_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/checks"
)

func TestSameSettingTwice(t *testing.T) {
	f := parse(t, "A = 1")
	type app struct {
		A int `toml:"A"`
		B int `toml:"B" alias:"C"`
	}
	type other struct {
		A int `toml:"A"`
		C int `toml:"C"`
	}
	sameIDs(t, f.Decode("one", &app{}))
	sameIDs(t, f.Decode("one", &app{})) // the same app again is no other app
	ms := f.Decode("two", &other{})
	want := "test.toml:1:1: error: A is a setting of two installed apps, one and two (settings.E012)\n  hint: take one of the two out of INSTALLED_APPS\n" +
		"test.toml: error: C is a setting of two installed apps, one and two (settings.E012)\n  hint: take one of the two out of INSTALLED_APPS\n"
	if diff := cmp.Diff(want, report(ms)); diff != "" || ms[0].Class != checks.Unbuildable {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
