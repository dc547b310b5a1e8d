package upstream

import "time"

func (s *server) isHealthy() bool { return !s.down && !s.leftOut }

// settle takes note of how an attempt went.
func (p *Pool) settle(s *server, isTrial bool, err error) {
	if isTrial {
		p.mu.Lock()
		s.trying = false
		p.mu.Unlock()
	}
	if err == nil {
		p.connected(s)
	}
}

// connected takes note that a server accepts connections.
func (p *Pool) connected(s *server) {
	if s.failures.Load() == 0 {
		return // as nearly always
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	s.failures.Store(0)
	if s.leftOut {
		s.leftOut = false
		p.config.Log.Info("an upstream accepts connections again", "upstream", s.name)
	}
}

// unconnected takes note that a server does not.
func (p *Pool) unconnected(s *server, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if failures := s.failures.Add(1); p.config.Failures.Max == 0 || failures < int64(p.config.Failures.Max) {
		return
	}
	s.until = time.Now().Add(p.config.Failures.For)
	if !s.leftOut {
		s.leftOut = true
		p.config.Log.Warn("an upstream accepts no connections and is left out", "upstream", s.name,
			"for", p.config.Failures.For, "reason", reason(err))
	}
}

// judged takes note of what the health checks say.
func (p *Pool) judged(s *server, down bool, why error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s.down == down {
		return
	}
	s.down = down
	if down {
		p.config.Log.Warn("an upstream fails its health check and is left out", "upstream", s.name, "reason", reason(why))
	} else {
		p.config.Log.Info("an upstream passes its health check again", "upstream", s.name)
	}
}

// reason is an error with what to do about it.
func reason(err error) string {
	if err == nil {
		return ""
	}
	if hint := Hint(err); hint != "" {
		return err.Error() + ": " + hint
	}
	return err.Error()
}
