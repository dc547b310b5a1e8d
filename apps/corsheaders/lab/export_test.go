package lab

import "time"

// Age makes the pages that wait to be fetched older.
func (l *Lab) Age(d time.Duration) {
	l.port.mu.Lock()
	defer l.port.mu.Unlock()
	for token, page := range l.port.pages {
		page.expires = page.expires.Add(-d)
		l.port.pages[token] = page
	}
}

// Rest closes the second port as if it had not been needed for a while.
func (l *Lab) Rest() {
	l.port.mu.Lock()
	l.port.until = time.Now()
	l.port.mu.Unlock()
	l.port.rest()
}
