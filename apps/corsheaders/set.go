package corsheaders

// An originSet is the listed origins that a request can have. It takes the
// same time for one origin as for a million.
type originSet struct {
	members map[string]struct{}
	longest int // bytes
}

// newOriginSet leaves out entries that are no serialised origin: they can
// never match.
func newOriginSet(origins []string) originSet {
	s := originSet{members: make(map[string]struct{}, len(origins))}
	for _, o := range origins {
		if isSerialised(o) {
			s.members[o] = struct{}{}
			s.longest = max(s.longest, len(o))
		}
	}
	return s
}

// has compares byte for byte. An origin longer than all in the set is not even
// hashed, so that a hostile one costs nothing.
func (s *originSet) has(origin string) bool {
	if len(origin) > s.longest {
		return false
	}
	_, found := s.members[origin]
	return found
}
