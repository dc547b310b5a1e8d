package csrf_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/settled-go/settled/middleware/csrf"
)

// fromDjango are cookies of Django 3.2 with a token of the same secret, recorded from
// its get_token.
var fromDjango = [][2]string{
	{"qBCgbzAY84Wq3OxT1VHzNEsD9Xq0QMlPbqvvSXaMbnhoQnuodVb5keLM9t78iKVF",
		"y1xFOsMxewnpeckwSsThfM71RfqaYeqGjQqUvQmlhPIn1Lh14snNMmqaRL7iqc0w"},
	{"CXDCvdfnUfx6syvi9VI3H1vGLc6uCN3m1oFJHiaDUFj1cBn1P0G2mD6pk5nRwqfJ",
		"0hvhSkFQUHWJlZYoWkscDZAWFYZIhWDspIxo4pA6U7IE52Q7CpqbiBbFeRg5bzPP"},
	{"E8rZ7Hjz3CCqaMdnEmWFqhNlAC82BmHPslmGRi0tk8lrlqtG71rVvcx57ZMCUssw",
		"Pg1XxdguzZBDE8k5iKw8LT82vP9OYyU8DtWEhOXoQvkEPMAoLp1oQOSM2cNohEFP"},
}

// Tokens that Django has made are taken here.
func TestTokensOfDjango(t *testing.T) {
	for _, pair := range fromDjango {
		for _, cookie := range []string{pair[0], unmask(pair[0])} {
			r := post("application/x-www-form-urlencoded", strings.NewReader("csrfmiddlewaretoken="+pair[1]))
			r.Header.Set("Cookie", "csrftoken="+cookie)
			if w := send(t, r, func(http.ResponseWriter, *http.Request) {}); w.Code != http.StatusOK {
				t.Errorf("cookie %s, token %s: %s", cookie, pair[1], w.Body)
			}
		}
	}
}

// judge is Django's comparison of the cookie and the token on each line.
const judge = `
import sys
from django.middleware.csrf import _sanitize_token, _compare_masked_tokens, _mask_cipher_secret, _get_new_csrf_string
for line in sys.stdin:
    cookie, token = line.split()
    print(_compare_masked_tokens(_sanitize_token(token), _sanitize_token(cookie)))
secret = _get_new_csrf_string()
print(_mask_cipher_secret(secret), _mask_cipher_secret(secret))
`

// Django takes the tokens of a page of ours, and the other way round.
func TestTokensForDjango(t *testing.T) {
	if testing.Short() {
		t.Skip("starts python3")
	}
	const python = "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import django.middleware.csrf").Run(); err != nil {
		if os.Getenv("SETTLEDTEST_DJANGO") == "required" {
			t.Fatal("python3-django is required: ", err)
		}
		t.Skip("no python3-django: ", err)
	}
	var lines strings.Builder
	for range 50 {
		w := send(t, httptest.NewRequest("GET", "/", nil), func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(csrf.Token(r))) })
		lines.WriteString(w.Result().Cookies()[0].Value + " " + w.Body.String() + "\n")
	}
	lines.WriteString(secret + " " + another + "\n")
	cmd := exec.Command(python, "-c", judge)
	cmd.Stdin = strings.NewReader(lines.String())
	out, err := cmd.CombinedOutput()
	rest, ok := strings.CutPrefix(string(out), strings.Repeat("True\n", 50)+"False\n")
	cookie, token, two := strings.Cut(strings.TrimSpace(rest), " ")
	if err != nil || !ok || !two {
		t.Fatalf("%v\n%s", err, out)
	}
	r := post("", http.NoBody)
	r.Header.Set("Cookie", "csrftoken="+cookie)
	r.Header.Set("X-CSRFToken", token)
	if w := send(t, r, func(http.ResponseWriter, *http.Request) {}); w.Code != http.StatusOK {
		t.Error(w.Body)
	}
}
