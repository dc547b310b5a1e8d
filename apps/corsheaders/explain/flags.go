package explain

// text is an option that takes any text. Help calls it by its kind, and
// completion offers the choices.
type text struct {
	to      *string
	kind    string
	choices []string
}

func (t *text) String() string {
	if t.to == nil { // the flag package makes a zero value
		return ""
	}
	return *t.to
}
func (t *text) Type() string       { return t.kind }
func (t *text) Set(s string) error { *t.to = s; return nil }

// Complete is what completion offers.
func (t *text) Complete() []string { return t.choices }

// list is an option that may be given several times.
type list struct {
	to   *[]string
	kind string
}

func (l *list) String() string     { return "" }
func (l *list) Type() string       { return l.kind }
func (l *list) Set(s string) error { *l.to = append(*l.to, s); return nil }

// Complete is what completion offers.
func (l *list) Complete() []string { return nil }
