package settings_test

import (
	"fmt"
	"os"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

func Example() {
	type blog struct {
		// Feeds are the feeds to read.
		Feeds []string `toml:"BLOG_FEEDS" check:"blog.E001"`
		// Token is for the API of the feeds' host.
		Token settings.Secret `toml:"BLOG_TOKEN"`
	}
	f, err := settings.Parse("settings.toml", []byte(`
BLOG_FEEDS = ["https://example.org/feed", 5]
BLOG_TOKEN = "hunter2"
BLOG_FEED = true
`), settings.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	b := blog{Feeds: []string{}}
	ms := f.Decode("blog", &b)
	ms = append(ms, f.Unclaimed()...)
	ms = append(ms, checks.Warningf("blog.W001", "the token is short").On("BLOG_TOKEN"))
	checks.Printer{}.Print(os.Stdout, checks.Report{Messages: f.Place(ms)})
	// Output:
	// System check identified some issues:
	//
	// ERRORS:
	// settings.toml:2:43: error: BLOG_FEEDS should be a list of strings, but BLOG_FEEDS[1] is an integer (blog.E001)
	//    2 | BLOG_FEEDS = ["https://example.org/feed", 5]
	//      |                                           ^
	//    hint: write a text in quotes
	// settings.toml:4:1: error: no installed app has a setting BLOG_FEED, so it does nothing (settings.E002)
	//    4 | BLOG_FEED = true
	//      | ^^^^^^^^^
	//    hint: did you mean BLOG_FEEDS?
	//
	// WARNINGS:
	// settings.toml:3:14: warning: the token is short (blog.W001)
	//    3 | BLOG_TOKEN = ********************
	//      |              ^^^^^^^^^^^^^^^^^^^^
	//
	// System check identified 3 issues (0 silenced).
}
