package notes_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/examples/quickstart/notes"
	"github.com/settled-go/settled/settledtest"
)

var apps = settledtest.Apps{"notes": notes.New}

const project = `
DEBUG = true
INSTALLED_APPS = ["notes"]
NOTES_TOKEN = "s3cret"
NOTES_MAX = 2
`

func TestConformance(t *testing.T) { settledtest.App(t, "notes", notes.New) }

func start(t *testing.T) http.Handler {
	return settledtest.Start(t, apps, project).Handler()
}

// send makes a request to this machine. headers are names and values in turn.
func send(h http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
	for pair := range slices.Chunk(headers, 2) {
		r.Header.Set(pair[0], pair[1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

var sendsJSON = []string{"Content-Type", "application/json"}

func TestRequests(t *testing.T) {
	tests := []struct {
		name         string
		method, path string
		body         string
		headers      []string
		status       int
		want         string // in the body
	}{
		{"list", "GET", "/notes", "", nil, 200, `[{"id":1,"text":"Read settings.toml"}]`},
		{"read", "GET", "/notes/1", "", nil, 200, `{"id":1,"text":"Read settings.toml"}`},
		{"no such note", "GET", "/notes/2", "", nil, 404, `{"error":"there is no such note"}`},
		{"no number", "GET", "/notes/one", "", nil, 404, `{"error":"there is no such note"}`},
		{"create", "POST", "/notes", `{"text":"a"}`, sendsJSON, 201, `{"id":2,"text":"a"}`},
		{"create with a charset", "POST", "/notes", `{"text":"a"}`,
			[]string{"Content-Type", "application/json; charset=utf-8"}, 201, `{"id":2,"text":"a"}`},
		{"create as a form could", "POST", "/notes", `{"text":"a"}`,
			[]string{"Content-Type", "text/plain"}, 415, `{"error":"the Content-Type must be application/json"}`},
		{"create without a type", "POST", "/notes", `{"text":"a"}`, nil, 415, `Content-Type`},
		{"no JSON", "POST", "/notes", `{"text":`, sendsJSON, 400, `the body must be`},
		{"an unknown field", "POST", "/notes", `{"text":"a","id":7}`, sendsJSON, 400, `the body must be`},
		{"two values", "POST", "/notes", `{"text":"a"}{}`, sendsJSON, 400, `the body must be`},
		{"rubbish behind", "POST", "/notes", `{"text":"a"}x`, sendsJSON, 400, `the body must be`},
		{"no text", "POST", "/notes", `{"text":" "}`, sendsJSON, 422, `the text is empty`},
		{"too large", "POST", "/notes", `{"text":"` + strings.Repeat("a", 5000) + `"}`, sendsJSON, 413, `4 KiB`},
		{"too large behind", "POST", "/notes", `{"text":"a"}` + strings.Repeat(" ", 5000), sendsJSON, 413, `4 KiB`},
		{"replace", "PUT", "/notes/1", `{"text":"b"}`, append(sendsJSON, "X-Client", "test"), 200,
			`{"id":1,"text":"b","client":"test"}`},
		{"replace nothing", "PUT", "/notes/2", `{"text":"b"}`, sendsJSON, 404, `no such note`},
		{"remove", "DELETE", "/notes/1", "", nil, 204, ""},
		{"remove nothing", "DELETE", "/notes/2", "", nil, 404, `no such note`},
		{"wrong method", "PATCH", "/notes", "", nil, 405, ""},
		{"stats", "GET", "/stats", "", []string{"Authorization", "Bearer s3cret"}, 200, `{"max":2,"notes":1}`},
		{"stats, lower case", "GET", "/stats", "", []string{"Authorization", "bearer s3cret"}, 200, `"notes":1`},
		{"stats, no token", "GET", "/stats", "", nil, 401, `NOTES_TOKEN`},
		{"stats, wrong token", "GET", "/stats", "", []string{"Authorization", "Bearer s3cre"}, 401, `NOTES_TOKEN`},
		{"stats, wrong scheme", "GET", "/stats", "", []string{"Authorization", "Basic s3cret"}, 401, `NOTES_TOKEN`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := send(start(t), test.method, test.path, test.body, test.headers...)
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.want) {
				t.Errorf("%s %s: %d %q, want %d and %q", test.method, test.path, w.Code, w.Body, test.status, test.want)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	tests := []struct {
		name         string
		method, path string
		body         string
		header, want string
	}{
		{"type", "GET", "/notes", "", "Content-Type", "application/json"},
		{"count", "GET", "/notes", "", "X-Total-Count", "1"},
		{"place of a new note", "POST", "/notes", `{"text":"a"}`, "Location", "/notes/2"},
		{"what to send", "GET", "/stats", "", "WWW-Authenticate", "Bearer"},
		{"nothing personal is stored", "GET", "/visits", "", "Cache-Control", "no-store"},
		{"the cookie", "GET", "/visits", "", "Set-Cookie",
			"visits=1; Path=/visits; Max-Age=86400; HttpOnly; SameSite=Lax"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := send(start(t), test.method, test.path, test.body, sendsJSON...)
			if got := w.Header().Get(test.header); got != test.want {
				t.Errorf("%s: %q, want %q", test.header, got, test.want)
			}
		})
	}
}

func TestVisits(t *testing.T) {
	for cookie, want := range map[string]string{
		"":               `{"visits":1}`,
		"visits=1":       `{"visits":2}`,
		"visits=41":      `{"visits":42}`,
		"visits=-3":      `{"visits":1}`,
		"visits=9999999": `{"visits":1}`,
		"visits=many":    `{"visits":1}`,
	} {
		w := send(start(t), "GET", "/visits", "", "Cookie", cookie)
		if got := strings.TrimSpace(w.Body.String()); got != want {
			t.Errorf("Cookie %q: %s, want %s", cookie, got, want)
		}
	}
}

// Ids stay unique and the limit holds, however many write at once. Run it with
// -race.
func TestConcurrentUse(t *testing.T) {
	h := start(t)
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			send(h, "POST", "/notes", fmt.Sprintf(`{"text":"%d"}`, i), sendsJSON...)
			send(h, "PUT", "/notes/1", `{"text":"b"}`, sendsJSON...)
			send(h, "GET", "/notes", "")
		})
	}
	group.Wait()
	var all []notes.Note
	if err := json.Unmarshal(send(h, "GET", "/notes", "").Body.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0].ID != 1 || all[1].ID != 2 {
		t.Errorf("%v, want the notes 1 and 2", all)
	}
	if w := send(h, "POST", "/notes", `{"text":"a"}`, sendsJSON...); w.Code != http.StatusConflict {
		t.Errorf("a note too many: %d, want 409", w.Code)
	}
}

func TestChecks(t *testing.T) {
	for settings, want := range map[string][]string{
		``:                                 {"notes.W001"},
		`NOTES_TOKEN = "s3cret"`:           nil,
		`NOTES_TOKEN = { env = "UNSET" }`:  {"settings.I010"}, // it is missing only when the site starts
		"NOTES_TOKEN = 'x'\nNOTES_MAX = 0": {"settings.E003"},
	} {
		got := settledtest.Check(t, apps, "DEBUG = true\nINSTALLED_APPS = [\"notes\"]\n"+settings)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: ids (-want +got):\n%s", settings, diff)
		}
	}
}
