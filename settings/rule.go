package settings

import "github.com/settled-go/settled/checks"

// Ruled is a settings struct that brings validate tags of its own.
type Ruled interface{ Rules() []Rule }

// A Rule is one such tag.
type Rule struct {
	// Tag is the rule's name, as written in `validate`.
	Tag string
	// Find returns what breaks the rule: nothing when it holds. settings is
	// the struct, always by value, never a pointer. value is the field's.
	Find func(settings, value any) checks.Messages
}
