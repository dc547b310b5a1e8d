package csrf_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled/middleware/csrf"
)

// posted is a form with files that has the fields in order; those whose name begins
// with @ are files.
func posted(t testing.TB, fields ...[2]string) (contentType string, body []byte) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, field := range fields {
		name, isFile := strings.CutPrefix(field[0], "@")
		create := w.CreateFormField
		if isFile {
			create = func(name string) (io.Writer, error) { return w.CreateFormFile(name, "a.txt") }
		}
		part, err := create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(part, field[1])
	}
	w.Close()
	return w.FormDataContentType(), b.Bytes()
}

func post(contentType string, body io.Reader) *http.Request {
	r := httptest.NewRequest("POST", "http://example.com/", body)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Cookie", "csrftoken="+secret)
	return r
}

// send gives a request to a handler behind the middleware.
func send(t testing.TB, r *http.Request, h http.HandlerFunc) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	build(t, csrf.Defaults())(h).ServeHTTP(w, r)
	return w
}

// The handler reads what the check has read: as a form, by parts or as it is.
func TestBodyStays(t *testing.T) {
	const token = "csrfmiddlewaretoken"
	large := strings.Repeat("x", 3*csrf.MaxForm)
	kind, body := posted(t, [2]string{"a", "b"}, [2]string{token, masked}, [2]string{"@file", large}, [2]string{"c", "d"})
	send(t, post(kind, bytes.NewReader(body)), func(w http.ResponseWriter, r *http.Request) {
		got, err := io.ReadAll(r.Body)
		if err != nil || !bytes.Equal(got, body) {
			t.Errorf("%d bytes of %d, %v", len(got), len(body), err)
		}
	})
	called := 0
	for name, h := range map[string]http.HandlerFunc{
		"form": func(w http.ResponseWriter, r *http.Request) {
			called++
			f, _, err := r.FormFile("file")
			if err != nil || r.PostFormValue("c") != "d" || r.PostFormValue(token) != masked {
				t.Fatal(err, len(r.PostForm))
			}
			if got, _ := io.ReadAll(f); string(got) != large {
				t.Errorf("%d bytes", len(got))
			}
			_ = r.MultipartForm.RemoveAll()
		},
		"parts": func(w http.ResponseWriter, r *http.Request) {
			called++
			parts, err := r.MultipartReader()
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"a", token, "file", "c"} {
				if part, err := parts.NextPart(); err != nil || part.FormName() != want {
					t.Fatal(want, err)
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) { send(t, post(kind, bytes.NewReader(body)), h) })
	}
	form := "a=b&" + token + "=" + masked
	send(t, post("application/x-www-form-urlencoded", strings.NewReader(form)), func(w http.ResponseWriter, r *http.Request) {
		called++
		if r.PostFormValue("a") != "b" || r.PostForm.Get(token) != masked || r.Body.Close() != nil {
			t.Error(r.PostForm)
		}
	})
	json := post("application/json", strings.NewReader(`{"a":1}`))
	json.Header.Set("X-CSRFToken", masked)
	before := json.Body
	send(t, json, func(w http.ResponseWriter, r *http.Request) {
		called++
		if r.Body != before {
			t.Error("a body that is no form was touched")
		}
	})
	if called != 4 {
		t.Errorf("%d handlers were called", called)
	}
}

// Where the token stands in a form with files, and what is none.
func TestMultipart(t *testing.T) {
	const token = "csrfmiddlewaretoken"
	large := strings.Repeat("x", csrf.MaxForm)
	for _, tt := range []struct {
		name   string
		fields [][2]string
		want   string
	}{
		{"first", [][2]string{{token, secret}, {"@f", large}}, "ok"},
		{"behind a small file", [][2]string{{"@f", "x"}, {token, secret}}, "ok"},
		{"behind a large file", [][2]string{{"@f", large}, {token, secret}}, "CSRF token missing."},
		{"as a file", [][2]string{{"@" + token, secret}}, "CSRF token missing."},
		{"none", [][2]string{{"a", secret}}, "CSRF token missing."},
		{"empty", [][2]string{{token, ""}}, "CSRF token missing."},
		{"wrong", [][2]string{{token, another}}, "CSRF token from POST incorrect."},
		{"endless", [][2]string{{token, large}}, "CSRF token from POST has incorrect length."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			kind, body := posted(t, tt.fields...)
			w := send(t, post(kind, bytes.NewReader(body)), func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "ok") })
			if w.Body.String() != tt.want {
				t.Errorf("got %q, want %q", w.Body, tt.want)
			}
		})
	}
	for _, kind := range []string{"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "multipart/mixed; boundary=x", "a b", ""} {
		if w := send(t, post(kind, strings.NewReader("--x")), nil); w.Body.String() != "CSRF token missing." {
			t.Errorf("%s: %s", kind, w.Body)
		}
	}
}

// A right token in the header spares reading a form with files: the handler may read
// it while it comes.
func TestUploadIsNotRead(t *testing.T) {
	r := post("multipart/form-data; boundary=x", failing{t})
	r.Header.Set("X-CSRFToken", masked)
	if w := send(t, r, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "ok") }); w.Body.String() != "ok" {
		t.Error(w.Body)
	}
	// Nor is it read where there is no cookie, or the origin is another.
	for _, header := range [][2]string{{"Cookie", ""}, {"Origin", "https://evil.example"}} {
		r := post("application/x-www-form-urlencoded", failing{t})
		r.Header.Set(header[0], header[1])
		if w := send(t, r, nil); w.Code != http.StatusForbidden {
			t.Error(w.Code)
		}
	}
}

type failing struct{ t *testing.T }

func (f failing) Read([]byte) (int, error) { f.t.Error("it was read"); return 0, io.EOF }

// A form without files is bounded, whatever it says of its length.
func TestLargeForm(t *testing.T) {
	for _, length := range []int64{-1, csrf.MaxForm + 1} {
		endless := post("application/x-www-form-urlencoded", io.LimitReader(repeat('x'), 10*csrf.MaxForm))
		endless.ContentLength = length
		w := send(t, endless, nil)
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), fmt.Sprint(csrf.MaxForm)) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
	fits := strings.Repeat("x", csrf.MaxForm-len("&csrfmiddlewaretoken=")-len(secret)) + "&csrfmiddlewaretoken=" + secret
	if w := send(t, post("application/x-www-form-urlencoded", strings.NewReader(fits)), func(http.ResponseWriter, *http.Request) {}); w.Code != http.StatusOK {
		t.Error(w.Code, len(fits))
	}
}

type repeat byte

func (c repeat) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(c)
	}
	return len(b), nil
}

var errGone = errors.New("the client has gone")

// A body that breaks off has no token, and the handler that gets it by the header sees
// where it broke off.
func TestBrokenBody(t *testing.T) {
	broken := func() io.Reader { return io.MultiReader(strings.NewReader("a=b"), errorReader{}) }
	if w := send(t, post("application/x-www-form-urlencoded", broken()), nil); w.Body.String() != "CSRF token missing." {
		t.Error(w.Body)
	}
	r := post("application/x-www-form-urlencoded", broken())
	r.Header.Set("X-CSRFToken", secret)
	send(t, r, func(w http.ResponseWriter, r *http.Request) {
		if got, err := io.ReadAll(r.Body); string(got) != "a=b" || err != errGone {
			t.Errorf("got %q, %v", got, err)
		}
	})
}

type errorReader struct{}

func (errorReader) Read([]byte) (int, error) { return 0, errGone }
