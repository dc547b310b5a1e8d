package lab

import "time"

// Rest closes the second port as if it had not been needed for a while.
func (l *Lab) Rest() {
	l.port.mu.Lock()
	l.port.until = time.Now()
	l.port.mu.Unlock()
	l.port.rest()
}
