package notes

import (
	"net/http"
	"strconv"
)

func (a *App) list(w http.ResponseWriter, _ *http.Request) {
	all := a.store.all()
	// A script of another origin can read this header because
	// CORS_EXPOSE_HEADERS names it.
	w.Header().Set("X-Total-Count", strconv.Itoa(len(all)))
	writeJSON(w, http.StatusOK, all)
}

func (a *App) create(w http.ResponseWriter, r *http.Request) {
	text, ok := readText(w, r)
	if !ok {
		return
	}
	n, ok := a.store.add(text, client(r))
	if !ok {
		writeError(w, http.StatusConflict, "there is no room for another note: delete one first")
		return
	}
	w.Header().Set("Location", "/notes/"+strconv.Itoa(n.ID))
	writeJSON(w, http.StatusCreated, n)
}

func (a *App) read(w http.ResponseWriter, r *http.Request) {
	n, ok := a.store.get(id(r))
	if !ok {
		writeError(w, http.StatusNotFound, "there is no such note")
		return
	}
	writeJSON(w, http.StatusOK, n)
}

func (a *App) replace(w http.ResponseWriter, r *http.Request) {
	text, ok := readText(w, r)
	if !ok {
		return
	}
	n := Note{ID: id(r), Text: text, Client: client(r)}
	if !a.store.replace(n) {
		writeError(w, http.StatusNotFound, "there is no such note")
		return
	}
	writeJSON(w, http.StatusOK, n)
}

func (a *App) remove(w http.ResponseWriter, r *http.Request) {
	if !a.store.remove(id(r)) {
		writeError(w, http.StatusNotFound, "there is no such note")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// id is the note that the path names. No note has the id 0.
func id(r *http.Request) int {
	n, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return 0
	}
	return n
}

// client is the program that sends the request, by its own word. A browser asks
// first whether a script may send this header: CORS_ALLOW_HEADERS names it.
func client(r *http.Request) string {
	name := r.Header.Get("X-Client")
	return name[:min(len(name), 100)]
}
