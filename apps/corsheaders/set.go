package corsheaders

import "slices"

// An originSet is the listed origins that a request can have. It takes the
// same time for ten origins as for a million.
type originSet struct {
	few     []string // instead of many, while comparing is faster than hashing
	many    map[string]struct{}
	longest int // bytes
}

const few = 4

// newOriginSet leaves out entries that are no serialised origin: they can
// never match.
func newOriginSet(origins []string) (s originSet) {
	if len(origins) > few {
		s.many = make(map[string]struct{}, len(origins))
	}
	for _, o := range origins {
		if !isSerialised(o) {
			continue
		}
		s.longest = max(s.longest, len(o))
		if s.many != nil {
			s.many[o] = struct{}{}
		} else {
			s.few = append(s.few, o)
		}
	}
	return s
}

// has compares byte for byte. An origin longer than all in the set is not even
// hashed, so that a hostile one costs nothing.
func (s *originSet) has(origin string) bool {
	if s.many == nil {
		return slices.Contains(s.few, origin)
	}
	if len(origin) > s.longest {
		return false
	}
	_, found := s.many[origin]
	return found
}
