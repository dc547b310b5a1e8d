package main

import (
	"bytes"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
)

var bodies = map[string][]byte{
	"/small": []byte(`{"items": [{"id": 1, "name": "one"}, {"id": 2, "name": "two"}]}`),
	"/large": bytes.Repeat([]byte(`{"id": 1, "name": "one"},`), 4000),
}

// origin is the server behind all proxies.
func origin() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := bodies[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	})
}

// bare is httputil.ReverseProxy as one would write it, with as many idle connections
// as are in use. It lets the origin in that the measured requests have.
func bare(behind string) http.Handler {
	target := &url.URL{Scheme: "http", Host: behind}
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.SetXForwarded()
			r.Out.Host = r.In.Host
		},
		Transport: &http.Transport{MaxIdleConnsPerHost: 128, DisableCompression: true},
		ModifyResponse: func(r *http.Response) error {
			if origin := r.Request.Header.Get("Origin"); origin != "" {
				r.Header.Set("Access-Control-Allow-Origin", origin)
				r.Header.Add("Vary", "Origin")
			}
			return nil
		},
	}
}
