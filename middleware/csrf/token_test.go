package csrf_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/csrf"
)

const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// unmask is Django's _unmask_cipher_token, word for word.
type numberKey struct{}

func unmask(token string) string {
	var b strings.Builder
	for i := range 32 {
		x, y := strings.IndexByte(alphabet, token[32+i]), strings.IndexByte(alphabet, token[i])
		b.WriteByte(alphabet[(x-y+62)%62])
	}
	return b.String()
}

// A token is a mask and the secret under it, as Django makes them, another one each
// time.
func TestToken(t *testing.T) {
	if got := unmask(masked); got != secret {
		t.Fatal(got)
	}
	seen := map[string]bool{}
	letters := map[rune]bool{}
	h := func(w http.ResponseWriter, r *http.Request) {
		for range 200 {
			token := csrf.Token(r)
			if len(token) != 64 || unmask(token) != secret || seen[token] {
				t.Fatal(token)
			}
			seen[token] = true
			for _, c := range token[:32] {
				letters[c] = true
			}
		}
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Cookie", "csrftoken="+secret)
	send(t, r, h)
	if len(letters) != len(alphabet) {
		t.Errorf("masks have %d letters", len(letters))
	}
}

func TestField(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	if csrf.Token(r) != "" || csrf.Field(r) != "" {
		t.Error("there is a token without the middleware")
	}
	csrf.Rotate(r) // does nothing
	send(t, r, func(w http.ResponseWriter, r *http.Request) {
		field := string(csrf.Field(r))
		rest, ok := strings.CutPrefix(field, `<input type="hidden" name="csrfmiddlewaretoken" value="`)
		if !ok || len(rest) != 64+len(`">`) {
			t.Error(field)
		}
	})
}

// A new secret makes all tokens from before worthless, for requests to come.
func TestRotate(t *testing.T) {
	var token string
	r := post("", http.NoBody)
	r.Header.Set("X-CSRFToken", masked)
	w := send(t, r, func(w http.ResponseWriter, r *http.Request) {
		before := csrf.Token(r)
		csrf.Rotate(r)
		token = csrf.Token(r)
		if unmask(before) != secret || unmask(token) == secret {
			t.Errorf("%s, %s", before, token)
		}
	})
	cookies := w.Result().Cookies()
	if len(cookies) != 1 || cookies[0].Value != unmask(token) {
		t.Errorf("%v, %s", cookies, token)
	}
}

// Many may ask at a time, in a site and elsewhere, and all see one secret.
func TestConcurrent(t *testing.T) {
	for _, carry := range []bool{false, true} {
		r := httptest.NewRequest("GET", "/", nil)
		if carry {
			r = middleware.Carry(r, "site", 1)
		}
		w := send(t, r, func(w http.ResponseWriter, r *http.Request) {
			tokens := make([]string, 8)
			var all sync.WaitGroup
			for i := range tokens {
				all.Go(func() {
					inner := r.WithContext(context.WithValue(r.Context(), numberKey{}, i))
					tokens[i] = csrf.Token(inner)
				})
			}
			all.Wait()
			for _, token := range tokens {
				io.WriteString(w, unmask(token)+"\n")
			}
		})
		value := w.Result().Cookies()[0].Value
		if w.Body.String() != strings.Repeat(value+"\n", 8) {
			t.Errorf("%s: %s", value, w.Body)
		}
	}
}

// A token that is asked for too late is told of: its cookie can't be sent.
func TestTooLate(t *testing.T) {
	var log strings.Builder
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(before)
	w := send(t, httptest.NewRequest("GET", "/late", nil), func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "begun")
		csrf.Token(r)
	})
	if len(w.Result().Cookies()) != 0 || !strings.Contains(log.String(), "can't be sent") || !strings.Contains(log.String(), "path=/late") {
		t.Error(log.String())
	}
	log.Reset()
	send(t, httptest.NewRequest("GET", "/", nil), func(w http.ResponseWriter, r *http.Request) {
		csrf.Token(r)
		io.WriteString(w, "begun")
		csrf.Token(r)
	})
	if log.Len() > 0 {
		t.Error(log.String())
	}
}
