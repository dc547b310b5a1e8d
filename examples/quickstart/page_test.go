package quickstart_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/settled-go/settled/internal/chromiumtest"
)

func TestMain(m *testing.M) { chromiumtest.Main(m) }

// startPage builds and runs the program that serves the quickstart's page, and
// returns the page's origin.
func startPage(t *testing.T, api string) (origin string) {
	t.Helper()
	seePageFiles(t)
	program := filepath.Join(t.TempDir(), "page.exe") // Windows asks for the ending
	if out, err := exec.Command("go", "build", "-o", program, "./page").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	cmd := exec.Command(program, "-addr", "localhost:0", "-api", api)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait() // says that it was killed
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	if origin = regexp.MustCompile(`http://localhost:\d+`).FindString(line); origin == "" {
		t.Fatalf("the page says %q, want its address", line)
	}
	return origin
}

// seePageFiles looks at what the page is built from, so that go test takes no
// result from its cache when that has changed.
func seePageFiles(t *testing.T) {
	t.Helper()
	files, err := filepath.Glob("page/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no files of the page", err)
	}
	for _, file := range files {
		if _, err := os.Stat(file); err != nil {
			t.Fatal(err)
		}
	}
}

// press presses a button of the page, and returns what the page then shows.
func press(tab *chromiumtest.Tab, button string) (outcome, text string) {
	tab.T.Helper()
	out := fmt.Sprintf("document.getElementById(%q)", button+"-outcome")
	chromiumtest.Run(tab, chromedp.Evaluate[bool]("delete "+out+".dataset.outcome"))
	tab.Do(chromedp.Click(chromedp.ID(button)))
	shown := chromiumtest.Run(tab, chromedp.Poll[[]string](
		"!['busy', undefined].includes("+out+".dataset.outcome) && ["+out+".dataset.outcome, "+out+".innerText]"))
	return shown[0], shown[1]
}

// A person who opens the quickstart's page and presses its buttons.
func TestPage(t *testing.T) {
	l, api := listen(t)
	page := startPage(t, api)
	startAPIOn(t, l, fmt.Sprintf("CORS_ALLOWED_ORIGINS = [%q]", page))
	tab := chromiumtest.Open(t, page)
	for _, step := range []struct {
		button, outcome, text string
	}{
		{"list", "ok", "200 OK\nX-Total-Count: 1\nDate: not readable\n[{"},
		{"create", "ok", "201 Created\nLocation: /notes/2\n{\"id\":2,"},
		{"list", "ok", "X-Total-Count: 2"},
		{"replace", "ok", `"client":"quickstart page"`},
		{"unlisted-header", "blocked", "Blocked by the browser: see the console (F12)"},
		{"list", "ok", `{"id":1,"text":"Read settings.toml twice","client":"quickstart page"}`},
		{"create", "ok", "Location: /notes/3"},
		{"remove", "ok", "204 No Content\nno body"},
		{"remove", "refused", "404 Not Found\n{\"error\":"},
		{"list", "ok", `{"id":2,`},
		{"visits", "ok", `{"visits":1}`},
		{"visits", "ok", `{"visits":2}`},
		{"visits-without", "ok", `{"visits":1}`},
		{"stats", "ok", `{"max":100,"notes":2}`},
		{"stats-without", "refused", "401 Unauthorized\n{\"error\":"},
		{"missing", "refused", "404 Not Found"},
	} {
		outcome, text := press(tab, step.button)
		if outcome != step.outcome || !strings.Contains(text, step.text) {
			t.Errorf("%s: the page shows %s, %q, want %s, %q", step.button, outcome, text, step.outcome, step.text)
		}
	}
	if reason := chromiumtest.Next(tab, tab.Blocked); reason != network.CorsErrorHeaderDisallowedByPreflightResponse {
		t.Errorf("blocked for the reason %s", reason)
	}
}

// The same page under its other name is of another origin.
func TestPageElsewhere(t *testing.T) {
	l, api := listen(t)
	page := startPage(t, api)
	startAPIOn(t, l, fmt.Sprintf("CORS_ALLOWED_ORIGINS = [%q]", page))
	tab := chromiumtest.Open(t, page)
	if _, err := chromedp.RunResponse(tab.Context, chromedp.Click(chromedp.ID("elsewhere"))); err != nil {
		t.Fatal(err)
	}
	elsewhere := strings.Replace(page, "localhost", "127.0.0.1", 1)
	if origin := chromiumtest.Run(tab, chromedp.Evaluate[string]("location.origin")); origin != elsewhere {
		t.Fatalf("the link leads to %s, want %s", origin, elsewhere)
	}
	tab.Do(chromedp.Click(chromedp.ID("all")))
	outcomes := chromiumtest.Run(tab, chromedp.Poll[[]string](`(() => {
		const all = [...document.querySelectorAll("output")].map((out) => out.dataset.outcome);
		return all.every((outcome) => outcome && outcome !== "busy") && all;
	})()`))
	for i, outcome := range outcomes {
		if outcome != "blocked" {
			t.Errorf("call %d is %s, want blocked", i, outcome)
		}
	}
	if len(outcomes) == 0 {
		t.Error("the page has no calls")
	}
}

// An API that is not there is not mistaken for one that is blocked.
func TestPageWithoutAPI(t *testing.T) {
	l, api := listen(t)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	outcome, text := press(chromiumtest.Open(t, startPage(t, api)), "list")
	if outcome != "unanswered" || !strings.Contains(text, "No answer: is the API running?") {
		t.Errorf("the page shows %s, %q", outcome, text)
	}
}
