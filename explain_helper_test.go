package settled_test

import (
	"encoding/json"
	"net/http/httptest"
	"testing"
)

// problem is what JSON answers hold.
type problem struct {
	Type, Title, Detail, Instance string
	Status                        int
	Advice                        []string
	Facts                         map[string]string
	Exception                     []struct{ Type, Value string }
	Frames                        []struct {
		Function, File, Kind, Source string
		Line                         int
	}
	Patterns          []struct{ App, Method, Pattern, Name, Place, Note string }
	Request, Settings map[string]map[string]string
	Withheld          string
}

func decode(t *testing.T, w *httptest.ResponseRecorder) (p problem) {
	t.Helper()
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return p
}
