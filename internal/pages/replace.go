package pages

// Replace puts all texts of the explanation through f, for what must not be shown
// whatever it stands in.
func (e *Explanation) Replace(f func(string) string) {
	for _, s := range []*string{&e.Title, &e.Why, &e.RoutesTitle, &e.Withheld, &e.Closing} {
		*s = f(*s)
	}
	replaceFacts(e.Facts, f)
	for _, all := range [][]Table{e.Request, e.Settings} {
		for _, t := range all {
			replaceFacts(t.Facts, f)
		}
	}
	for i := range e.Advice {
		a := &e.Advice[i]
		a.Text, a.Code = f(a.Text), f(a.Code)
		if f(a.Link) != a.Link {
			a.Link = ""
		}
	}
	for i := range e.Causes {
		e.Causes[i].Text = f(e.Causes[i].Text)
	}
	for _, call := range e.Stack {
		for i := range call.Source {
			call.Source[i].Text = f(call.Source[i].Text)
		}
	}
}

func replaceFacts(facts []Fact, f func(string) string) {
	for i := range facts {
		facts[i].Name, facts[i].Value = f(facts[i].Name), f(facts[i].Value)
	}
}
