package settled_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/csrf"
)

// A standIn is a small middleware of a kind, as an app may bring one.
type standIn struct {
	traits middleware.Traits
	build  func() middleware.Func
}

// standIns are by their names in MIDDLEWARE.
var standIns = map[string]standIn{
	"minify":    {middleware.Traits{Is: middleware.ChangesBody}, minify},
	"store":     {middleware.Traits{Is: middleware.Caches | middleware.Answers}, store},
	"update":    {middleware.Traits{Is: middleware.Caches}, update},
	"fetch":     {middleware.Traits{Is: middleware.FromCache | middleware.Answers}, fetch},
	"session":   {middleware.Traits{Is: middleware.Varies}, noting(visitorKey{}, "Cookie")},
	"auth":      {middleware.Traits{After: []string{"session"}}, auth},
	"locale":    {middleware.Traits{Is: middleware.Varies}, noting(languageKey{}, "Accept-Language")},
	"policy":    {middleware.Traits{}, policy},
	"scripts":   {middleware.Traits{After: []string{"policy"}}, withNonce},
	"hosts":     {middleware.Traits{Is: middleware.HostCheck | middleware.Answers}, answering(400, func(r *http.Request) bool { return !strings.HasSuffix(r.Host, "example.com") })},
	"www":       {middleware.Traits{Is: middleware.Redirects | middleware.Answers}, www},
	"login":     {middleware.Traits{Is: middleware.Authenticates | middleware.Answers}, answering(401, func(r *http.Request) bool { return r.Header.Get("Authorization") == "" })},
	"intranet":  {middleware.Traits{Is: middleware.Authenticates | middleware.Answers}, answering(403, func(r *http.Request) bool { return !strings.HasPrefix(r.RemoteAddr, "10.") })},
	"forgery":   {middleware.Traits{Is: middleware.CSRF | middleware.Answers}, answering(403, func(r *http.Request) bool { return r.Method == "POST" })},
	"pages":     {middleware.Traits{Is: middleware.Answers}, answering(503, func(r *http.Request) bool { return r.URL.Path == "/closed" })},
	"remote":    {middleware.Traits{Is: middleware.LogsIn}, remote},
	"files":     {middleware.Traits{Is: middleware.Static | middleware.Answers}, files},
	"hurry":     {middleware.Traits{Is: middleware.Timeout | middleware.Answers}, hurry},
	"ids":       {middleware.Traits{Is: middleware.Identifies}, identify},
	"client":    {middleware.Traits{Is: middleware.FindsClient}, client},
	"log":       {middleware.Traits{Is: middleware.Logs}, logLines},
	"limit":     {middleware.Traits{Is: middleware.RateLimit | middleware.Answers}, limit},
	"flatpages": {middleware.Traits{Is: middleware.LastResort | middleware.Answers}, flatpages},
}

type (
	visitorKey  struct{}
	languageKey struct{}
	idKey       struct{}
	keptKey     struct{}
	nonceKey    struct{}
	lateKey     struct{}
)

// harmed is the handler of all paths.
func harmed(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/long":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, strings.Repeat("The quick brown fox. ", 100))
	case "/who":
		fmt.Fprint(w, "hello ", r.Context().Value(visitorKey{}))
	case "/language":
		fmt.Fprint(w, "in ", r.Context().Value(languageKey{}))
	case "/token":
		io.WriteString(w, csrf.Token(r))
	case "/slow":
		tooSlow(r)
		io.WriteString(w, "at last")
	case "/nowhere":
		http.NotFound(w, r)
	default:
		io.WriteString(w, "ok")
	}
}

func wrapping(serve func(next http.Handler, w http.ResponseWriter, r *http.Request)) middleware.Func {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { serve(next, w, r) })
	}
}

// held serves a request, and holds the response back.
func held(next http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	next.ServeHTTP(w, r)
	return w
}

func release(w http.ResponseWriter, from *httptest.ResponseRecorder) {
	maps.Copy(w.Header(), from.Result().Header)
	w.WriteHeader(from.Code)
	w.Write(from.Body.Bytes())
}

// identify gives a request an id as most libraries do: only what is further in sees it.
func identify() middleware.Func {
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), idKey{}, r.Header.Get("X-Id"))))
	})
}

// noting notes a header of the request, and says so in Vary.
func noting(key any, header string) func() middleware.Func {
	return func() middleware.Func {
		return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
			w.Header().Add("Vary", header)
			next.ServeHTTP(w, middleware.Note(r, key, r.Header.Get(header)))
		})
	}
}

func answering(status int, when func(*http.Request) bool) func() middleware.Func {
	return func() middleware.Func {
		return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
			if when(r) {
				http.Error(w, http.StatusText(status), status)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// minify adds to a body, which is a change as any other.
func minify() middleware.Func {
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		response := held(next, r)
		if response.Code == http.StatusOK {
			response.Body.WriteString("<!-- " + r.Header.Get("X-Version") + " -->")
		}
		release(w, response)
	})
}

type kept struct {
	response *httptest.ResponseRecorder
	vary     string
	request  *http.Request
}

func (k kept) isFor(r *http.Request) bool {
	return k.response != nil && r.Header.Get(k.vary) == k.request.Header.Get(k.vary)
}

func store() middleware.Func {
	all := map[string]kept{}
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		k := all[r.URL.Path]
		if !k.isFor(r) {
			response := held(next, r)
			k = kept{response, response.Result().Header.Get("Vary"), r}
			all[r.URL.Path] = k
		}
		release(w, k.response)
	})
}

// cacheKey is Django's, as far as it matters: it holds the language.
func cacheKey(r *http.Request) string {
	language, ok := r.Context().Value(languageKey{}).(string)
	if !ok {
		language = "en"
	}
	return r.URL.Path + " " + language
}

func update() middleware.Func {
	all := map[string]*httptest.ResponseRecorder{}
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		r = middleware.Note(r, keptKey{}, all)
		response := held(next, r)
		all[cacheKey(r)] = response
		release(w, response)
	})
}

func fetch() middleware.Func {
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		all, _ := r.Context().Value(keptKey{}).(map[string]*httptest.ResponseRecorder)
		if response := all[cacheKey(r)]; response != nil {
			release(w, response)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func auth() middleware.Func {
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		if name, _ := r.Context().Value(visitorKey{}).(string); name == "" {
			http.Error(w, "you are nobody", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func policy() middleware.Func {
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "script-src 'nonce-abc'")
		next.ServeHTTP(w, middleware.Note(r, nonceKey{}, "abc"))
	})
}

func withNonce() middleware.Func {
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "<script nonce=%v>", r.Context().Value(nonceKey{}))
		next.ServeHTTP(w, r)
	})
}

func www() middleware.Func {
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.Host, "www.") {
			http.Redirect(w, r, "http://www."+r.Host+r.URL.Path, http.StatusMovedPermanently)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// remote logs in who comes with a name.
func remote() middleware.Func {
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Remote-User") != "" {
			csrf.Rotate(r)
			w.Header().Set("X-Logged-In", "yes")
		}
		next.ServeHTTP(w, r)
	})
}

func files() middleware.Func {
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/static/") {
			next.ServeHTTP(w, r)
			return
		}
		if r.URL.Path == "/static/film" {
			tooSlow(r)
		}
		w.Header().Set("Content-Type", "text/css")
		io.WriteString(w, strings.Repeat("a { color: red }\n", 100))
	})
}

// tooSlow has the hurry around it give up, if there is one.
func tooSlow(r *http.Request) {
	if late, ok := r.Context().Value(lateKey{}).(chan struct{}); ok {
		close(late)
		<-r.Context().Done()
	}
}

func hurry() middleware.Func {
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		late, done := make(chan struct{}), make(chan *httptest.ResponseRecorder, 1)
		ctx, cancel := context.WithCancel(context.WithValue(r.Context(), lateKey{}, late))
		defer cancel()
		go func() { done <- held(next, r.WithContext(ctx)) }()
		select {
		case response := <-done:
			release(w, response)
		case <-late:
			http.Error(w, "too slow", http.StatusServiceUnavailable)
			cancel()
			<-done
		}
	})
}

func client() middleware.Func {
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		found := r.WithContext(r.Context())
		found.RemoteAddr = r.Header.Get("X-Forwarded-For")
		next.ServeHTTP(w, found)
	})
}

// lines are what log has written.
var lines struct {
	sync.Mutex
	all []string
}

func takeLines() string {
	lines.Lock()
	defer lines.Unlock()
	all := strings.Join(lines.all, "\n")
	lines.all = nil
	return all
}

func logLines() middleware.Func {
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		recorder := middleware.NewRecorder(w)
		next.ServeHTTP(recorder, r)
		lines.Lock()
		defer lines.Unlock()
		lines.all = append(lines.all, fmt.Sprint(r.Context().Value(idKey{}), " ", r.RemoteAddr, " ", recorder.Status()))
	})
}

func limit() middleware.Func {
	count := map[string]int{}
	return answering(http.StatusTooManyRequests, func(r *http.Request) bool {
		count[r.RemoteAddr]++
		return count[r.RemoteAddr] > 1
	})()
}

func flatpages() middleware.Func {
	return wrapping(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		response := held(next, r)
		if response.Code != http.StatusNotFound {
			release(w, response)
			return
		}
		io.WriteString(w, "a page of the database")
	})
}
