package notes

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strings"
)

// maxBody is how many bytes a request body may have.
const maxBody = 4 << 10

// writeJSON answers with v. The headers are gone by the time an error shows, so
// it is only logged.
func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		slog.Debug("The response was not sent", "error", err)
	}
}

// writeError answers {"error": text}.
func writeError(w http.ResponseWriter, status int, text string) {
	writeJSON(w, status, map[string]string{"error": text})
}

// readText reads the body {"text": "..."}. If it is not that, readText answers
// the request and ok is false.
func readText(w http.ResponseWriter, r *http.Request) (text string, ok bool) {
	// A form of any page can send text/plain without asking first. Only a
	// script that a preflight let through can send application/json.
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		writeError(w, http.StatusUnsupportedMediaType, "the Content-Type must be application/json")
		return "", false
	}
	var body struct {
		Text string `json:"text"`
	}
	err := decode(http.MaxBytesReader(w, r.Body, maxBody), &body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		writeError(w, http.StatusRequestEntityTooLarge, "the body is larger than 4 KiB")
	case err != nil:
		writeError(w, http.StatusBadRequest, `the body must be {"text": "..."}`)
	case strings.TrimSpace(body.Text) == "":
		writeError(w, http.StatusUnprocessableEntity, "the text is empty")
	default:
		return body.Text, true
	}
	return "", false
}

// decode reads one JSON value and nothing behind it.
func decode(body io.Reader, v any) error {
	d := json.NewDecoder(body)
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	switch _, err := d.Token(); {
	case err == nil:
		return errors.New("there is more than one value")
	case err == io.EOF:
		return nil
	default:
		return err
	}
}
