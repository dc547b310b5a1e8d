package browser_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/chromiumtest"
)

func TestMain(m *testing.M) { chromiumtest.Main(m) }

// A sight is what a request looks like from outside: what reached the server
// and what the script got.
type sight struct {
	Reached  []string
	Reason   browser.Reason
	Readable []string
}

// fetch makes the request in the browser.
func fetch(tab *chromiumtest.Tab, r browser.Request) (reason browser.Reason, readable []string) {
	tab.T.Helper()
	var headers []string
	for _, h := range r.Headers {
		headers = append(headers, fmt.Sprintf("[%s, %s]", strconv.Quote(h.Name), strconv.Quote(h.Value)))
	}
	credentials := "same-origin"
	if r.Credentials {
		credentials = "include"
	}
	answer := tab.Fetch(r.URL, fmt.Sprintf("{method: %q, headers: [%s], credentials: %q}", r.Method, strings.Join(headers, ", "), credentials))
	switch {
	case answer.Error == "TypeError: Failed to fetch":
		return browser.Reason(chromiumtest.Next(tab, tab.Blocked)), nil
	case answer.Error != "":
		return browser.BadRequest, nil
	}
	return "", slices.Sorted(maps.Keys(answer.Headers))
}
