package pages_test

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/chromiumtest"
	"github.com/settled-go/settled/settledtest"
)

func TestMain(m *testing.M) { chromiumtest.Main(m) }

// failing is an app for every page.
type failing struct{}

func (failing) Settings() any { return nil }

func (failing) Routes() []settled.Route {
	return []settled.Route{
		settled.Path("GET /things/{id}/{$}", func(w http.ResponseWriter, r *http.Request) {
			settled.NotFound(w, r, strings.Repeat("no-such-thing", 30))
		}, "thing"),
		settled.Path("POST /things/{id}/edit/of/a/path/that/is/much/longer/than/any/telephone/is/wide/", func(http.ResponseWriter, *http.Request) {}, "edit"),
		settled.Path("/denied/", func(w http.ResponseWriter, r *http.Request) { settled.PermissionDenied(w, r, "staff only") }, "denied"),
		settled.Path("/forged/", func(w http.ResponseWriter, r *http.Request) { settled.CSRFFailed(w, r, "") }, "forged"),
		settled.Path("/panic/", func(http.ResponseWriter, *http.Request) {
			panic(fmt.Errorf("outer %s: %w", strings.Repeat("long", 200), errors.New("inner <script>alert(1)</script>")))
		}, "panic"),
	}
}

// look says what is wrong with a page, as a script can see it: parts that are missing,
// text that is hard to read, what sticks out.
const look = `(() => {
	const wrong = [], all = s => [...document.querySelectorAll(s)];
	for (const one of ["h1", "header", "main", "footer", "title"])
		if (all(one).length !== 1) wrong.push(all(one).length + " of " + one);
	if (document.documentElement.lang !== "en") wrong.push("no language");
	if (all("script").length || performance.getEntriesByType("resource").length) wrong.push("loads something");
	let level = 0;
	for (const h of all("h1, h2, h3")) {
		if (+h.tagName[1] > level + 1) wrong.push("level of " + h.textContent);
		level = +h.tagName[1];
	}
	for (const s of all("section")) if (!document.getElementById(s.getAttribute("aria-labelledby"))) wrong.push("a section without a name");
	for (const d of all("details")) if (d.firstElementChild.tagName !== "SUMMARY" || d.firstElementChild.tabIndex < 0) wrong.push("details that no key opens");
	for (const f of all("textarea")) if (!f.labels.length) wrong.push("a field without a label");
	for (const d of all("details")) d.open = true;
	if (document.documentElement.scrollWidth > innerWidth) {
		const wide = all("body *").filter(e => e.getBoundingClientRect().right > innerWidth && !e.closest(".source, pre, .skip"));
		wrong.push("as wide as " + document.documentElement.scrollWidth + ": " + wide.map(e => e.tagName + "." + e.className).slice(0, 5));
	}
	const rgb = c => c.match(/[\d.]+/g).map(Number);
	const light = c => { const [r, g, b] = rgb(c).map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
	const back = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (rgb(c)[3] !== 0) return c } return "rgb(255,255,255)" };
	for (const e of all("body *")) {
		if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
		const [a, b] = [light(getComputedStyle(e).color), light(back(e))].sort((a, b) => b - a), ratio = (a + .05) / (b + .05);
		if (ratio < 4.5) wrong.push("contrast " + ratio.toFixed(1) + " " + getComputedStyle(e).color + " on " + back(e) + " of " + e.tagName + " " + e.textContent.trim().slice(0, 30));
	}
	return wrong.join("; ");
})()`

// The pages are whole in themselves and can be read: by people, in either scheme, on a
// telephone, and with keys and screen readers.
func TestPagesInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	before := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	defer slog.SetDefault(before)
	site := settledtest.Start(t, settledtest.Apps{"failing": func() settled.App { return failing{} }}, "DEBUG = true\nINSTALLED_APPS = [\"failing\"]\n")
	server := httptest.NewServer(site.Handler())
	defer server.Close()
	tab := chromiumtest.Open(t, server.URL)
	for path, title := range map[string]string{
		"/thing/1/": "Page not found (404)", "/things/1/": "Page not found (404)", "/things/1/edit/of/a/path/that/is/much/longer/than/any/telephone/is/wide/": "Method not allowed (405)",
		"/denied/": "Permission denied (403)", "/forged/": "Forbidden (403)", "/panic/": "Error at /panic/",
	} {
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{1100, 390} {
				t.Run(fmt.Sprint(path, " ", scheme, " ", width), func(t *testing.T) {
					tab.T = t
					tab.View(width, scheme)
					tab.Do(chromedp.Navigate(server.URL + path))
					if got := chromiumtest.Run(tab, chromedp.Title()); got != title {
						t.Errorf("the title is %q, want %q", got, title)
					}
					if wrong := chromiumtest.Run(tab, chromedp.Evaluate[string](look)); wrong != "" {
						t.Error(wrong)
					}
					for len(tab.Console) > 0 {
						if said := <-tab.Console; !strings.HasPrefix(said, "Failed to load resource: the server responded with a status of") {
							t.Errorf("the console says: %s", said)
						}
					}
				})
			}
		}
	}
	tab.T = t
	keysOpenDetails(t, tab, server.URL+"/panic/")
}

// keysOpenDetails goes to the folded calls with the tabulator and opens them.
func keysOpenDetails(t *testing.T, tab *chromiumtest.Tab, url string) {
	tab.Do(chromedp.Navigate(url))
	const reached = `document.activeElement.tagName === "SUMMARY" && !document.activeElement.parentElement.open`
	for range 30 {
		tab.Do(chromedp.KeyEvent("\t"))
		if chromiumtest.Run(tab, chromedp.Evaluate[bool](reached)) {
			tab.Do(chromedp.KeyEvent("\r"))
			if !chromiumtest.Run(tab, chromedp.Evaluate[bool](`document.activeElement.parentElement.open`)) {
				t.Error("the calls stay folded")
			}
			return
		}
	}
	t.Error("no key leads to the folded calls")
}
