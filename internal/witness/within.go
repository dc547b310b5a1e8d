package witness

import "slices"

// Within is an origin that the pattern lets in, and whose host is one of exact,
// or below one of above; "" if there is none, or if that cannot be decided.
func (v Verdict) Within(exact, above []string) string {
	program := compile(v.source.text)
	if program == nil {
		return ""
	}
	j := judge{budget: &Budget{pattern: maxPattern}, program: program}
	var alone []string // with what is below them, though not they themselves
	for _, host := range above {
		if !slices.Contains(exact, host) {
			alone = append(alone, host)
		}
	}
	return j.find(goal{program: program, inside: newTails(above, exact), outside: newTails(nil, alone)}, "")
}
