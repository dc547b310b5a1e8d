package csrf_test

import (
	"fmt"
	"html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"github.com/settled-go/settled/middleware/csrf"
)

var page = template.Must(template.New("").Parse(`<form method="post">{{.CSRF}}<input name="text"></form>`))

// write shows the form, and takes it.
func write(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		fmt.Fprintf(w, "You wrote: %s", r.PostFormValue("text"))
		return
	}
	page.Execute(w, map[string]any{"CSRF": csrf.Field(r)})
}

// A form has the token in a hidden field. Without it, the request is refused.
func Example() {
	protect, err := csrf.New(csrf.Defaults())
	if err != nil {
		panic(err)
	}
	site := httptest.NewServer(protect(http.HandlerFunc(write)))
	defer site.Close()

	answer, err := http.Get(site.URL)
	if err != nil {
		panic(err)
	}
	html, _ := io.ReadAll(answer.Body)
	answer.Body.Close()
	_, token, _ := strings.Cut(string(html), `value="`)
	token, _, _ = strings.Cut(token, `"`)

	for _, form := range []url.Values{{"text": {"hello"}, "csrfmiddlewaretoken": {token}}, {"text": {"hello"}}} {
		r, _ := http.NewRequest("POST", site.URL, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(answer.Cookies()[0])
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			panic(err)
		}
		text, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		fmt.Println(answer.StatusCode, strings.TrimSpace(string(text)))
	}
	// Output:
	// 200 You wrote: hello
	// 403 CSRF verification failed. Request aborted.
}
