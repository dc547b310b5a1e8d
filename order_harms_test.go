package settled_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/settled-go/settled/middleware"
)

// harms are all of them. Django's are from its page "Middleware ordering".
var harms = append([]harm{
	{name: "a compressed body is changed", right: "gzip minify", wrong: "minify gzip", id: "middleware.W001",
		covers: []kindPair{{middleware.Compresses, middleware.ChangesBody}},
		ask: func(h http.Handler) string {
			w := get(h, "/long", "Accept-Encoding", "gzip")
			z, err := gzip.NewReader(w.Body)
			if err == nil {
				_, err = io.ReadAll(z)
			}
			return unless(err == nil, "what came can't be decompressed: ", err)
		}},
	{name: "an ETag of compressed bytes", right: "gzip etags", wrong: "etags gzip", id: "middleware.W001",
		covers: []kindPair{{middleware.Compresses, middleware.Conditional}},
		ask: func(h http.Handler) string {
			tag := get(h, "/long", "Accept-Encoding", "gzip").Header().Get("ETag")
			again := get(h, "/long", "Accept-Encoding", "gzip", "If-None-Match", tag)
			return unless(again.Code == http.StatusNotModified, "nothing has changed, and the answer is ", again.Code)
		}},
	{name: "an ETag of another body", right: "etags minify", wrong: "minify etags", id: "middleware.W001",
		covers: []kindPair{{middleware.Conditional, middleware.ChangesBody}},
		ask: func(h http.Handler) string {
			tag := get(h, "/long", "X-Version", "1").Header().Get("ETag")
			again := get(h, "/long", "X-Version", "2", "If-None-Match", tag)
			return unless(again.Code == http.StatusOK, "the body has changed, and the answer is ", again.Code)
		}},
	{name: "a length of another body", right: "common minify", wrong: "minify common", id: "middleware.W001",
		covers: []kindPair{{middleware.SetsLength, middleware.ChangesBody}},
		ask: func(h http.Handler) string {
			w := get(h, "/long")
			length := w.Header().Get("Content-Length")
			return unless(length == "" || length == fmt.Sprint(w.Body.Len()), "a body of ", w.Body.Len(), " bytes says that it has ", length)
		}},
	{name: "the page of another visitor", right: "store session", wrong: "session store", id: "middleware.W001",
		covers: []kindPair{{middleware.Caches, middleware.Varies}},
		ask: func(h http.Handler) string {
			get(h, "/who", "Cookie", "anna")
			got := get(h, "/who", "Cookie", "bert").Body.String()
			return unless(got == "hello bert", "bert gets ", got)
		}},
	{name: "a page in another language", right: "update locale fetch", wrong: "update fetch locale", id: "middleware.W001",
		covers: []kindPair{{middleware.Varies, middleware.FromCache}},
		ask: func(h http.Handler) string {
			get(h, "/language", "Accept-Language", "en")
			got := get(h, "/language", "Accept-Language", "de").Body.String()
			return unless(got == "in de", "who asks for de gets a page ", got)
		}},
	{name: "a token from before the login", right: "csrf remote", wrong: "remote csrf", id: "middleware.W001",
		covers: []kindPair{{middleware.CSRF, middleware.LogsIn}},
		ask: func(h http.Handler) string {
			const before = "abcdefghijklmnopqrstuvwxyz012345"
			w := get(h, "/token", "Remote-User", "anna", "Cookie", "csrftoken="+before)
			return unless(!strings.Contains(w.Header().Get("Set-Cookie"), before), "the cookie stays as it was: ", w.Header())
		}},
	{name: "a redirect to a host that nobody has checked", right: "hosts www", wrong: "www hosts", id: "middleware.W001",
		covers: []kindPair{{middleware.HostCheck, middleware.Redirects}},
		ask: func(h http.Handler) string {
			w := get(h, "/", "Host", "evil.com")
			return unless(w.Code == http.StatusBadRequest, "a stranger's host is answered ", w.Code, w.Header())
		}},
	{name: "files are compressed each time", right: "files gzip", wrong: "gzip files", id: "middleware.W001",
		covers: []kindPair{{middleware.Static, middleware.Compresses}},
		ask: func(h http.Handler) string {
			w := get(h, "/static/site.css", "Accept-Encoding", "gzip")
			return unless(w.Header().Get("Content-Encoding") == "", "the file was compressed for this request")
		}},
	{name: "long downloads are cut off", right: "files hurry", wrong: "hurry files", id: "middleware.W001",
		covers: []kindPair{{middleware.Static, middleware.Timeout}},
		ask:    func(h http.Handler) string { return wantStatus(get(h, "/static/film").Code, 200) }},
	{name: "files are kept many times", right: "files locale", wrong: "locale files", id: "middleware.W001",
		covers: []kindPair{{middleware.Static, middleware.Varies}},
		ask: func(h http.Handler) string {
			vary := get(h, "/static/site.css").Header().Get("Vary")
			return unless(vary == "", "the file is said to depend on ", vary)
		}},
	{name: "log lines without ids", right: "ids log", wrong: "log ids", id: "middleware.W001",
		covers: []kindPair{{middleware.Identifies, middleware.Logs}},
		ask:    func(h http.Handler) string { return wantLine(h, "/", "7 ", "X-Id", "7") }},
	{name: "log lines with the proxy", right: "client log", wrong: "log client", id: "middleware.W001",
		covers: []kindPair{{middleware.FindsClient, middleware.Logs}},
		ask:    func(h http.Handler) string { return wantLine(h, "/", " 10.0.0.7 ", "X-Forwarded-For", "10.0.0.7") }},
	{name: "clients share a limit", right: "client limit", wrong: "limit client", id: "middleware.W001",
		covers: []kindPair{{middleware.FindsClient, middleware.RateLimit}},
		ask: func(h http.Handler) string {
			get(h, "/", "X-Forwarded-For", "10.0.0.7")
			return wantStatus(get(h, "/", "X-Forwarded-For", "10.0.0.8").Code, 200)
		}},
	{name: "the proxy is let in for everyone", right: "client intranet", wrong: "intranet client", id: "middleware.W001",
		covers: []kindPair{{middleware.FindsClient, middleware.Authenticates}},
		ask:    func(h http.Handler) string { return wantStatus(get(h, "/", "X-Forwarded-For", "10.0.0.7").Code, 200) }},
	{name: "a log of what nobody got", right: "log hurry", wrong: "hurry log", id: "middleware.W001",
		covers: []kindPair{{middleware.Logs, middleware.Timeout}},
		ask:    func(h http.Handler) string { return wantLine(h, "/slow", " 503") }},
	{name: "refused requests are in no log", right: "log login", wrong: "login log", id: "middleware.W001",
		covers: []kindPair{{middleware.Logs, middleware.Answers}},
		ask:    func(h http.Handler) string { return wantLine(h, "/", " 401") }},
	{name: "redirects are in no log", right: "log www", wrong: "www log", id: "middleware.W001",
		covers: []kindPair{{middleware.Logs, middleware.Redirects}},
		ask:    func(h http.Handler) string { return wantLine(h, "/", " 301") }},
	{name: "a page that anyone may frame", right: "frames flatpages", wrong: "flatpages frames", id: "middleware.W001",
		covers: []kindPair{{middleware.Answers, middleware.LastResort}},
		ask: func(h http.Handler) string {
			w := get(h, "/nowhere")
			return unless(w.Header().Get("X-Frame-Options") == "DENY", "the page has no X-Frame-Options: ", w.Header())
		}},
	{name: "a user taken for a stranger", right: "session auth", wrong: "auth session", id: "middleware.E006",
		ask: func(h http.Handler) string { return wantStatus(get(h, "/who", "Cookie", "anna").Code, 200) }},
	{name: "a script without its nonce", right: "policy scripts", wrong: "scripts policy", id: "middleware.E006",
		ask: func(h http.Handler) string {
			got := get(h, "/").Body.String()
			return unless(strings.Contains(got, "nonce=abc"), "the policy refuses the script ", got)
		}},
}, append(inTheClear(), crossOrigin()...)...)

// inTheClear are requests that should have been sent to HTTPS before anything else.
func inTheClear() (all []harm) {
	for inner, kind := range map[string]middleware.Kind{"www": middleware.Redirects, "files": middleware.Static, "login": middleware.Authenticates, "forgery": middleware.CSRF, "remote": middleware.LogsIn} {
		all = append(all, harm{name: "in the clear: " + inner, right: "secure " + inner, wrong: inner + " secure", id: "middleware.W001",
			covers: []kindPair{{middleware.HTTPS, kind}},
			ask: func(h http.Handler) string {
				method, path := "GET", "/static/site.css"
				if inner == "forgery" {
					method = "POST"
				}
				w := send(h, method, path, "Remote-User", "anna")
				return unless(strings.HasPrefix(w.Header().Get("Location"), "https://") && w.Header().Get("X-Logged-In") == "", "it is answered ", w.Code, w.Header())
			}})
	}
	return all
}

// crossOrigin are answers that no script of another origin may read, since they were given
// above the CORS middleware.
func crossOrigin() (all []harm) {
	for outer, request := range map[string][]string{
		"www": {"OPTIONS", "/"}, "login": {"OPTIONS", "/"}, "forgery": {"POST", "/"}, "hosts": {"GET", "/", "Host", "evil.org"},
		"limit": {"OPTIONS", "/"}, "hurry": {"GET", "/slow"}, "files": {"GET", "/static/site.css"}, "pages": {"GET", "/closed"},
	} {
		all = append(all, harm{name: "no script may read it: " + outer, right: "cors " + outer, wrong: outer + " cors", id: "middleware.E001",
			ask: func(h http.Handler) string {
				header := append([]string{"Origin", "https://shop.example"}, request[2:]...)
				if request[0] == "OPTIONS" {
					header = append(header, "Access-Control-Request-Method", "PUT")
				}
				send(h, request[0], request[1], header...)
				w := send(h, request[0], request[1], header...)
				ok := w.Header().Get("Access-Control-Allow-Origin") != "" && (request[0] != "OPTIONS" || w.Code < 300)
				return unless(ok, "answered ", w.Code, " with ", w.Header())
			}})
	}
	return all
}

// unless is "" where all is well, else what goes wrong.
func unless(ok bool, what ...any) string {
	if ok {
		return ""
	}
	return fmt.Sprint(what...)
}

func wantStatus(got, want int) string { return unless(got == want, "the answer is ", got) }

// wantLine asks for a path and wants a part of a log line.
func wantLine(h http.Handler, path, want string, header ...string) string {
	takeLines()
	get(h, path, header...)
	got := takeLines()
	return unless(strings.Contains(got, want), "the log has ", fmt.Sprintf("%q", got))
}
