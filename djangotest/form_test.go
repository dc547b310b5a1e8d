package djangotest

import (
	"io"
	"net/http"

	protection "github.com/settled-go/settled/middleware/csrf"
)

// form is a page with a CSRF token.
func form(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", html)
	if r.Method == http.MethodPost {
		io.WriteString(w, "posted")
		return
	}
	io.WriteString(w, "token="+protection.Token(r))
}
