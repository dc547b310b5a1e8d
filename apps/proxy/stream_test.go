package proxy_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/textproto"
	"slices"
	"strings"
	"testing"
)

// withFronts runs a test for a site that is spoken to in HTTP/1.1 and in HTTP/2. All
// stock layers that stand in each chain are before the proxy.
func withFronts(t *testing.T, up http.HandlerFunc, test func(t *testing.T, url string, c *http.Client)) {
	for _, version := range []string{"HTTP/1.1", "HTTP/2"} {
		t.Run(version, func(t *testing.T) {
			const chain = "INSTALLED_APPS = [\"corsheaders\", \"proxy\"]\nMIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\", " +
				"\"django.middleware.clickjacking.XFrameOptionsMiddleware\"]\nCORS_ALLOWED_ORIGINS = [\"https://app.example.com\"]\n"
			s := httptest.NewUnstartedServer(site(t, chain+route("/", behind(t, up).URL)))
			s.EnableHTTP2 = version == "HTTP/2"
			s.StartTLS()
			t.Cleanup(s.Close)
			c := s.Client()
			c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			test(t, s.URL, c)
		})
	}
}

func request(t *testing.T, method, url string, body io.Reader) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// send fails the test when there is no response.
func send(t *testing.T, c *http.Client, r *http.Request) *http.Response {
	t.Helper()
	res, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

func read(t *testing.T, r io.Reader) string {
	t.Helper()
	all, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// A response passes as it is: status, headers, several cookies, body.
func TestResponse(t *testing.T) {
	withFronts(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Set-Cookie"] = []string{"a=1", "b=2"}
		w.Header().Set("X-Frame-Options", "SAMEORIGIN")
		w.Header()["Vary"] = []string{"Cookie, Origin", "cookie"}
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.WriteHeader(http.StatusTeapot)
		fmt.Fprint(w, "short and stout")
	}, func(t *testing.T, url string, c *http.Client) {
		res := send(t, c, request(t, "GET", url, nil))
		if body := read(t, res.Body); res.StatusCode != 418 || body != "short and stout" || res.ContentLength != int64(len(body)) {
			t.Errorf("got %d %q", res.StatusCode, body)
		}
		for name, want := range map[string][]string{
			"Set-Cookie": {"a=1", "b=2"}, "X-Frame-Options": {"SAMEORIGIN"}, "Vary": {"Cookie, Origin, cookie"}, "Access-Control-Allow-Origin": nil,
		} {
			if name == "Vary" {
				want = nil
				if got := strings.ToLower(strings.Join(res.Header["Vary"], ", ")); strings.Count(got, "cookie") != 1 || strings.Count(got, "origin") != 1 {
					t.Errorf("Vary is %q", got)
				}
				continue
			}
			if got := res.Header[name]; !slices.Equal(got, want) {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
	})
}

func TestNoBody(t *testing.T) {
	withFronts(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"a"`)
		switch r.URL.Path {
		case "/204":
			w.WriteHeader(204)
		case "/304":
			w.WriteHeader(304)
		default:
			w.Header().Set("Content-Length", "1000")
			w.WriteHeader(200)
		}
	}, func(t *testing.T, url string, c *http.Client) {
		for path, status := range map[string]int{"/204": 204, "/304": 304} {
			if res := send(t, c, request(t, "GET", url+path, nil)); res.StatusCode != status || read(t, res.Body) != "" || res.Header.Get("ETag") == "" {
				t.Errorf("%s: %d, %v", path, res.StatusCode, res.Header)
			}
		}
		res := send(t, c, request(t, "HEAD", url, nil))
		if res.StatusCode != 200 || res.ContentLength != 1000 || read(t, res.Body) != "" {
			t.Errorf("HEAD: %d, length %d", res.StatusCode, res.ContentLength)
		}
	})
}

// Bodies go through as they come, both ways at once.
func TestStreams(t *testing.T) {
	withFronts(t, func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).EnableFullDuplex()
		if r.URL.Path == "/events" {
			w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
			w.Header().Set("Content-Length", "1000000")
		}
		in := bufio.NewReader(r.Body)
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				if r.URL.Path == "/events" {
					panic(http.ErrAbortHandler)
				}
				return
			}
			fmt.Fprintf(w, "data: %s", line)
			_ = http.NewResponseController(w).Flush()
		}
	}, func(t *testing.T, url string, c *http.Client) {
		for _, path := range []string{"/events", "/unknown-length"} {
			in, out := io.Pipe()
			go fmt.Fprintln(out, "first")
			res := send(t, c, request(t, "POST", url+path, in))
			got := bufio.NewReader(res.Body)
			for _, say := range []string{"", "second", "third"} {
				if say != "" {
					fmt.Fprintln(out, say)
				} else {
					say = "first"
				}
				if line, err := got.ReadString('\n'); line != "data: "+say+"\n" {
					t.Fatalf("%s: %q, %v", path, line, err)
				}
			}
			out.Close()
			if _, err := io.ReadAll(got); (err != nil) != (path == "/events") {
				t.Errorf("%s ends with %v", path, err)
			}
		}
	})
}

// A response that breaks off behind breaks off for the client too.
func TestBrokenResponse(t *testing.T) {
	withFronts(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/known" {
			w.Header().Set("Content-Length", "100")
		}
		fmt.Fprint(w, "the beginning")
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}, func(t *testing.T, url string, c *http.Client) {
		for _, path := range []string{"/known", "/unknown"} {
			res, err := c.Do(request(t, "GET", url+path, nil))
			if err != nil {
				continue // it broke before the header was read
			}
			body, err := io.ReadAll(res.Body)
			res.Body.Close()
			if err == nil {
				t.Errorf("%s: a whole response %q", path, body)
			}
		}
	})
}

// Who does not wait any more ends the request behind.
func TestClientGone(t *testing.T) {
	ended := make(chan error, 1)
	withFronts(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/begun" {
			_ = http.NewResponseController(w).Flush()
		}
		<-r.Context().Done()
		ended <- r.Context().Err()
	}, func(t *testing.T, url string, c *http.Client) {
		for _, path := range []string{"/silent", "/begun"} {
			ctx, cancel := context.WithCancel(t.Context())
			r := request(t, "GET", url+path, nil).WithContext(ctx)
			if path == "/silent" {
				trace := &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { cancel() }}
				if _, err := c.Do(r.WithContext(httptrace.WithClientTrace(ctx, trace))); !errors.Is(err, context.Canceled) {
					t.Errorf("%s: %v", path, err)
				}
				// The request may not have got there.
				select {
				case <-ended:
				case <-t.Context().Done():
				default:
				}
				continue
			}
			send(t, c, r)
			cancel()
			<-ended
		}
	})
}

// Trailers, announced and not, in both directions.
func TestTrailers(t *testing.T) {
	withFronts(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-Announced")
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s", body, r.Trailer.Get("X-Sum"))
		w.Header().Set("X-Announced", "a")
		w.Header().Set(http.TrailerPrefix+"X-Unannounced", "b")
	}, func(t *testing.T, url string, c *http.Client) {
		r := request(t, "POST", url, io.MultiReader(strings.NewReader("body")))
		r.Trailer = http.Header{"X-Sum": {"42"}}
		r.Header.Set("Te", "trailers")
		res := send(t, c, r)
		if body := read(t, res.Body); body != "body 42" {
			t.Errorf("the server got %q", body)
		}
		if res.Trailer.Get("X-Announced") != "a" || res.Trailer.Get("X-Unannounced") != "b" || res.Header.Get("X-Announced") != "" {
			t.Errorf("got %v, and the headers %v", res.Trailer, res.Header)
		}
	})
}

// A trailer is no way round what is taken out of headers: some servers merge them.
func TestTrailersThatClaim(t *testing.T) {
	up := behind(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		fmt.Fprintf(w, "%d %s", len(r.Trailer), r.Trailer.Get("X-Sum"))
	})
	site := front(t, route("/", up.URL, `request_headers = { X-User = "" }`))
	for _, name := range []string{"X-Forwarded-For", "X-Real-Ip", "X-User", "X_user", "Remote_user", "Via"} {
		r := request(t, "POST", site.URL, io.MultiReader(strings.NewReader("body")))
		r.Trailer = http.Header{name: {"root"}, "X-Sum": {"42"}}
		if body := read(t, send(t, http.DefaultClient, r).Body); body != "1 42" {
			t.Errorf("%s: the server got the trailers %q", name, body)
		}
	}
}

// Informational responses come before the response, with headers of their own, and
// take none of those away that layers have set.
func TestInformationalResponses(t *testing.T) {
	withFronts(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Link", "</a.css>; rel=preload")
		w.WriteHeader(http.StatusEarlyHints)
		w.Header().Set("Link", "</b.js>; rel=preload")
		w.WriteHeader(http.StatusEarlyHints)
		w.Header().Del("Link")
		fmt.Fprint(w, "done")
	}, func(t *testing.T, url string, c *http.Client) {
		var hints []string
		r := request(t, "GET", url, nil)
		r.Header.Set("Origin", "https://app.example.com")
		r = r.WithContext(httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{
			Got1xxResponse: func(code int, h textproto.MIMEHeader) error {
				hints = append(hints, fmt.Sprint(code, h["Link"]))
				return nil
			},
		}))
		res := send(t, c, r)
		if want := []string{"103 [</a.css>; rel=preload]", "103 [</b.js>; rel=preload]"}; !slices.Equal(hints, want) {
			t.Errorf("hints %q, want %q", hints, want)
		}
		if res.Header.Get("Link") != "" || read(t, res.Body) != "done" || len(res.Header["Access-Control-Allow-Origin"]) != 1 || res.Header.Get("X-Frame-Options") != "DENY" {
			t.Errorf("the response has %v", res.Header)
		}
	})
}

// A client that asks first sends its body only if the server behind wants it.
func TestExpectContinue(t *testing.T) {
	up := behind(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/no" {
			w.WriteHeader(http.StatusExpectationFailed)
			return
		}
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "got %s", body)
	})
	url := front(t, route("/", up.URL)).URL
	c := &http.Client{Transport: &http.Transport{ExpectContinueTimeout: 1 << 40}}
	for path, want := range map[string]string{"/yes": "200 got body true", "/no": "417  false"} {
		asked := &watched{Reader: strings.NewReader("body")}
		r := request(t, "POST", url+path, asked)
		r.ContentLength = 4
		r.Header.Set("Expect", "100-continue")
		res := send(t, c, r)
		if got := fmt.Sprint(res.StatusCode, " ", read(t, res.Body), " ", asked.read); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

type watched struct {
	io.Reader
	read bool
}

func (w *watched) Read(p []byte) (int, error) {
	w.read = true
	return w.Reader.Read(p)
}

// No User-Agent and no Accept-Encoding are invented, and a body is not unpacked.
func TestNothingIsInvented(t *testing.T) {
	up := behind(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		fmt.Fprintf(w, "%v %v %d", r.Header["User-Agent"], r.Header["Accept-Encoding"], r.ContentLength)
	})
	if _, body := ask(t, front(t, route("/", up.URL)).URL, "POST /", "Content-Length: 0"); body != "[] [] 0" {
		t.Errorf("the server sees %s", body)
	}
}
