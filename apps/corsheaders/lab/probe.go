package lab

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html"
	"io"
	"net/http"
	"strings"
	"sync"
)

//go:embed probe.js
var probeScript string

// probePolicy lets the page run its own script and ask whom it is told to, as any
// page could.
var probePolicy = sync.OnceValue(func() string {
	hash := sha256.Sum256([]byte(probeScript))
	return "default-src 'none'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) +
		"'; connect-src http: https:; base-uri 'none'; form-action 'none'; frame-ancestors "
})

// probePage tells its script, in an attribute, the only origin that it listens
// to. html/template would change the script, whose hash is in the policy.
func probePage(embedder string) string {
	return `<!doctype html>
<html lang="en" data-embedder="` + html.EscapeString(embedder) + `">
<meta charset="utf-8">
<title>A page of another origin</title>
<script>` + probeScript + "</script>\n"
}

// ServeHTTP serves the page of a token, once, to who asks for it by a loopback
// name. It serves nothing else.
func (p *port) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	if r.Method != http.MethodGet {
		h.Set("Allow", "GET")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if !p.isHost(r.Host) {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	found, ok := p.take(strings.Trim(r.URL.Path, "/"))
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", probePolicy()+found.embedder)
	_, _ = io.WriteString(w, probePage(found.embedder))
}
