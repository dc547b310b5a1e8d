package settled

import (
	"slices"

	"github.com/settled-go/settled/checks"
)

// findUnmetNeeds reports entries that build on another one, which is missing or
// comes later. While an entry is not understood, it may be the missing one.
func findUnmetNeeds(all, _ any) (ms checks.Messages) {
	o := all.(order)
	understood := !slices.ContainsFunc(o.Links, func(l placedLink) bool { return !l.named })
	for i, l := range o.Links {
		if o.index(l.name) < i {
			continue // it stands twice, and is judged once
		}
		for _, need := range l.link.Traits.After {
			j := o.index(need)
			m := checks.Errorf("middleware.E006",
				"%s needs %s above it, which is not in {name}: a request reaches it without what that prepares", l.name, need).
				On(element(i)).WithHint("add %q above it", need)
			switch {
			case j > i:
				m.Text = l.name + " needs " + need + " above it, which stands below: a request reaches it without what that prepares"
				m = o.follow(m.See(checks.Path("MIDDLEWARE").Index(j), "this has to come first").
					WithHint("move %q above it", need))
			case j >= 0 || !understood:
				continue
			}
			ms = append(ms, m)
		}
	}
	return ms
}
