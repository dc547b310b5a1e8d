package chromiumtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// patience is how long a test waits for what takes milliseconds on an idle
// machine.
const patience = time.Minute

// A Tab is a page in a browser that has no cookies and nothing cached.
type Tab struct {
	T       *testing.T
	Context context.Context
	// What the browser says about requests that it blocks: to tools, and to
	// people in the console.
	Blocked chan network.CorsError
	Console chan string
}

// Open opens a page. Without a browser the test is skipped, unless the variable
// SETTLEDTEST_CHROMIUM says "required".
func Open(t *testing.T, url string) *Tab {
	t.Helper()
	parent, err := browser()
	if errors.Is(err, errMissing) && os.Getenv(requiredVariable) != "required" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	tab := &Tab{T: t, Blocked: make(chan network.CorsError, 100), Console: make(chan string, 100)}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext(), chromedp.WithListener(tab.hear))
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	tab.Context, cancel = context.WithTimeout(ctx, patience)
	t.Cleanup(cancel)
	tab.Do(chromedp.Navigate(url))
	return tab
}

func (tab *Tab) hear(event any) {
	switch event := event.(type) {
	case *network.EventLoadingFailed:
		if event.CorsErrorStatus != nil {
			tab.Blocked <- event.CorsErrorStatus.CorsError
		}
	case *log.EventEntryAdded:
		if event.Entry.Level == log.EntryLevelError {
			tab.Console <- event.Entry.Text
		}
	}
}

// Do runs actions.
func (tab *Tab) Do(actions ...chromedp.Action[chromedp.Void]) {
	tab.T.Helper()
	if err := chromedp.Do(tab.Context, actions...); err != nil {
		tab.T.Fatal(err)
	}
}

// Run runs an action and returns its value.
func Run[T any](tab *Tab, action chromedp.Action[T]) T {
	tab.T.Helper()
	value, err := chromedp.Run(tab.Context, action)
	if err != nil {
		tab.T.Fatal(err)
	}
	return value
}

// Next is what the browser says next.
func Next[T any](tab *Tab, said <-chan T) (value T) {
	tab.T.Helper()
	select {
	case value = <-said:
	case <-tab.Context.Done():
		tab.T.Errorf("the browser said nothing of type %T: %v", value, tab.Context.Err())
	}
	return value
}

// An Answer is what a script gets from fetch.
type Answer struct {
	Status  int
	Body    string
	Headers map[string]string // those that the script may read
	Error   string            // when fetch throws
}

// Fetch makes a request from the page and waits for the outcome. init is what
// fetch takes beside the URL, in JavaScript.
func (tab *Tab) Fetch(url, init string) Answer {
	tab.T.Helper()
	return Run(tab, chromedp.Evaluate[Answer](fmt.Sprintf(`(async () => {
		try {
			const a = await fetch(%q, %s);
			return {Status: a.status, Body: await a.text(), Headers: Object.fromEntries(a.headers)};
		} catch (e) {
			return {Error: String(e)};
		}
	})()`, url, init), chromedp.EvalAwaitPromise))
}

// View gives the page a width in pixels and a colour scheme, "light" or "dark".
func (tab *Tab) View(width int64, scheme string) {
	tab.T.Helper()
	tab.Do(chromedp.EmulateViewport(width, 800))
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
	if _, err := chromedp.Call(tab.Context, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		tab.T.Fatal(err)
	}
}
