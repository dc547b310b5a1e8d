package settled_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/settledtest"
)

// Whatever Reverse returns comes back to the route with the same values.
func FuzzReverse(f *testing.F) {
	for _, seed := range []string{"5", "a/b", "..", "", "a//b", "ü %2F?#", "\x00\xff", ";,=&", "a/./b/", "{id}", "*", ":", "/"} {
		f.Add(seed, seed)
	}
	var got []string
	echo := func(names ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			got = []string{r.Pattern}
			for _, name := range names {
				got = append(got, r.PathValue(name))
			}
		}
	}
	app := routed{routes: []settled.Route{
		settled.Path("GET /one/{a}", echo("a"), "one"),
		settled.Path("GET /two/{a}/to/{b}/{$}", echo("a", "b"), "two"),
		settled.Path("GET /x y/{a}/end/{b...}", echo("a", "b"), "rest"),
		settled.Path("POST /{a}/sub/{b}/{$}", echo("a", "b"), "first"),
	}}
	site := settledtest.Start(f, settledtest.Apps{"a": func() settled.App { return app }},
		"DEBUG = true\nINSTALLED_APPS = [\"a\"]\n[URLS]\n\"/m%20x/\" = \"a\"\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, tt := range []struct {
			name, pattern string
			args          []any
		}{
			{"a:one", "GET /m%20x/one/{a}", args(a)},
			{"a:two", "GET /m%20x/two/{a}/to/{b}/{$}", args(a, b)},
			{"a:rest", "GET /m%20x/x y/{a}/end/{b...}", args(a, b)},
			{"a:first", "POST /m%20x/{a}/sub/{b}/{$}", args(a, b)},
		} {
			path, err := site.Reverse(tt.name, tt.args...)
			if err != nil {
				continue
			}
			method, _, _ := strings.Cut(tt.pattern, " ")
			r, err := http.NewRequest(method, "http://localhost"+path, nil)
			if err != nil {
				t.Fatalf("%s %q: %v", tt.name, path, err)
			}
			got = nil
			w := httptest.NewRecorder()
			site.Handler().ServeHTTP(w, r)
			want := fmt.Sprint(append([]string{tt.pattern}, stringsOf(tt.args)...))
			if fmt.Sprint(got) != want {
				t.Errorf("Reverse(%q, %q) = %q, which is served by %q, status %d", tt.name, tt.args, path, got, w.Code)
			}
		}
	})
}

func stringsOf(values []any) []string {
	var texts []string
	for _, v := range values {
		texts = append(texts, v.(string))
	}
	return texts
}

func BenchmarkReverse(b *testing.B) {
	site := pollsSite(b, "[URLS]\n\"/polls/\" = \"polls\"\n")
	for _, bb := range []struct {
		name string
		args []any
	}{{"polls:index", nil}, {"polls:detail", args(54321)}, {"polls:choice", args(54321, "yes")}, {"polls:detail", args("a b")}} {
		b.Run(fmt.Sprint(bb.name, len(bb.args)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := site.Reverse(bb.name, bb.args...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
