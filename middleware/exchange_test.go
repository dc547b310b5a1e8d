package middleware_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"github.com/settled-go/settled/middleware"
)

type siteKey struct{}
type key int

// What is noted is found in the context: in a site by all that hold the request, else
// further in.
func TestNote(t *testing.T) {
	plain := httptest.NewRequest("GET", "/", nil)
	noted := middleware.Note(plain, key(1), "a")
	if noted == plain || noted.Context().Value(key(1)) != "a" || plain.Context().Value(key(1)) != nil {
		t.Error("outside of a site, the new request alone has the note")
	}
	carried := middleware.Carry(plain, siteKey{}, "site")
	inner := carried.WithContext(context.WithValue(carried.Context(), key(99), "z"))
	for i := range 20 {
		if r := middleware.Note(inner, key(i), i); r != inner {
			t.Fatal("within a site, the request stays")
		}
	}
	middleware.Note(inner, key(3), "again")
	for i := range 20 {
		want := any(i)
		if i == 3 {
			want = "again"
		}
		if got := carried.Context().Value(key(i)); got != want {
			t.Errorf("note %d: got %v", i, got)
		}
	}
	if got := inner.Context().Value(siteKey{}); got != "site" {
		t.Errorf("got %v", got)
	}
	if got := carried.Context().Value(key(77)); got != nil {
		t.Errorf("got %v of nothing", got)
	}
}

// A context made from a carried one ends with it.
func TestCarryEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := middleware.Carry(httptest.NewRequestWithContext(ctx, "GET", "/", nil), siteKey{}, 1)
	inner, stop := context.WithCancel(r.Context())
	defer stop()
	cancel()
	<-inner.Done()
	if inner.Err() != context.Canceled {
		t.Error(inner.Err())
	}
}

func TestNoteIsSafe(t *testing.T) {
	r := middleware.Carry(httptest.NewRequest("GET", "/", nil), siteKey{}, 1)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() { middleware.Note(r, key(i), i) })
		all.Go(func() { r.Context().Value(key(i)) })
	}
	all.Wait()
}

// view answers or not, and tells.
type view struct {
	name    string
	answers bool
	told    *[]string
}

func (v view) ServeView(w http.ResponseWriter, _ *http.Request, marks middleware.Mark) bool {
	if marks.Has(middleware.CSRFExempt) {
		return false
	}
	*v.told = append(*v.told, v.name)
	return v.answers
}

// Views are called in order until one answers; without a site nobody calls them, and
// the middleware is told so.
func TestViews(t *testing.T) {
	var told []string
	r := httptest.NewRequest("GET", "/", nil)
	if middleware.OnView(r, view{"never", true, &told}) || middleware.Views(nil, r, 0) {
		t.Error("there is nobody to call a view")
	}
	r = middleware.Carry(r, siteKey{}, 1)
	for _, v := range []view{{"a", false, &told}, {"b", true, &told}, {"c", true, &told}} {
		if !middleware.OnView(r, v) {
			t.Error("the view is not taken")
		}
	}
	if middleware.Views(nil, r, middleware.CSRFExempt|middleware.NoAppendSlash) {
		t.Error("an exempt route was answered")
	}
	if !middleware.Views(nil, r, middleware.NoAppendSlash) || !slices.Equal(told, []string{"a", "b"}) {
		t.Errorf("got %q", told)
	}
}
