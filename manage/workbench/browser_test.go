package workbench_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/settled-go/settled/internal/chromiumtest"
	"github.com/settled-go/settled/manage/workbench"
)

func TestMain(m *testing.M) { chromiumtest.Main(m) }

// busy are settings with much to show: long names, a finding of each kind.
const busy = `DEBUG = true
INSTALLED_APPS = ["shop"]
MIDDLEWARE = ["shop.Outer", "django.contrib.messages.middleware.MessageMiddleware", "shop.Inner"]
SHOP_TITLE = "a title that is somewhat longer than a line of a phone has room for, without a doubt"
SHOP_FEEDS = ["https://feeds.example.com/a/very/long/path/without/any/blank/in/it/that/could/be/broken/at"]
SILENCED_SYSTEM_CHECKS = [{ id = "shop.W009", reason = "there is none" }]
`

// inBrowser opens a page of a workbench in a real browser.
func inBrowser(t *testing.T, p *place, path string) (*chromiumtest.Tab, string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	s := httptest.NewServer(p.handler)
	t.Cleanup(s.Close)
	base := s.URL + workbench.Path
	return chromiumtest.Open(t, base+path), base
}

func emulate(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}})
		return err
	})
}

// unreadable finds text whose contrast with what is behind it is below what WCAG
// 2.2 asks for (1.4.3, AA), and wide what reaches out of the window.
const (
	unreadable = `(() => {
		const rgb = (c) => { const m = c.match(/[\d.]+/g).map(Number); return { c: m.slice(0, 3), a: m[3] ?? 1 } };
		const over = (top, under) => ({ c: top.c.map((v, i) => v * top.a + under.c[i] * (1 - top.a)), a: 1 });
		const light = ({ c }) => c.map((v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
			.reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
		const behind = (e) => e ? over(rgb(getComputedStyle(e).backgroundColor), behind(e.parentElement)) : { c: matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255], a: 1 };
		const bad = new Set();
		for (const d of document.querySelectorAll("details")) d.open = true;
		for (const e of document.body.querySelectorAll("*")) {
			if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue;
			const style = getComputedStyle(e), back = behind(e), a = light(over(rgb(style.color), back)), b = light(back);
			const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05), size = parseFloat(style.fontSize);
			const large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
			if (ratio < (large ? 3 : 4.5)) bad.add(e.tagName + "." + e.className + " " + ratio.toFixed(2));
		}
		return [...bad].join("; ");
	})()`
	wide = `(() => {
		for (const d of document.querySelectorAll("details")) d.open = true;
		const width = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= width) return "";
		return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1)
			.map((e) => e.tagName + "." + e.className).join(" ");
	})()`
)

// Every page is readable in light and dark, fits a phone, and has nothing that
// its own policy blocks.
func TestPagesInABrowser(t *testing.T) {
	p := open(t, busy)
	p.write(strings.Replace(busy, "a title", "another title", 1))
	tab, base := inBrowser(t, p, "")
	for _, path := range append(all, "checks/middleware.E008", "nothing", "../") {
		for _, scheme := range []string{"light", "dark"} {
			tab.Do(emulate(scheme), chromedp.EmulateViewport(390, 800), chromedp.Navigate(base+path))
			if bad := chromiumtest.Run(tab, chromedp.Evaluate[string](unreadable)); bad != "" {
				t.Errorf("%q, %s: too little contrast: %s", path, scheme, bad)
			}
			if bad := chromiumtest.Run(tab, chromedp.Evaluate[string](wide)); bad != "" {
				t.Errorf("%q does not fit a phone: %s", path, bad)
			}
		}
	}
	for len(tab.Console) > 0 {
		if said := <-tab.Console; !strings.Contains(said, "404") { // the page that there is not
			t.Errorf("the console says: %s", said)
		}
	}
}

// A page that is open follows the file, and what the reader has opened or written
// stays.
func TestLiveInABrowser(t *testing.T) {
	p := open(t, sound)
	tab, base := inBrowser(t, p, "apps/")
	has := func(text string) {
		t.Helper()
		tab.Do(chromedp.Query("body"))
		chromiumtest.Run(tab, chromedp.PollFunction[bool](`(text) => document.body.innerText.includes(text)`, chromedp.WithPollingArgs(text)))
	}
	tab.Do(chromedp.SendKeys("#filter", "shop_ti"), chromedp.Click("#setting-SHOP_TITLE summary"))
	visible := chromedp.Evaluate[string](`[...document.querySelectorAll(".setting")].filter((e) => e.checkVisibility()).map((e) => e.id + " " + e.open).join()`)
	if got := chromiumtest.Run(tab, visible); got != "setting-SHOP_TITLE true" {
		t.Errorf("the filter shows %s", got)
	}
	chromiumtest.Run(tab, chromedp.PollFunction[bool](`() => document.getElementById("live").dataset.seen === "yes"`))
	p.write(sound + "SHOP_TITLE = \"bad\"\n")
	has("is not served.")
	if got := chromiumtest.Run(tab, visible); got != "setting-SHOP_TITLE true" {
		t.Errorf("after the change it shows %s", got)
	}
	if focus := chromiumtest.Run(tab, chromedp.Evaluate[string](`document.getElementById("filter").value`)); focus != "shop_ti" {
		t.Errorf("the filter has %q", focus)
	}
	tab.Do(chromedp.Navigate(base + "checks/"))
	has("is a bad title")
	chromiumtest.Run(tab, chromedp.PollFunction[bool](`() => document.getElementById("live").dataset.seen === "yes"`))
	p.write(sound)
	has("identified no issues")
	if len(tab.Console) > 0 {
		t.Errorf("the console says: %s", <-tab.Console)
	}
}

// Thirty layers stay readable on a phone: the deeper ones do not become narrower.
func TestManyLayersInABrowser(t *testing.T) {
	var entries strings.Builder
	for i := range 30 {
		fmt.Fprintf(&entries, "\"shop.AnotherLayerWithALongName%d\", ", i)
	}
	tab, _ := inBrowser(t, open(t, "DEBUG = true\nINSTALLED_APPS = [\"shop\"]\nMIDDLEWARE = ["+entries.String()+"]\n"), "")
	for _, width := range []int64{390, 1280} {
		tab.Do(chromedp.EmulateViewport(width, 800))
		narrowest := chromiumtest.Run(tab, chromedp.Evaluate[float64](`Math.min(...[...document.querySelectorAll(".layer .name, .core")].map((e) => e.clientWidth))`))
		if layers := chromiumtest.Run(tab, chromedp.Evaluate[int](`document.querySelectorAll(".layer").length`)); layers != 30 || narrowest < float64(width)*.4 {
			t.Errorf("of %d layers in %d pixels, the narrowest has %v", layers, width, narrowest)
		}
	}
}

// Who reads with the keyboard stays where they are when the page takes its content
// anew.
func TestFocusStaysInABrowser(t *testing.T) {
	p := open(t, sound)
	tab, base := inBrowser(t, p, "apps/")
	for i, where := range []string{"#setting-SHOP_SIZE summary", ".tabs li:nth-child(4) a", "#filter"} {
		p.write(sound)
		tab.Do(chromedp.Navigate(base+"apps/"), chromedp.Focus(where))
		chromiumtest.Run(tab, chromedp.PollFunction[bool](`() => document.getElementById("live").dataset.seen === "yes"`))
		p.write(sound + strings.Repeat("\n", i+1) + "SHOP_TITLE = \"bad\"\n")
		chromiumtest.Run(tab, chromedp.PollFunction[bool](`() => document.body.innerText.includes("is not served.")`))
		if !chromiumtest.Run(tab, chromedp.Evaluate[bool](`document.activeElement.matches("`+where+`")`)) {
			t.Errorf("%s has lost the focus", where)
		}
	}
}
