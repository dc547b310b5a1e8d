package bench

import "net/http"

// Empty is a handler that does nothing.
func Empty() http.Handler { return http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}) }

// Setter is a handler that sets n headers, at most 8, and allocates nothing.
func Setter(n int) http.Handler {
	names := []string{
		"Content-Type", "Cache-Control", "Etag", "Last-Modified",
		"X-Request-Id", "X-Content-Type-Options", "Referrer-Policy", "Strict-Transport-Security",
	}[:n]
	values := make([][]string, n)
	for i := range values {
		values[i] = []string{"value"}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		for i, name := range names {
			h[name] = values[i]
		}
	})
}

// Answerer is a handler that sets two headers and writes a body.
func Answerer() http.Handler {
	set, body := Setter(2), []byte(`{"id": 1}`)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		set.ServeHTTP(w, r)
		w.WriteHeader(http.StatusOK)
		_, _ = w.Write(body)
	})
}
