package settled_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	mdLink    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	mdHeading = regexp.MustCompile(`(?m)^#+ +(.*)$`)
	mdCode    = regexp.MustCompile("(?ms)^```.*?^```$")
	notInSlug = regexp.MustCompile(`[^\p{L}\p{N}_\- ]`)
)

// anchors are the headings of a page, as GitHub makes ids of them, and ids that the page sets.
func anchors(page string) []string {
	var found []string
	page = mdCode.ReplaceAllString(page, "")
	for _, m := range mdHeading.FindAllStringSubmatch(page, -1) {
		text := regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`).ReplaceAllString(m[1], "$1")
		found = append(found, strings.ReplaceAll(notInSlug.ReplaceAllString(strings.ToLower(text), ""), " ", "-"))
	}
	for _, m := range regexp.MustCompile(`(?:id|name)="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		found = append(found, m[1])
	}
	return found
}

// Every link from one page to another leads to a file, and to a section of it.
func TestLinksOfPages(t *testing.T) {
	var pages []string
	for _, pattern := range []string{"*.md", "docs/*.md", "examples/*/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	for _, name := range pages {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mdLink.FindAllStringSubmatch(mdCode.ReplaceAllString(string(data), ""), -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			file, section, _ := strings.Cut(m[1], "#")
			target := name
			if file != "" {
				target = filepath.Join(filepath.Dir(name), filepath.FromSlash(file))
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s: %v", name, m[1], err)
				continue
			}
			if section == "" || !strings.HasSuffix(target, ".md") {
				continue
			}
			if page, err := os.ReadFile(target); err != nil || !slices.Contains(anchors(string(page)), section) {
				t.Errorf("%s links to %s, which has no such section", name, m[1])
			}
		}
	}
}

// The page that docs/csrf.md shows is one for browsers: nothing but its first bytes says what it is.
func TestFormOfThePageOnCSRF(t *testing.T) {
	data, err := os.ReadFile("docs/csrf.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), "Parse(`")
	page, _, ok := strings.Cut(rest, "`)")
	if got := http.DetectContentType([]byte(page)); !ok || !strings.HasPrefix(got, "text/html") {
		t.Errorf("net/http sends %q as %s", page, got)
	}
}
