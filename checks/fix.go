package checks

// An Action is what an Edit does.
type Action uint8

const (
	// Replace puts Text, a string, in the place of a string.
	Replace Action = iota
	// Remove takes out an element of a list, or a whole setting.
	Remove
	// Move puts an element of a list in the place of element To of the same
	// list; those between them move on by one.
	Move
	// Rename gives a setting the name Text.
	Rename
	// Append puts Text, a string, at the end of a list. A setting that nothing
	// says anything of becomes a list in the settings file itself.
	Append
)

// An Edit is one change of the settings. A check says what to change; the
// settings file knows what that means for its text.
type Edit struct {
	Do      Action
	Setting Path   // what is changed
	Text    string // of Replace, Rename and Append
	To      int    // of Move
	// Changes are the edit in terms of the text, and Secret says that Text must
	// not be shown; settings.File.Place fills them in. There are no changes
	// when a variable holds the value or when they would show a secret.
	Changes []Change
	Secret  bool
}

// A Change puts New in the place of a part of a file.
type Change struct {
	At  Range // nothing is taken out where Start is End
	New string
}

// Fix adds a change that helps to mend the message. All changes of a message
// are made together, by check --fix, or none.
func (m Message) Fix(e Edit) Message {
	m.Fixes = append(m.Fixes[:len(m.Fixes):len(m.Fixes)], e)
	return m
}
