package bench_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/settled-go/settled/bench"
)

// admits judges a response as a browser does (Fetch standard, "CORS check" and
// "CORS-preflight fetch").
func admits(r bench.Request, credentials bool, status int, h http.Header) bool {
	if !passesCheck(r.Header["Origin"], credentials, h) {
		return false
	}
	if !r.Preflight {
		return true
	}
	return (status == 0 || 200 <= status && status < 300) && namesMethod(r, h) && namesHeaders(r, h)
}

func passesCheck(origin string, credentials bool, h http.Header) bool {
	allowed := h["Access-Control-Allow-Origin"]
	if origin == "" || len(allowed) != 1 || allowed[0] != origin {
		return false
	}
	return !credentials || slices.Equal(h["Access-Control-Allow-Credentials"], []string{"true"})
}

func namesMethod(r bench.Request, h http.Header) bool {
	return slices.Contains(items(h["Access-Control-Allow-Methods"]), r.Header["Access-Control-Request-Method"])
}

func namesHeaders(r bench.Request, h http.Header) bool {
	allowed := items(h["Access-Control-Allow-Headers"])
	for _, name := range items([]string{r.Header["Access-Control-Request-Headers"]}) {
		if !slices.ContainsFunc(allowed, func(a string) bool { return strings.EqualFold(a, name) }) {
			return false
		}
	}
	return true
}

// items are the elements of a list over several header lines.
func items(lines []string) (items []string) {
	for _, line := range lines {
		for item := range strings.SplitSeq(line, ",") {
			if item = strings.TrimSpace(item); item != "" {
				items = append(items, item)
			}
		}
	}
	return items
}

// keeps says whether the browser may keep the preflight answer as long as the
// policy says.
func keeps(h http.Header) bool {
	return slices.Equal(h["Access-Control-Max-Age"], []string{strconv.Itoa(bench.MaxAge)})
}
