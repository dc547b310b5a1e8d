package proxy_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"
)

// What the app costs beside httputil.ReverseProxy alone, with the same server behind.
func BenchmarkProxy(b *testing.B) {
	up := behind(b, func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("hello")) })
	target, _ := url.Parse(up.URL)
	for name, h := range map[string]http.Handler{
		"settled": site(b, route("/", up.URL)),
		"httputil": &httputil.ReverseProxy{
			Transport: &http.Transport{MaxIdleConnsPerHost: 128, DisableCompression: true},
			Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(target); r.SetXForwarded() },
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest("GET", "http://127.0.0.1/things/1?x=y", nil)
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Code != 200 {
					b.Fatal(w.Code)
				}
			}
		})
	}
}
