package settled_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// audited is a project with two findings, a.E001 and a.W001, and with what
// nobody can silence, a.E002, by a clock that stands at a day.
func audited(t *testing.T, day, silenced string) (*settled.Project, checks.Messages) {
	t.Helper()
	now, err := time.Parse("2006-01-02 15:04", day+" 23:59")
	if err != nil {
		t.Fatal(err)
	}
	r := settled.Registry{Now: func() time.Time { return now }}
	r.RegisterBuiltin("a", func() settled.App { return auditor{} })
	r.Register("idle", func() settled.App { return idler{} })
	f, err := settings.Parse("s.toml", []byte("DEBUG = true\nSILENCED_SYSTEM_CHECKS = ["+silenced+"]\n"), settings.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, _ := r.Setup(f)
	return p, p.Check(settled.Selection{})
}

type auditor struct{}

func (auditor) Settings() any { return nil }

func (auditor) Checks() []settled.Check {
	find := func(*settled.Project) checks.Messages {
		return checks.Messages{checks.Errorf("a.E001", "x"), checks.Errorf("a.E002", "x").Of(checks.Refused), checks.Warningf("a.W001", "x")}
	}
	return []settled.Check{
		{IDs: []string{"a.E001", "a.W001"}, Tags: []string{"a"}, Run: find},
		{IDs: []string{"a.E002"}, Tags: []string{"a"}, Class: checks.Refused},
	}
}

// idler is linked and not installed.
type idler struct{}

func (idler) Settings() any           { return nil }
func (idler) Checks() []settled.Check { return []settled.Check{{IDs: []string{"idle.W001"}}} }

func TestSilence(t *testing.T) {
	const until = `{ id = "a.W001", reason = "known", until = 2027-01-31 }`
	for _, tt := range []struct {
		name, day, silenced string
		kept                []string
		reasons             map[string]string // by id, of what is silenced
	}{
		{"nothing", "2027-01-01", "", []string{"a.E001", "a.E002", "a.W001"}, nil},
		{"an id", "2027-01-01", `"a.E001"`, []string{"a.E002", "a.W001"}, map[string]string{"a.E001": ""}},
		{"with a reason", "2027-01-01", `{ id = "a.E001", reason = "meant" }, "a.W001"`, []string{"a.E002"},
			map[string]string{"a.E001": "meant", "a.W001": ""}},
		{"the first of two reasons", "2027-01-01", `{ id = "a.E001", reason = "one" }, { id = "a.E001", reason = "two" }`,
			[]string{"a.E002", "a.W001"}, map[string]string{"a.E001": "one"}},
		{"with a password in the reason", "2027-01-01", `{ id = "a.E001", reason = "see https://ci:s3cret@example.com/1" }`, []string{"a.E002", "a.W001"},
			map[string]string{"a.E001": "see https://ci:********************@example.com/1"}},
		{"what can't be", "2027-01-01", `"a.E002"`, []string{"a.E001", "a.E002", "a.W001", "settings.W002"}, nil},
		{"before its last day", "2027-01-30", until, []string{"a.E001", "a.E002"}, map[string]string{"a.W001": "known"}},
		{"on its last day", "2027-01-31", until, []string{"a.E001", "a.E002"}, map[string]string{"a.W001": "known"}},
		{"after it", "2027-02-01", until, []string{"a.E001", "a.E002", "a.W001", "settings.W003"}, nil},
		{"expired, beside one that is not", "2027-02-01", until + `, { id = "a.W001", reason = "still" }`,
			[]string{"a.E001", "a.E002", "settings.W003"}, map[string]string{"a.W001": "still"}},
		{"expired and unknown", "2028-01-01", `{ id = "b.W001", reason = "x", until = 2027-01-31 }`,
			[]string{"a.E001", "a.E002", "a.W001", "settings.W002"}, nil},
		{"of an app that is not installed", "2027-01-01", `"idle.W001"`, []string{"a.E001", "a.E002", "a.W001"}, nil},
		{"the warning too", "2027-01-01", `"b.W001", { id = "settings.W002", reason = "shared list" }`,
			[]string{"a.E001", "a.E002", "a.W001"}, map[string]string{"settings.W002": "shared list"}},
		{"a table without a reason", "2027-01-01", `{ id = "a.E001" }, { reason = "x" }, { id = "a.E001", reason = " " }`,
			[]string{"settings.E003", "settings.E003", "settings.E003", "a.E002", "a.W001"}, map[string]string{"a.E001": ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, ms := audited(t, tt.day, tt.silenced)
			kept, set := p.Silence(ms)
			var ids []string
			for _, m := range kept {
				ids = append(ids, m.ID)
			}
			reasons := map[string]string{}
			for _, s := range set {
				reasons[s.ID] = s.Reason
			}
			slices.Sort(ids)
			slices.Sort(tt.kept)
			if diff := cmp.Diff(tt.kept, ids); diff != "" {
				t.Errorf("kept (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.reasons, reasons); diff != "" && len(tt.reasons)+len(reasons) > 0 {
				t.Errorf("silenced (-want +got):\n%s", diff)
			}
		})
	}
}
