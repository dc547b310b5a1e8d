package corsheaders_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/settled-go/settled/apps/corsheaders"
)

// The middleware alone, around any http.Handler.
func ExampleNew() {
	s := corsheaders.Defaults()
	s.AllowedOrigins = []string{"https://app.example.com"}
	s.AllowCredentials = true
	cors, err := corsheaders.New(s)
	if err != nil {
		fmt.Println(err)
		return
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /items/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "[]") })
	h := cors(mux) // around the mux, not inside: preflight requests match no route

	w, r := httptest.NewRecorder(), httptest.NewRequest("OPTIONS", "/items/", nil)
	r.Header.Set("Origin", "https://app.example.com")
	r.Header.Set("Access-Control-Request-Method", "GET")
	h.ServeHTTP(w, r)
	fmt.Println(w.Code, w.Header().Get("Access-Control-Allow-Origin"))
	// Output: 200 https://app.example.com
}

// All origins with credentials are refused.
func ExampleNew_refused() {
	s := corsheaders.Defaults()
	s.AllowAllOrigins, s.AllowCredentials = true, true
	_, err := corsheaders.New(s)
	fmt.Println(err)
	// Output: CORS_ALLOW_CREDENTIALS: error: CORS_ALLOW_CREDENTIALS is true while CORS_ALLOW_ALL_ORIGINS lets in every origin: any website could read the answers made for a logged-in user (corsheaders.E101)
}
