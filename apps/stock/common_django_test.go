package stock_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/settledtest"
)

// answer is what Django 3.2 said to a request.
type answer struct {
	Method, Host, Target, Agent string
	Settings                    map[string]any
	Status                      int
	Location, Length, Type      string
	Body, Text                  string
}

const recording = "testdata/common_django.json"

func record(t *testing.T, file string) []answer {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []answer
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, text)
	}
}

var djangoRoutes = []settled.Route{
	settled.Path("/ok/{$}", says("ok"), "ok"),
	settled.Path("/both/{$}", says("ok"), "both"),
	settled.Path("/both", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(404)
		io.WriteString(w, "mine")
	}, "mine"),
	settled.Path("/a%20b/{$}", says("ok"), "blank"),
	settled.Path("/é/{$}", says("ok"), "accent"),
}

// CommonMiddleware answers as Django's does.
func TestCommonAsDjango(t *testing.T) {
	for _, want := range record(t, recording) {
		t.Run(fmt.Sprint(want.Method, " ", want.Host, want.Target, want.Settings, want.Agent), func(t *testing.T) {
			text := "ALLOWED_HOSTS = [\".example.com\"]\nINSTALLED_APPS = [\"pages\"]\nMIDDLEWARE = [\"" + commonName + "\"]\n"
			for name, value := range want.Settings {
				written, err := json.Marshal(value)
				if err != nil {
					t.Fatal(err)
				}
				text += name + " = " + string(written) + "\n"
			}
			apps := settledtest.Apps{"pages": func() settled.App { return pages{djangoRoutes} }}.WithBuiltin(stock.Apps())
			w, r := httptest.NewRecorder(), httptest.NewRequest(want.Method, "http://"+want.Host+want.Target, nil)
			r.Header.Set("User-Agent", want.Agent)
			r.Header.Set("Accept", "text/html")
			settledtest.Start(t, apps, text).Handler().ServeHTTP(w, r)
			compare(t, want, w)
		})
	}
}

func compare(t *testing.T, want answer, w *httptest.ResponseRecorder) {
	h := w.Header()
	if w.Code != want.Status || h.Get("Location") != want.Location {
		t.Errorf("got %d to %q, Django says %d to %q", w.Code, h.Get("Location"), want.Status, want.Location)
	}
	if want.Status == 500 {
		// Settled speaks of itself, and of its own form of the settings.
		_, text, _ := strings.Cut(html.UnescapeString(want.Text), ">")
		text, _, _ = strings.Cut(strings.Replace(text, "Django can", "Settled can", 1), ", or set")
		if !strings.Contains(html.UnescapeString(w.Body.String()), text) {
			t.Errorf("the page does not say %q", text)
		}
		return
	}
	if h.Get("Content-Type") != want.Type || want.Body != "" && w.Body.String() != want.Body {
		t.Errorf("got %q %q, Django says %q %q", h.Get("Content-Type"), w.Body, want.Type, want.Body)
	}
	// net/http sends the length of a short body by itself.
	if got := cmp.Or(h.Get("Content-Length"), strconv.Itoa(w.Body.Len())); want.Length != "" && got != want.Length {
		t.Errorf("got %s bytes, Django says %s", got, want.Length)
	}
}

// The recording is what the Django of this machine answers, if there is one.
func TestRecordingOfDjango(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Python")
	}
	const python = "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import django, sys; sys.exit(django.VERSION[:2] != (3, 2))").Run(); err != nil {
		if os.Getenv("SETTLEDTEST_DJANGO") == "required" {
			t.Fatalf("python3-django 3.2 is required: %v", err)
		}
		t.Skip("no Django 3.2")
	}
	got, err := exec.Command(python, "testdata/common_django.py").Output()
	want, readErr := os.ReadFile(recording)
	if err != nil || readErr != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what Django answers (%v, %v): record it anew", recording, err, readErr)
	}
}
