package settled_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/settledtest"
)

// oneView is an app made of one route.
type oneView struct {
	pattern string
	view    http.HandlerFunc
}

func (v *oneView) Settings() any { return nil }

func (v *oneView) Routes() []settled.Route {
	return []settled.Route{settled.Path(v.pattern, v.view, "view")}
}

// What a handler leaves on the request is left on that of the server, too: the
// server removes the files of an upload, and logs may want the pattern.
func TestRequestIsTheServers(t *testing.T) {
	v := &oneView{"POST /up/{id}", func(_ http.ResponseWriter, r *http.Request) { _ = r.ParseMultipartForm(1) }}
	site := settledtest.Start(t, settledtest.Apps{"views": func() settled.App { return v }}, "DEBUG = true\nINSTALLED_APPS = [\"views\"]\n")
	body := "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\ntext\r\n--x--\r\n"
	r := httptest.NewRequest("POST", "http://localhost/up/1", strings.NewReader(body))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	site.Handler().ServeHTTP(httptest.NewRecorder(), r)
	if r.MultipartForm == nil || len(r.MultipartForm.File["f"]) != 1 {
		t.Error("the server does not see the files")
	}
	if r.Pattern != "POST /up/{id}" {
		t.Errorf("pattern %q", r.Pattern)
	}
}

// What is to be added to ALLOWED_HOSTS has no port.
func TestHostToAllow(t *testing.T) {
	site := settledtest.Start(t, settledtest.Apps{}, "DEBUG = true\n")
	r := httptest.NewRequest("GET", "http://www.example.com:8000/", nil)
	r.Header.Set("Accept", "text/plain")
	w := httptest.NewRecorder()
	site.Handler().ServeHTTP(w, r)
	if want := `"www.example.com:8000". You may need to add "www.example.com" to ALLOWED_HOSTS.`; !strings.Contains(w.Body.String(), want) {
		t.Errorf("got %s, want %s", w.Body, want)
	}
}
