package lab

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// How long things live.
const (
	idle      = 5 * time.Minute // the port, after the last press
	tokenLife = time.Minute     // a page that nobody has fetched
	maxPages  = 32              // that wait to be fetched
)

// A port is the other origin from which the browser tries requests: a server on
// a loopback port of its own. It is opened when it is first needed, and closed
// when it has not been needed for a while, or with the site. It serves one page,
// once for each token. Its methods may be called concurrently.
type port struct {
	mu     sync.Mutex
	closed bool // for good
	server *http.Server
	number string
	ended  chan struct{} // closed when server has ended
	timer  *time.Timer   // closes what is idle
	until  time.Time     // when it is idle, unless it is needed again
	pages  map[string]page
}

// A page waits to be fetched by the laboratory at an origin.
type page struct {
	embedder string
	expires  time.Time
}

var errClosed = errors.New("the site has been closed, as for other settings: load this page again")

// open opens the port unless it is open, and returns its number and the token
// under which the page is that embedder may embed.
func (p *port) open(ctx context.Context, embedder string) (number, token string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return "", "", errClosed
	}
	if p.server == nil {
		if err := p.listen(ctx); err != nil {
			return "", "", err
		}
	}
	now := time.Now()
	p.until = now.Add(idle)
	p.timer.Reset(idle)
	for token, page := range p.pages {
		if now.After(page.expires) || len(p.pages) >= maxPages {
			delete(p.pages, token)
		}
	}
	token = rand.Text()
	p.pages[token] = page{embedder, now.Add(tokenLife)}
	return p.number, token, nil
}

// listen is called with the lock held.
func (p *port) listen(ctx context.Context) error {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	_, p.number, err = net.SplitHostPort(l.Addr().String())
	if err != nil {
		return errors.Join(err, l.Close())
	}
	server, ended := &http.Server{
		Handler: p, MaxHeaderBytes: 16 << 10,
		ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: 10 * time.Second,
	}, make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(l) // until it is closed
	}()
	p.server, p.ended, p.pages = server, ended, map[string]page{}
	p.timer = time.AfterFunc(idle, p.rest)
	return nil
}

// rest closes the port until it is needed again.
func (p *port) rest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !time.Now().Before(p.until) { // else it was needed just now
		p.shut()
	}
}

// close closes the port for good, and returns when nothing of it runs.
func (p *port) close() {
	p.mu.Lock()
	p.closed = true
	ended := p.ended
	p.shut()
	p.mu.Unlock()
	if ended != nil {
		<-ended
	}
}

// shut is called with the lock held.
func (p *port) shut() {
	if p.server != nil {
		p.timer.Stop()
		_ = p.server.Close()
		p.server, p.pages = nil, nil
	}
}

// take returns the page of a token, which is used up then.
func (p *port) take(token string) (page, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	found, ok := p.pages[token]
	delete(p.pages, token)
	return found, ok && time.Now().Before(found.expires)
}

// isHost says whether a browser asks for the port by a name that it has.
func (p *port) isHost(host string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return host == "127.0.0.1:"+p.number || host == "localhost:"+p.number
}
