package settled

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/nearest"
	"github.com/settled-go/settled/settings"
)

// A SilencedCheck is an entry of SILENCED_SYSTEM_CHECKS: an id as in Django, or
// a table that says why, and for how long.
type SilencedCheck struct {
	// ID is the id of the messages that check does not report.
	ID string `toml:"id"`
	// Reason is why they are right to be there. A table has to have one.
	Reason string `toml:"reason"`
	// Until is the last day on which the entry counts, by the clock and the
	// time zone of whoever checks. Default: for ever.
	Until settings.Date `toml:"until"`

	isText bool // it was written as an id alone
}

// UnmarshalText reads an id alone.
func (s *SilencedCheck) UnmarshalText(text []byte) error {
	*s = SilencedCheck{ID: string(text), isText: true}
	return nil
}

// MarshalText is the id. Only an entry that was written so can be.
func (s SilencedCheck) MarshalText() ([]byte, error) {
	if !s.isText {
		return nil, errors.New("a table")
	}
	return []byte(s.ID), nil
}

// place is the path of what names the id, for the entry with an index.
func (s SilencedCheck) place(i int) checks.Path {
	path := silenced.Index(i)
	if !s.isText {
		path = path.Key("id")
	}
	return path
}

const silenced checks.Path = "SILENCED_SYSTEM_CHECKS"

// findUnreasoned asks the entries that are tables for what they are there for.
func findUnreasoned(_, value any) (ms checks.Messages) {
	for i, s := range value.([]SilencedCheck) {
		for _, part := range []struct{ name, value, hint string }{
			{"id", s.ID, `add id = "app.W001", the id in brackets behind the message`},
			{"reason", s.Reason, `add reason = "...", so that those who come later know it`},
		} {
			if !s.isText && strings.TrimSpace(part.value) == "" {
				ms = append(ms, checks.Errorf("settings.E003", "%s should have a non-empty %s: a table says what it silences, and why",
					silenced.Index(i), part.name).
					On(checks.Path("").Index(i)).WithHint("%s", part.hint).Of(checks.Unbuildable))
			}
		}
	}
	return ms
}

// Silence takes out what SILENCED_SYSTEM_CHECKS names, and returns it beside
// the rest with the reason that the entry gives. Entries that have expired take
// out nothing, and no entry what stops every start.
func (p *Project) Silence(ms checks.Messages) (kept checks.Messages, set []checks.Silenced) {
	reasons := map[string]string{}
	for _, s := range p.core.settings.SilencedSystemChecks {
		if _, known := reasons[s.ID]; !known && !p.expired(s) {
			reasons[s.ID] = settings.HideText(s.Reason)
		}
	}
	return ms.Silence(reasons)
}

// expired says that the last day of an entry is over.
func (p *Project) expired(s SilencedCheck) bool { return !s.Until.IsZero() && s.Until.Before(p.today) }

// checkSilenced reports entries that silence nothing.
func checkSilenced(p *Project) (ms checks.Messages) {
	classes := p.classes()
	for i, s := range p.core.settings.SilencedSystemChecks {
		class, known := classes[s.ID]
		switch {
		case !known:
			ms = append(ms, unknownID(s.ID, classes).On(s.place(i)))
		case class != checks.Finding:
			ms = append(ms, checks.Warningf("settings.W002", "%s can't be silenced: %s", s.ID, stops[class]).
				On(s.place(i)).WithHint("take the entry out"))
		case p.expired(s):
			ms = append(ms, checks.Warningf("settings.W003", "this entry silenced %s until %s and does so no more",
				s.ID, s.Until).On(silenced.Index(i).Key("until")).
				WithHint("mend what is reported and take the entry out, or set a later day"))
		}
	}
	return ms
}

// stops says why messages of a class stay.
var stops = map[checks.Class]string{
	checks.Refused:     "no project may do what it reports",
	checks.Unbuildable: "nothing can start with what it reports",
}

func unknownID(id string, classes map[string]checks.Class) checks.Message {
	m := checks.Warningf("settings.W002", "no check reports %s, so this entry silences nothing", strconv.Quote(id)).
		WithHint("take it out, or write the id that stands in brackets behind the message")
	var ids []string
	for known, class := range classes {
		if class == checks.Finding {
			ids = append(ids, known)
		}
	}
	slices.Sort(ids)
	if near := nearest.Name(id, ids); near != "" {
		return m.WithHint("did you mean %q?", near)
	}
	return m
}

// classes are the ids that the checks of all linked apps report, installed or
// not: a list of ids may serve several projects. An id that is ever a finding
// can be silenced.
func (p *Project) classes() map[string]checks.Class {
	classes := map[string]checks.Class{}
	for _, info := range p.linked {
		c, ok := info.App.(Checker)
		if !ok {
			continue
		}
		for _, row := range c.Checks() {
			for _, id := range row.IDs {
				if class, known := classes[id]; !known || class != checks.Finding {
					classes[id] = row.Class
				}
			}
		}
	}
	return classes
}
