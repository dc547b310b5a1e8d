package settings

import "github.com/settled-go/settled/internal/nearest"

const (
	// longName is from how many bytes on a name is no misspelt setting.
	longName = 80
	// maxSuggestions bounds the time for a file full of unknown names.
	maxSuggestions = 500
)

// A suggester finds the names that misspelt ones were meant to be.
type suggester struct {
	names []string
	asked int
}

// near is the setting's name that is closest, or "".
func (s *suggester) near(name string) string { return s.nearOf(name, s.names) }

func (s *suggester) nearOf(name string, names []string) string {
	if s.asked++; s.asked > maxSuggestions || len(name) > longName {
		return ""
	}
	return nearest.Name(name, names)
}
