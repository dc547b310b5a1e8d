package middleware_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled/middleware"
)

// link marks a response on its way out, as a link that decorates does.
func link(name string, f middleware.Func) middleware.Link {
	return middleware.Link{Name: name, New: func() (middleware.Func, error) { return f, nil }}
}

func marker(name string, trace *[]string) middleware.Link {
	return link(name, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			*trace = append(*trace, name+">")
			next.ServeHTTP(w, r)
			*trace = append(*trace, "<"+name)
		})
	})
}

// answer500 is a PanicHandler that notes what it was told.
func answer500(log *[]string) middleware.PanicHandler {
	return func(w http.ResponseWriter, r *http.Request, value any, stack []byte, committed bool) {
		*log = append(*log, fmt.Sprintf("%v committed=%v stack=%v", value, committed, strings.Contains(string(stack), "chain_test.go")))
		if !committed {
			http.Error(w, "sorry", http.StatusInternalServerError)
		}
	}
}

func handler(f http.HandlerFunc) http.Handler { return f }

func TestChainOrder(t *testing.T) {
	var built, trace []string
	var chain middleware.Chain
	for _, name := range []string{"a", "b", "c"} {
		l := marker(name, &trace)
		inner := l.New
		l.New = func() (middleware.Func, error) {
			built = append(built, name)
			return inner()
		}
		chain = append(chain, l)
	}
	if got, want := chain.String(), "a -> b -> c -> handler"; got != want {
		t.Errorf("the chain prints as %q, want %q", got, want)
	}
	h, err := chain.Wrap(handler(func(http.ResponseWriter, *http.Request) { trace = append(trace, "handler") }), nil)
	if err != nil {
		t.Fatal(err)
	}
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	if got, want := strings.Join(built, " "), "c b a"; got != want {
		t.Errorf("built %q, want %q: innermost first, once", got, want)
	}
	once := "a> b> c> handler <c <b <a"
	if got, want := strings.Join(trace, " "), once+" "+once; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEmptyChain(t *testing.T) {
	h, err := middleware.Chain(nil).Wrap(handler(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok") }), nil)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Body.String() != "ok" || middleware.Chain(nil).String() != "handler" {
		t.Errorf("got %q", w.Body)
	}
}

func TestWrapNamesTheBrokenLink(t *testing.T) {
	for _, tt := range []struct {
		name string
		link middleware.Link
		want string
	}{
		{"fails", middleware.Link{Name: "x.Y", New: func() (middleware.Func, error) { return nil, errors.New("no disk") }},
			"middleware x.Y: no disk"},
		{"nil middleware", link("x.Y", nil), "middleware x.Y: New returned a nil middleware"},
		{"nil handler", link("x.Y", func(http.Handler) http.Handler { return nil }), "middleware x.Y returned a nil handler"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var trace []string
			_, err := middleware.Chain{marker("a", &trace), tt.link}.Wrap(http.NotFoundHandler(), nil)
			if err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// Wherever a panic happens, the links outside see an ordinary 500.
func TestPanicBelowALink(t *testing.T) {
	boom := func(http.ResponseWriter, *http.Request) { panic("boom") }
	onTheWayIn := link("in", func(http.Handler) http.Handler { return handler(boom) })
	onTheWayOut := link("out", func(next http.Handler) http.Handler {
		return handler(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(middleware.NewRecorder(httptest.NewRecorder()), r)
			panic("boom")
		})
	})
	for _, tt := range []struct {
		name  string
		inner middleware.Chain
		h     http.HandlerFunc
	}{
		{"handler", nil, boom},
		{"a status that is none", nil, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(1000) }},
		{"link, request", middleware.Chain{onTheWayIn}, boom},
		{"link, response", middleware.Chain{onTheWayOut}, func(http.ResponseWriter, *http.Request) {}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var log []string
			status := 0
			outer := link("outer", func(next http.Handler) http.Handler {
				return handler(func(w http.ResponseWriter, r *http.Request) {
					w.Header().Set("X-Request-Id", "1")
					rec := middleware.NewRecorder(w)
					next.ServeHTTP(rec, r)
					status = rec.Status()
				})
			})
			h, err := append(middleware.Chain{outer}, tt.inner...).Wrap(tt.h, answer500(&log))
			if err != nil {
				t.Fatal(err)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
			if status != 500 || w.Code != 500 || w.Header().Get("X-Request-Id") != "1" {
				t.Errorf("outside: %d, client: %d %v, want an ordinary 500", status, w.Code, w.Header())
			}
			if len(log) != 1 || !strings.HasSuffix(log[0], " committed=false stack=true") {
				t.Errorf("logged %q, want one panic with its stack", log)
			}
		})
	}
}

func TestPanicDropsHeadersOfTheResponseThatIsNotSent(t *testing.T) {
	var log []string
	h, err := middleware.Chain{}.Wrap(handler(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Set-Cookie", "half=done")
		w.Header().Set("X-Kept", "yes")
		panic("boom")
	}), answer500(&log))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	defer server.Close()
	resp, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || string(body) != "sorry\n" || resp.StatusCode != 500 {
		t.Errorf("got %d %q, %v", resp.StatusCode, body, err)
	}
	for _, gone := range []string{"Content-Encoding", "Set-Cookie"} {
		if v := resp.Header.Get(gone); v != "" {
			t.Errorf("%s: %s was left", gone, v)
		}
	}
	if resp.Header.Get("X-Kept") != "yes" {
		t.Error("X-Kept is gone")
	}
}

// Once a response has begun, its client must see that it broke off.
func TestPanicAfterTheResponseBegan(t *testing.T) {
	for name, begin := range map[string]func(w http.ResponseWriter){
		"write": func(w http.ResponseWriter) { io.WriteString(w, "half"); http.NewResponseController(w).Flush() },
		"flush": func(w http.ResponseWriter) { w.(http.Flusher).Flush() },
		"read from": func(w http.ResponseWriter) {
			w.(io.ReaderFrom).ReadFrom(strings.NewReader("half"))
			http.NewResponseController(w).Flush()
		},
	} {
		t.Run(name, func(t *testing.T) {
			var log []string
			var trace []string
			chain := middleware.Chain{marker("a", &trace)}
			h, err := chain.Wrap(handler(func(w http.ResponseWriter, _ *http.Request) {
				begin(w)
				panic("boom")
			}), answer500(&log))
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(h)
			defer server.Close()
			resp, err := http.Get(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if _, err := io.ReadAll(resp.Body); err == nil {
				t.Error("the broken response looked complete")
			}
			server.Close()
			if len(log) != 1 || log[0] != "boom committed=true stack=true" {
				t.Errorf("logged %q, want it once", log)
			}
		})
	}
}

func TestErrAbortHandlerStillAborts(t *testing.T) {
	for name, value := range map[string]any{
		"itself":  http.ErrAbortHandler,
		"wrapped": fmt.Errorf("giving up: %w", http.ErrAbortHandler),
	} {
		t.Run(name, func(t *testing.T) {
			var log, trace []string
			h, err := middleware.Chain{marker("a", &trace)}.Wrap(handler(func(http.ResponseWriter, *http.Request) {
				panic(value)
			}), answer500(&log))
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(h)
			defer server.Close()
			if resp, err := http.Get(server.URL); err == nil {
				resp.Body.Close()
				t.Errorf("got %s, want an aborted connection", resp.Status)
			}
			if len(log) != 0 {
				t.Errorf("logged %q, want nothing", log)
			}
		})
	}
}

func TestKindString(t *testing.T) {
	for _, tt := range []struct {
		kind middleware.Kind
		want string
	}{
		{0, ""},
		{middleware.CORS, "CORS"},
		{middleware.CORS | middleware.Answers | middleware.Conditional, "CORS, answers, conditional"},
		{middleware.HTTPS | middleware.LogsIn | middleware.Caches | middleware.Varies, "HTTPS, logs in, caches, varies"},
	} {
		if got := tt.kind.String(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
