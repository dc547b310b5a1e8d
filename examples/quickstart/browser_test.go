package quickstart_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// patience is how long a test waits for what takes milliseconds on an idle machine.
const patience = time.Minute

// errNoChromium is why tests are skipped, unless chromiumVariable says
// "required".
var errNoChromium = errors.New("no Chromium or Chrome found: this test is about what a real browser does.\n" +
	"Get one with \"apt-get install chromium\" (Debian), \"brew install --cask chromium\" (macOS)\n" +
	"or from https://www.chromium.org/getting-involved/download-chromium")

const chromiumVariable = "SETTLEDTEST_CHROMIUM"

// browser is the one that all tests share. It starts when the first asks.
var browser = sync.OnceValues(startBrowser)

// stopBrowser ends it and removes its profile.
var stopBrowser = func() {}

func TestMain(m *testing.M) {
	code := m.Run()
	stopBrowser()
	os.Exit(code)
}

func startBrowser() (context.Context, error) {
	path, err := findChromium()
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // root in a container has none; the tests load their own pages only
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	stopBrowser = func() { cancel(); stop() }
	return ctx, chromedp.Do(ctx)
}

func findChromium() (string, error) {
	for _, name := range []string{
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNoChromium
}

// A tab is a page in a browser that has no cookies and nothing cached.
type tab struct {
	t       *testing.T
	ctx     context.Context
	blocked chan network.CorsError
	console chan string
}

// newTab opens a page.
func newTab(t *testing.T, url string) *tab {
	t.Helper()
	parent, err := browser()
	if errors.Is(err, errNoChromium) && os.Getenv(chromiumVariable) != "required" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	tab := &tab{t: t, blocked: make(chan network.CorsError, 100), console: make(chan string, 100)}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext(), chromedp.WithListener(tab.hear))
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	tab.ctx, cancel = context.WithTimeout(ctx, patience)
	t.Cleanup(cancel)
	tab.do(chromedp.Navigate(url))
	return tab
}

// hear keeps what the browser says about requests that it blocks: to tools, and
// to people in the console.
func (tab *tab) hear(event any) {
	switch event := event.(type) {
	case *network.EventLoadingFailed:
		if event.CorsErrorStatus != nil {
			tab.blocked <- event.CorsErrorStatus.CorsError
		}
	case *log.EventEntryAdded:
		if event.Entry.Level == log.EntryLevelError {
			tab.console <- event.Entry.Text
		}
	}
}

func (tab *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	if err := chromedp.Do(tab.ctx, actions...); err != nil {
		tab.t.Fatal(err)
	}
}

// run runs an action and returns its value.
func run[T any](tab *tab, action chromedp.Action[T]) T {
	tab.t.Helper()
	value, err := chromedp.Run(tab.ctx, action)
	if err != nil {
		tab.t.Fatal(err)
	}
	return value
}

// next is what the browser says next.
func next[T any](tab *tab, said <-chan T) (value T) {
	tab.t.Helper()
	select {
	case value = <-said:
	case <-tab.ctx.Done():
		tab.t.Errorf("the browser said nothing of type %T: %v", value, tab.ctx.Err())
	}
	return value
}
