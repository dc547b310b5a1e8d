package corsheaders_test

import (
	"net/http"
	"testing"

	"github.com/settled-go/settled/middleware"
)

// A panic before the response has begun leaves the headers to whoever answers:
// a guard between two links, a recoverer outside, or one inside.
func TestPanic(t *testing.T) {
	panics := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		panic("boom")
	}
	recoverer := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer func() {
				if recover() != nil {
					w.WriteHeader(http.StatusInternalServerError)
				}
			}()
			next.ServeHTTP(w, r)
		})
	}
	chain := middleware.Chain{{Name: "cors", New: func() (middleware.Func, error) {
		return func(next http.Handler) http.Handler { return wrap(t, listing(origin), next.ServeHTTP) }, nil
	}}}
	inChain, err := chain.Wrap(http.HandlerFunc(panics), func(w http.ResponseWriter, r *http.Request, value any, stack []byte, committed bool) {
		http.Error(w, "failed", http.StatusInternalServerError)
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, h := range map[string]http.Handler{
		"chain":   inChain,
		"outside": recoverer(wrap(t, listing(origin), panics)),
		"inside":  wrap(t, listing(origin), recoverer(http.HandlerFunc(panics)).ServeHTTP),
	} {
		t.Run(name, func(t *testing.T) {
			got := last(ask(t, serve(t, h), "GET", "/", "Origin: "+origin))
			if got.status != http.StatusInternalServerError {
				t.Errorf("status %d", got.status)
			}
			wantLines(t, got.cors(), admittedLines)
		})
	}
}
