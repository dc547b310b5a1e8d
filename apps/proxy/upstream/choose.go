package upstream

import (
	"cmp"
	"slices"
	"time"
)

// choose picks the server for an attempt, and counts the request as under way
// there; nil if there is none. Of the healthy ones it is that with the fewest
// requests under way for its weight, and of several such ones each in its turn.
//
// A server that has been left out long enough is tried by one request, and that by
// one that can still go elsewhere, if there is any in time.
func (p *Pool) choose(tried []*server, idempotent bool) (s *server, isTrial bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s = p.due(tried, idempotent)
	if isTrial = s != nil; isTrial {
		s.trying = true
	} else if s = p.leastBusy(tried); s == nil {
		s = p.leastBad(tried)
	}
	if s != nil {
		s.active.Add(1)
	}
	return s, isTrial
}

// due is a server that is to be tried again.
func (p *Pool) due(tried []*server, idempotent bool) *server {
	for _, s := range p.servers {
		if !s.leftOut || s.down || s.trying || slices.Contains(tried, s) {
			continue
		}
		late := time.Since(s.until)
		if late >= 0 && (idempotent || late >= p.config.Failures.For) {
			return s
		}
	}
	return nil
}

// leastBusy is the healthy server with the fewest requests for its weight. Of
// several, each gets its turn by the weights, evenly spread: each counts its
// weight up, and the highest pays for all.
func (p *Pool) leastBusy(tried []*server) *server {
	var least *server
	for _, s := range p.servers {
		if s.isHealthy() && !slices.Contains(tried, s) && (least == nil || s.busier(least) < 0) {
			least = s
		}
	}
	if least == nil || len(p.servers) == 1 {
		return least
	}
	first, all := least, int64(0)
	for _, s := range p.servers {
		if s.isHealthy() && !slices.Contains(tried, s) && s.busier(first) <= 0 {
			s.turn += s.weight
			all += s.weight
			if s.turn > least.turn {
				least = s
			}
		}
	}
	least.turn -= all
	return least
}

// busier compares servers by the requests under way for their weights. A number
// that changes meanwhile makes a choice no worse than a moment before.
func (s *server) busier(other *server) int {
	return cmp.Compare(s.active.Load()*other.weight, other.active.Load()*s.weight)
}

// leastBad is for when no server is healthy: the one that was left out first, as
// that is only a guess. What the health checks say is none: they were asked for.
func (p *Pool) leastBad(tried []*server) *server {
	var least *server
	for _, s := range p.servers {
		if !s.down && !slices.Contains(tried, s) && (least == nil || s.until.Before(least.until)) {
			least = s
		}
	}
	return least
}
