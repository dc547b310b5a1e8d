package notes

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strconv"
	"strings"
)

// visits counts in a cookie how often a browser was here. Cookies cross origins
// only if the script says credentials: "include" and the project says
// CORS_ALLOW_CREDENTIALS = true.
func (a *App) visits(w http.ResponseWriter, r *http.Request) {
	n := 1
	if c, err := r.Cookie("visits"); err == nil {
		// The cookie is whatever the client sends: what is no count, is none.
		if seen, err := strconv.ParseUint(c.Value, 10, 16); err == nil {
			n = int(seen) + 1
		}
	}
	http.SetCookie(w, &http.Cookie{
		Name:     "visits",
		Value:    strconv.Itoa(n),
		Path:     "/visits",            // no other path needs it
		MaxAge:   24 * 60 * 60,         // seconds
		HttpOnly: true,                 // no script needs to read it
		Secure:   r.TLS != nil,         // behind a proxy that ends TLS: true
		SameSite: http.SameSiteLaxMode, // see the README before a page of another site is to get it
	})
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, http.StatusOK, map[string]int{"visits": n})
}

// stats answers those who have the token.
func (a *App) stats(w http.ResponseWriter, r *http.Request) {
	if !hasToken(r, a.settings.Token.Value()) {
		w.Header().Set("WWW-Authenticate", "Bearer")
		writeError(w, http.StatusUnauthorized, "send the header Authorization: Bearer TOKEN with the token of NOTES_TOKEN")
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, http.StatusOK, map[string]int{"notes": len(a.store.all()), "max": a.settings.Max})
}

// hasToken compares in constant time. The hashes are of one length, so that the
// time does not tell the length of the token either.
func hasToken(r *http.Request, token string) bool {
	scheme, sent, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	got, want := sha256.Sum256([]byte(sent)), sha256.Sum256([]byte(token))
	return token != "" && strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}
