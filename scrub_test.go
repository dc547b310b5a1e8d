package settled_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/settings"
	"github.com/settled-go/settled/settledtest"
)

// A blabber says its secret in all ways.
type blabber struct {
	settings struct {
		Seed  settings.Secret `toml:"BLABBER_SEED"`
		Ready bool            `toml:"BLABBER_FAILS"`
	}
}

// blabbed is a secret that is written in another way in quotes, in JSON and in a URL.
const blabbed = `q"&/+<` + plainPart

// plainPart is the same in all of them.
const plainPart = "tr0ubad0ur"

func (b *blabber) Settings() any { return &b.settings }

func (b *blabber) Ready(context.Context, *settled.Project) error {
	if b.settings.Ready {
		return fmt.Errorf("the key %s is not known", b.settings.Seed.Value())
	}
	return nil
}

func (b *blabber) Routes() []settled.Route {
	return []settled.Route{settled.Path("/{how}/", func(w http.ResponseWriter, r *http.Request) {
		secret := b.settings.Seed.Value()
		switch r.PathValue("how") {
		case "quoted":
			panic(fmt.Sprintf("%q", secret))
		case "json":
			text, _ := json.Marshal(secret)
			panic(string(text))
		case "query":
			panic(&url.Error{Op: "Get", URL: "http://api.example/?k=" + url.QueryEscape(secret), Err: errors.New("refused")})
		case "path":
			panic("/" + url.PathEscape(secret))
		case "login":
			_, password, _ := r.BasicAuth()
			panic(password)
		case "begun":
			_, _ = w.Write([]byte("x"))
			panic(secret)
		case "missing":
			settled.NotFound(w, r, "no "+secret)
		default:
			panic(secret)
		}
	}, "blab")}
}

func blabbing(t *testing.T, more string) (*settled.Site, error) {
	t.Helper()
	p, _ := settledtest.Setup(t, settledtest.Apps{"blabber": func() settled.App { return &blabber{} }},
		"ALLOWED_HOSTS = [\"example.com\"]\nINSTALLED_APPS = [\"blabber\"]\nBLABBER_SEED = '"+blabbed+"'\n"+more)
	return p.Start(t.Context())
}

// However an app writes a secret into an error, neither page nor log has it, with DEBUG
// and without.
func TestSecretsInErrors(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	for _, debug := range []string{"true", "false"} {
		site, err := blabbing(t, "DEBUG = "+debug)
		if err != nil {
			t.Fatal(err)
		}
		for _, how := range []string{"plain", "quoted", "json", "query", "path", "login", "begun", "missing"} {
			for _, form := range []string{"text/html", "application/json", "text/plain"} {
				log.Reset()
				r := httptest.NewRequest("GET", "/"+how+"/", nil)
				r.Header.Set("Accept", form)
				r.SetBasicAuth("joe", blabbed+"2")
				w := httptest.NewRecorder()
				func() {
					defer func() { _ = recover() }() // a response that has begun is broken off
					site.Handler().ServeHTTP(w, r)
				}()
				if log.Len() == 0 || strings.Contains(log.String()+w.Body.String(), plainPart) {
					t.Errorf("DEBUG = %s, %s as %s:\n%s\n%s", debug, how, form, log.String(), w.Body)
				}
			}
		}
	}
}

// What keeps an app from getting ready is printed.
func TestSecretsInErrorsOfReady(t *testing.T) {
	_, err := blabbing(t, "BLABBER_FAILS = true")
	if err == nil || strings.Contains(err.Error(), plainPart) || !strings.Contains(err.Error(), "is not known") {
		t.Fatalf("got %v", err)
	}
	var knows interface{ HideSecrets(string) string }
	if !errors.As(err, &knows) || strings.Contains(knows.HideSecrets("x "+blabbed), plainPart) {
		t.Errorf("who prints what %v wraps can't hide its secrets", err)
	}
}

// Of two secrets that begin alike, nothing of the longer one is left.
func TestSecretsThatBeginAlike(t *testing.T) {
	silence(t)
	r := httptest.NewRequest("GET", "http://localhost/missing/?token="+planted+"-a&key="+planted+"-a-tail", nil)
	r.Header.Set("Accept", "text/plain")
	r.Header.Set("X-Note", planted+"-a-tail")
	w := httptest.NewRecorder()
	settledtest.Start(t, settledtest.Apps{"alike": func() settled.App {
		return &oneView{"/missing/", func(w http.ResponseWriter, r *http.Request) { settled.NotFound(w, r, "no "+r.Header.Get("X-Note")) }}
	}}, "DEBUG = true\nINSTALLED_APPS = [\"alike\"]\n").Handler().ServeHTTP(w, r)
	if body := w.Body.String(); w.Code != 404 || !strings.Contains(body, "no ***") || strings.Contains(body, "-tail") {
		t.Errorf("got %d %s", w.Code, body)
	}
}
