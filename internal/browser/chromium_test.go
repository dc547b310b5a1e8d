package browser_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/settled-go/settled/internal/browser"
)

// patience is how long a test waits for what takes milliseconds on an idle
// machine.
const patience = time.Minute

// A chromium is a page in a real browser.
type chromium struct {
	ctx     context.Context
	blocked chan network.CorsError
}

// openChromium opens a page. Without a browser the test is skipped, unless
// SETTLEDTEST_CHROMIUM says "required".
func openChromium(t *testing.T, url string) *chromium {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" && os.Getenv("SETTLEDTEST_CHROMIUM") != "required" {
		t.Skip("no Chromium or Chrome found: this test is about what a real browser does")
	}
	c := &chromium{blocked: make(chan network.CorsError, 100)}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)...)
	t.Cleanup(cancel)
	c.ctx, cancel = chromedp.NewContext(ctx, chromedp.WithListener(func(event any) {
		if failed, ok := event.(*network.EventLoadingFailed); ok && failed.CorsErrorStatus != nil {
			c.blocked <- failed.CorsErrorStatus.CorsError
		}
	}))
	t.Cleanup(cancel)
	if err := chromedp.Do(c.ctx, chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
	return c
}

// A sight is what a request looks like from outside: what reached the server
// and what the script got.
type sight struct {
	Reached  []string
	Reason   browser.Reason
	Readable []string
}

// fetch makes the request in the browser.
func (c *chromium) fetch(t *testing.T, r browser.Request) (reason browser.Reason, readable []string) {
	t.Helper()
	var headers []string
	for _, h := range r.Headers {
		headers = append(headers, fmt.Sprintf("[%s, %s]", strconv.Quote(h.Name), strconv.Quote(h.Value)))
	}
	credentials := "same-origin"
	if r.Credentials {
		credentials = "include"
	}
	script := fmt.Sprintf(`(async () => {
		try {
			const a = await fetch(%q, {method: %q, headers: [%s], credentials: %q});
			return [...a.headers.keys()].map(k => k).sort().join();
		} catch (e) { return String(e) }
	})()`, r.URL, r.Method, strings.Join(headers, ", "), credentials)
	got, err := chromedp.Run(c.ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case got == "TypeError: Failed to fetch":
		select {
		case blocked := <-c.blocked:
			return browser.Reason(blocked), nil
		case <-c.ctx.Done():
			t.Fatal(c.ctx.Err())
		}
	case strings.Contains(got, "Error"):
		return browser.BadRequest, nil
	}
	return "", strings.Split(got, ",")
}
