package settled

import (
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

// order is MIDDLEWARE with its names resolved. The rules about it are validator
// rules, and they look at traits alone, so that third-party middleware is
// covered too.
type order struct {
	Links []placedLink `toml:"MIDDLEWARE" validate:"once,cors_first,needs,inside_out,last_resort,reversed"`
}

// placedLink is an entry of MIDDLEWARE.
type placedLink struct {
	name string
	link middleware.Link
	// resolved says that link is known, named that at least the name is.
	resolved, named bool
}

func (l placedLink) isCORS() bool { return l.resolved && l.link.Traits.Is.Has(middleware.CORS) }

func (o order) has(name string) bool { return o.index(name) >= 0 }

// index is where a name is listed first, or -1.
func (o order) index(name string) int {
	for i, l := range o.Links {
		if l.name == name {
			return i
		}
	}
	return -1
}

// firstCORS is where the first CORS middleware is listed, or -1.
func (o order) firstCORS() int {
	for i, l := range o.Links {
		if l.isCORS() {
			return i
		}
	}
	return -1
}

// Rules are the validate tags of order's own.
func (order) Rules() []settings.Rule {
	return []settings.Rule{
		{Tag: "once", Find: findTwice},
		{Tag: "cors_first", Find: findCORSNotFirst},
		{Tag: "needs", Find: findUnmetNeeds},
		{Tag: "inside_out", Find: findInsideOut},
		{Tag: "last_resort", Find: findEarlyResort},
		{Tag: "reversed", Find: findReversed},
	}
}

// element is the path of an entry, relative to MIDDLEWARE.
func element(i int) checks.Path { return checks.Path("").Index(i) }

// findTwice reports entries that stand twice, and CORS middleware beside other
// CORS middleware.
func findTwice(all, _ any) checks.Messages {
	o, ms := all.(order), checks.Messages(nil)
	first := o.firstCORS()
	for i, l := range o.Links {
		j := o.index(l.name)
		switch {
		case j < i && l.isCORS():
			ms = append(ms, twice(l.name, i, j).Of(checks.Refused))
		case j < i && l.resolved:
			ms = append(ms, twice(l.name, i, j).Of(checks.Unbuildable))
		case l.isCORS() && first < i:
			ms = append(ms, checks.Errorf("middleware.E007",
				"%s and %s both decide which origins may read a response: a browser refuses an answer with two decisions, or the looser one wins",
				o.Links[first].name, l.name).On(element(i)).
				See(checks.Path("MIDDLEWARE").Index(first), "the other one").
				WithHint("keep one of the two").Of(checks.Refused))
		}
	}
	return ms
}

func twice(name string, i, j int) checks.Message {
	return checks.Errorf("middleware.E003", "%s is listed twice in {name}: a request would pass through it two times", name).
		On(element(i)).See(checks.Path("MIDDLEWARE").Index(j), "listed here first").
		WithHint("take this entry out")
}
