// Package chromiumtest gives tests a page in a real browser, Chromium or Chrome.
package chromiumtest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// errMissing is why tests are skipped, unless requiredVariable says "required".
var errMissing = errors.New("no Chromium or Chrome found: this test is about what a real browser does.\n" +
	"Get one with \"apt-get install chromium\" (Debian), \"brew install --cask chromium\" (macOS)\n" +
	"or from https://www.chromium.org/getting-involved/download-chromium")

const requiredVariable = "SETTLEDTEST_CHROMIUM"

// Main is for TestMain: it runs a package's tests, and ends the browser that
// they share.
func Main(m *testing.M) {
	code := m.Run()
	stop()
	os.Exit(code)
}

// browser is the one that all tests share. It starts when the first asks.
var browser = sync.OnceValues(start)

// stop ends it and removes its profile.
var stop = func() {}

func start() (context.Context, error) {
	path, err := find()
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
	allocator, free := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	stop = func() { cancel(); free() }
	return ctx, chromedp.Do(ctx)
}

func find() (string, error) {
	for _, name := range []string{
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errMissing
}
