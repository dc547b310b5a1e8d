package upstream

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Health is how servers are asked whether they are well. Without a Path they are
// not asked.
type Health struct {
	// Path is what is asked for, with a query perhaps, below the path of the
	// server's URL.
	Path string
	// Interval is the time from one answer to the next request; it varies by a
	// tenth, so that not all ask at once. Default: 10s.
	Interval time.Duration
	// Timeout is for an answer. Default: 5s.
	Timeout time.Duration
	// Status are the good answers. Default: any from 200 to 299.
	Status []int
	// DownAfter is after how many bad answers in a row a server gets no more
	// requests, UpAfter after how many good ones it does again. The first
	// answer of all decides alone. Defaults: 3 and 2.
	DownAfter, UpAfter int
	// Host is the Host header. Default: that of the server's URL.
	Host string
}

func (h Health) complete() Health {
	h.Interval = cmp.Or(h.Interval, 10*time.Second)
	h.Timeout = cmp.Or(h.Timeout, 5*time.Second)
	h.DownAfter, h.UpAfter = max(cmp.Or(h.DownAfter, 3), 1), max(cmp.Or(h.UpAfter, 2), 1)
	return h
}

// Run checks the servers' health until ctx ends. Without Health.Path, it only
// waits for that. It is called once.
func (p *Pool) Run(ctx context.Context) {
	if p.config.Health.Path == "" {
		<-ctx.Done()
		return
	}
	var all sync.WaitGroup
	for _, s := range p.servers {
		all.Go(func() { p.watch(ctx, s) })
	}
	all.Wait()
}

// watch checks one server.
func (p *Pool) watch(ctx context.Context, s *server) {
	d := *s.dialer
	d.noted = nil // what follows is decided here
	t := p.transport(&d, p.config.Protocol)
	t.DisableKeepAlives = true // whether it accepts connections is a part of it
	defer t.CloseIdleConnections()
	h := p.config.Health
	row, before, isFirst := 0, true, true
	for {
		err := p.ask(ctx, s, t)
		if ctx.Err() != nil {
			return
		}
		if well := err == nil; well == before {
			row++
		} else {
			row, before = 1, well
		}
		if err == nil {
			p.connected(s)
		}
		if isFirst || err == nil && row >= h.UpAfter || err != nil && row >= h.DownAfter {
			p.judged(s, err != nil, err)
		}
		isFirst = false
		select {
		case <-ctx.Done():
			return
		case <-time.After(jitter(h.Interval)):
		}
	}
}

// ask is one check.
func (p *Pool) ask(ctx context.Context, s *server, t http.RoundTripper) error {
	h := p.config.Health
	limited, cancel := context.WithTimeout(ctx, h.Timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(limited, http.MethodGet, s.scheme+"://"+s.host+s.rawPath+join("", h.Path), nil)
	if err != nil {
		return err
	}
	r.Host = h.Host
	r.Header.Set("User-Agent", "Settled health check")
	resp, err := t.RoundTrip(r)
	if err != nil {
		return timedOut(ctx, limited, err, h.Timeout)
	}
	_ = resp.Body.Close()
	if good := len(h.Status) == 0 && resp.StatusCode/100 == 2; !good && !slices.Contains(h.Status, resp.StatusCode) {
		path, _, _ := strings.Cut(h.Path, "?") // there may be a secret in the query
		return fmt.Errorf("%s answers with %s", path, resp.Status)
	}
	return nil
}

func jitter(d time.Duration) time.Duration {
	return d + time.Duration((rand.Float64()-0.5)/5*float64(d))
}
