package csp_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/csp"
)

const (
	enforced   = "Content-Security-Policy"
	reportOnly = "Content-Security-Policy-Report-Only"
)

// serve answers as h does behind the middleware, in a site (where layers note things
// in the context that is there) and elsewhere.
func serve(t *testing.T, s csp.Settings, h http.HandlerFunc) []http.Header {
	t.Helper()
	f, err := csp.New(s)
	if err != nil {
		t.Fatal(err)
	}
	var all []http.Header
	for _, inSite := range []bool{true, false} {
		r := httptest.NewRequest("GET", "/", nil)
		if inSite {
			type key struct{}
			r = middleware.Carry(r, key{}, true)
		}
		w := httptest.NewRecorder()
		f(h).ServeHTTP(w, r)
		all = append(all, w.Result().Header)
	}
	return all
}

func nothing(http.ResponseWriter, *http.Request) {}

// The policies of Django's own tests of build_policy (tests/utils_tests/test_csp.py, 6.0),
// but for the order of directives, which is that of their names.
func TestPolicy(t *testing.T) {
	for _, tt := range []struct {
		name          string
		policy        csp.Policy
		without, with string // a nonce, N
	}{
		{"empty", csp.Policy{}, "", ""},
		{"basic", csp.Policy{"default-src": []string{csp.Self}}, "default-src 'self'", "default-src 'self'"},
		{"several", csp.Policy{"script-src": []any{csp.None}, "default-src": []any{csp.Self}}, "default-src 'self'; script-src 'none'", "default-src 'self'; script-src 'none'"},
		{"a string", csp.Policy{"default-src": csp.Self}, "default-src 'self'", "default-src 'self'"},
		{"nil", csp.Policy{"default-src": csp.Self, "script-src": nil}, "default-src 'self'", "default-src 'self'"},
		{"true", csp.Policy{"default-src": csp.Self, "upgrade-insecure-requests": true}, "default-src 'self'; upgrade-insecure-requests", "default-src 'self'; upgrade-insecure-requests"},
		{"false", csp.Policy{"default-src": csp.Self, "upgrade-insecure-requests": false}, "default-src 'self'", "default-src 'self'"},
		{"empty directive", csp.Policy{"default-src": []string{}}, "", ""},
		{"nonce", csp.Policy{"default-src": []string{csp.Self, csp.NonceSentinel}}, "default-src 'self'", "default-src 'self' 'nonce-N'"},
		{"nonces", csp.Policy{"default-src": []string{csp.Self, csp.NonceSentinel}, "script-src": []string{csp.Self, csp.NonceSentinel}},
			"default-src 'self'; script-src 'self'", "default-src 'self' 'nonce-N'; script-src 'self' 'nonce-N'"},
		{"nonce alone", csp.Policy{"script-src": csp.NonceSentinel, "img-src": "*"}, "img-src *", "img-src *; script-src 'nonce-N'"},
		{"nonce among blanks", csp.Policy{"script-src": "'self' " + csp.NonceSentinel}, "script-src 'self'", "script-src 'self' 'nonce-N'"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, h := range serve(t, csp.Settings{CSP: tt.policy}, nothing) {
				if got := h.Get(enforced); got != tt.without || len(h[enforced]) == 0 != (tt.without == "") || len(h[reportOnly]) != 0 {
					t.Errorf("without a nonce: %q, want %q", h, tt.without)
				}
			}
			nonce := ""
			for _, h := range serve(t, csp.Settings{ReportOnly: tt.policy}, func(_ http.ResponseWriter, r *http.Request) { nonce = csp.Nonce(r) }) {
				got := nonces.ReplaceAllString(h.Get(reportOnly), "'nonce-N'")
				if got != tt.with || len(h[enforced]) != 0 {
					t.Errorf("with a nonce: %q, want %q", h, tt.with)
				}
				_ = nonce
			}
		})
	}
}

var nonces = regexp.MustCompile(`'nonce-([A-Za-z0-9_-]{22})'`)

// Each response has a nonce of its own, which is that of the handler.
func TestNonce(t *testing.T) {
	s := csp.Settings{CSP: csp.Policy{"script-src": csp.NonceSentinel}, ReportOnly: csp.Policy{"style-src": csp.NonceSentinel}}
	seen := map[string]bool{}
	for range 50 {
		var told []string
		for i, h := range serve(t, s, func(_ http.ResponseWriter, r *http.Request) { told = append(told, csp.Nonce(r)) }) {
			a, b := nonces.FindStringSubmatch(h.Get(enforced)), nonces.FindStringSubmatch(h.Get(reportOnly))
			if a == nil || b == nil || a[1] != b[1] || a[1] != told[i] || seen[a[1]] {
				t.Fatalf("told %q, sent %q", told, h)
			}
			seen[a[1]] = true
		}
	}
}

// Whoever asks gets the same, also at the same time.
func TestNonceFromManyGoroutines(t *testing.T) {
	var got sync.Map
	serve(t, csp.Settings{CSP: csp.Policy{"script-src": csp.NonceSentinel}}, func(w http.ResponseWriter, r *http.Request) {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() { got.Store(csp.Nonce(r), true) })
		}
		wg.Wait()
		io.WriteString(w, "x")
	})
	n := 0
	got.Range(func(any, any) bool { n++; return true })
	if n != 2 { // one in a site, one elsewhere
		t.Errorf("%d nonces for two responses", n)
	}
}

// After the response has begun there is no nonce that its header has not.
func TestNonceTooLate(t *testing.T) {
	for _, h := range serve(t, csp.Settings{CSP: csp.Policy{"script-src": []string{csp.Self, csp.NonceSentinel}}}, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "<html>")
		if nonce := csp.Nonce(r); nonce != "" {
			t.Errorf("a nonce, %s, that no header has", nonce)
		}
	}) {
		if got := h.Get(enforced); got != "script-src 'self'" {
			t.Errorf("got %q", got)
		}
	}
	if nonce := csp.Nonce(httptest.NewRequest("GET", "/", nil)); nonce != "" {
		t.Errorf("a nonce, %s, without the middleware", nonce)
	}
}

// A header that the response has stays; the other is set all the same.
func TestHeaderOfTheHandlerStays(t *testing.T) {
	s := csp.Settings{CSP: csp.Policy{"default-src": csp.Self}, ReportOnly: csp.Policy{"img-src": csp.Self}}
	for _, h := range serve(t, s, func(w http.ResponseWriter, r *http.Request) { w.Header().Set(enforced, "default-src *") }) {
		if len(h[enforced]) != 1 || h.Get(enforced) != "default-src *" || h.Get(reportOnly) != "img-src 'self'" {
			t.Errorf("got %q", h)
		}
	}
}

func TestOverride(t *testing.T) {
	s := csp.Settings{CSP: csp.Policy{"default-src": csp.Self}, ReportOnly: csp.Policy{"img-src": csp.Self}}
	for name, tt := range map[string]struct {
		h              http.HandlerFunc
		enforced, only string
	}{
		"enforced":    {csp.Override(csp.Policy{"img-src": "*"}, nothing), "img-src *", "img-src 'self'"},
		"report only": {csp.OverrideReportOnly(csp.Policy{"img-src": "*"}, nothing), "default-src 'self'", "img-src *"},
		"none":        {csp.Override(csp.Policy{}, csp.OverrideReportOnly(nil, nothing)), "", ""},
		"nonce": {csp.Override(csp.Policy{"script-src": csp.NonceSentinel}, func(_ http.ResponseWriter, r *http.Request) { csp.Nonce(r) }),
			"script-src 'nonce-N'", "img-src 'self'"},
	} {
		for _, h := range serve(t, s, tt.h) {
			got, only := nonces.ReplaceAllString(h.Get(enforced), "'nonce-N'"), h.Get(reportOnly)
			if got != tt.enforced || only != tt.only || tt.enforced == "" && len(h) != 0 {
				t.Errorf("%s: %q", name, h)
			}
		}
	}
	// What it changes is of one response.
	for _, h := range serve(t, s, nothing) {
		if h.Get(enforced) != "default-src 'self'" {
			t.Errorf("got %q", h)
		}
	}
	csp.Override(nil, nothing)(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)) // without the middleware
	defer func() {
		if recover() == nil {
			t.Error("a policy that is none is taken")
		}
	}()
	csp.Override(csp.Policy{"img-src": 5}, nothing)
}

// A response that comes instead of another has the right header, be it of the same
// policy or of its own.
func TestPanicPage(t *testing.T) {
	s := csp.Settings{CSP: csp.Policy{"script-src": []string{csp.Self, csp.NonceSentinel}}}
	f, err := csp.New(s)
	if err != nil {
		t.Fatal(err)
	}
	for own, want := range map[string]string{"": "script-src 'self'", "default-src 'none'": "default-src 'none'"} {
		hold := middleware.Link{Name: "hold", New: func() (middleware.Func, error) { return f, nil }}
		boom := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { panic("boom") })
		h, err := middleware.Chain{hold}.Wrap(boom, func(w http.ResponseWriter, r *http.Request, _ any, _ []byte, _ bool) {
			if own != "" {
				w.Header().Set(enforced, own)
			}
			w.WriteHeader(500)
		})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		if got := w.Result().Header[enforced]; w.Code != 500 || len(got) != 1 || got[0] != want {
			t.Errorf("%d %q, want %q", w.Code, got, want)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for want, s := range map[string]csp.Settings{
		"SECURE_CSP.img-src":             {CSP: csp.Policy{"img-src": 5}},
		"SECURE_CSP_REPORT_ONLY.img-src": {ReportOnly: csp.Policy{"img-src": []any{"*", true}}},
	} {
		if _, err := csp.New(s); err == nil || !strings.HasPrefix(err.Error(), want+":") {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func BenchmarkCSP(b *testing.B) {
	f, err := csp.New(csp.Settings{CSP: csp.Policy{"default-src": csp.Self, "script-src": []string{csp.Self, csp.NonceSentinel}}})
	if err != nil {
		b.Fatal(err)
	}
	for name, h := range map[string]http.HandlerFunc{
		"without nonce": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) },
		"nonce":         func(w http.ResponseWriter, r *http.Request) { csp.Nonce(r); w.WriteHeader(204) },
	} {
		b.Run(name, func(b *testing.B) {
			type key struct{}
			w, r, layered := &discard{http.Header{}}, httptest.NewRequest("GET", "/", nil), f(h)
			b.ReportAllocs()
			for b.Loop() {
				clear(w.header)
				layered.ServeHTTP(w, middleware.Carry(r, key{}, true))
			}
		})
	}
}

// discard is a ResponseWriter that costs nothing.
type discard struct{ header http.Header }

func (w *discard) Header() http.Header         { return w.header }
func (w *discard) Write(p []byte) (int, error) { return len(p), nil }
func (w *discard) WriteHeader(int)             {}
