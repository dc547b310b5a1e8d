package workbench_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The onion has the layers in the order of MIDDLEWARE, each in the one before
// it, and those that are left out in between.
func TestOnion(t *testing.T) {
	body := open(t, `DEBUG = true
INSTALLED_APPS = ["shop"]
MIDDLEWARE = ["shop.Outer", "django.contrib.messages.middleware.MessageMiddleware", "shop.Inner"]
`).get("")
	var at []int
	for _, part := range []string{
		`class="layer"`, "shop.<wbr>Outer", "sends requests that come in the clear to HTTPS", "settings.toml:3:15",
		`class="left-out"`, "django.<wbr>contrib.<wbr>messages", "left out",
		`class="layer shaded"`, "shop.<wbr>Inner", "compresses the body of responses", "has to come after <code>shop.Outer</code>",
		`class="core"`, "<code>shop</code> 1 route", "</li></ol>\n</li></ol>\n</li></ol>",
	} {
		from := 0
		if len(at) > 0 {
			from = at[len(at)-1]
		}
		i := strings.Index(body[from:], part)
		if i < 0 {
			t.Fatalf("%q does not come there in\n%s", part, body)
		}
		at = append(at, from+i+len(part))
	}
	if !strings.Contains(body, `<a href="checks/middleware.E008">`) {
		t.Error("it does not say why a name is left out")
	}
}

// Each setting stands with its value and where that comes from.
func TestOriginsOfSettings(t *testing.T) {
	t.Setenv("SETTLED_SHOP_SIZE", "7")
	body := open(t, sound+"SHOP_TITLE = \"Shop\"\nSHOP_SIZE = 5\n").get("apps/")
	for _, want := range []string{
		`<code class="key">SHOP_SIZE</code> <code class="value">7</code> <span class="tag">variable SETTLED_SHOP_SIZE</span>`,
		`<th scope="row">overrides</th><td>` + `[^<]*settings.toml:5:13</td>`,
		`<code class="key">SHOP_TITLE</code> <code class="value">&#34;Shop&#34;</code> <span class="tag">[^<]*settings.toml:4:14</span>`,
		`<code class="key">SHOP_FEEDS</code> <code class="value">\[\]</code> <span class="tag">default</span>`,
		`<a href="/__settled__/checks/shop.W001">shop.W001</a>`,
		`Installed at <code>[^<]*settings.toml:2:19</code>. It brings middleware, routes, checks, tools.`,
	} {
		if !regexp.MustCompile(want).MatchString(body) {
			t.Errorf("%s is missing in\n%s", want, body)
		}
	}
}

// What stands in the settings is text, wherever it is shown.
func TestHostileSettings(t *testing.T) {
	evil := `</code></summary></script><img src=x onerror=alert(1)>\" onmouseover=alert(1) x='`
	p := open(t, sound+`SHOP_TITLE = "`+evil+`"`+"\n"+`SHOP_FEEDS = ["`+evil+`"]`+"\n[SHOP_LABELS]\n\""+evil+"\" = 1\n")
	p.write(sound + `SHOP_TITLE = "2` + evil + `"` + "\n\"" + evil + `" = 1` + "\n")
	for _, path := range all {
		body := p.get(path)
		if strings.Contains(body, "<img src=x") || strings.Contains(body, `" onmouseover`) {
			t.Errorf("%q holds markup from the settings:\n%s", path, body)
		}
	}
	w := ask(p.handler, "GET", "/__settled__/checks/%3Cimg%20src=x%3E")
	if w.Code != 404 || strings.Contains(w.Body.String(), "<img src=x") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// No page shows a secret: not of the site, nor of what stands in the file now, be
// it sound or not.
func TestSecretsAreNeverShown(t *testing.T) {
	t.Setenv("WB_KEY", "hunter5")
	p := open(t, sound+`SECRET_KEY = "hunter1"
SHOP_TOKEN = "hunter2"
SHOP_FEEDS = ["https://user:hunter3@feeds.example/"]
SHOP_KEY = { env = "WB_KEY" }
`)
	for _, text := range []string{
		"",
		sound + "SECRET_KEY = \"hunter6\"\nSHOP_TOKEN = \"hunter7\"\nSHOP_FEEDS = [\"https://user:hunter8@feeds.example/\"]\n",
		sound + "SHOP_TOKEN = [\"hunter7\"]\nSECRET_KEY = 5\nSHOP_KEY = { env = \"WB_KEY\", file = \"hunter9\" }\n",
		sound + "SECRET_KEY = \"hunter6\nSHOP_SIZE = 3\n",
		sound + "AWS_SECRET = \"hunter6\"\nSHOP_FEED = \"https://user:hunter8@feeds.example/\"\n",
	} {
		if text != "" {
			p.write(text)
		}
		for _, path := range append(all, "-/state") {
			if body := p.get(path); strings.Contains(body, "hunter") {
				t.Errorf("%q shows a secret:\n%s", path, body)
			}
		}
	}
}

// The checks are those of the file as it is now; what is served stays.
func TestLive(t *testing.T) {
	p := open(t, sound+"SHOP_SIZE = 5\n")
	before := p.get("-/state")
	if again := p.get("-/state"); again != before {
		t.Error("the state changes by itself")
	}
	const notServed, changed = "is not served.</strong>", "has changed since this site was started"
	for _, tt := range []struct {
		name, text    string
		path          string
		want, without string
	}{
		{"another value", sound + "SHOP_SIZE = 6\n", "", changed, notServed},
		{"which one", sound + "SHOP_SIZE = 6\n", "", "<code>SHOP_SIZE</code>: <del>5</del>", notServed},
		{"the site as it is", sound + "SHOP_SIZE = 6\n", "apps/", `<code class="value">5</code>`, notServed},
		{"a warning", sound + "SHOP_SIZE = 5\nSHOP_TITLE = \"x\"\n", "checks/", "&#34;x&#34; is another title", notServed},
		{"an error", sound + "SHOP_SIZE = 5\nSHOP_TITLE = \"bad\"\n", "checks/", "&#34;bad&#34; is a bad title", changed},
		{"and that it is not served", sound + "SHOP_SIZE = 5\nSHOP_TITLE = \"bad\"\n", "routes/", notServed, changed},
		{"its line and carets", sound + "SHOP_SIZE = 5\nSHOP_TITLE = \"bad\"\n", "checks/", `<b>^^^^^</b>`, changed},
		{"its hint", sound + "SHOP_SIZE = 5\nSHOP_TITLE = \"bad\"\n", "checks/", `<span>hint</span> write another`, changed},
		{"on its own page", sound + "SHOP_SIZE = 5\nSHOP_TITLE = \"bad\"\n", "checks/shop.E002", "is a bad title", "It is not found"},
		{"no TOML", sound + "SHOP_SIZE = \n", "checks/", "settings.E001", changed},
		{"is not served", sound + "SHOP_SIZE = \n", "", notServed, changed},
		{"a wrong type", sound + "SHOP_SIZE = \"5\"\n", "", notServed, changed},
		{"as it was", sound + "SHOP_SIZE = 5\n", "", "<b>No</b> issues", "notice"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p.write(tt.text)
			body := p.get(tt.path)
			if !strings.Contains(body, tt.want) || strings.Contains(body, tt.without) {
				t.Errorf("%q is missing, or %q is there:\n%s", tt.want, tt.without, body)
			}
			if state := p.get("-/state"); (state == before) != (tt.name == "as it was") {
				t.Errorf("state %s, before %s", state, before)
			}
		})
	}
	if err := os.Remove(p.file); err != nil {
		t.Fatal(err)
	}
	if body := p.get(""); !strings.Contains(body, "The settings file can&#39;t be read.") && !strings.Contains(body, "The settings file can't be read.") {
		t.Errorf("a file that is gone:\n%s", body)
	}
}

// A site that was started in spite of errors is not said to differ from its file.
func TestServedInSpiteOfErrors(t *testing.T) {
	body := open(t, sound+"SHOP_TITLE = \"bad\"\n").get("")
	if !strings.Contains(body, "This site is served in spite of an error") || strings.Contains(body, "is not served") {
		t.Error(body)
	}
}

var heading = regexp.MustCompile(`<h([1-6])[ >]`)

// A screen reader finds one heading of level 1, none that skips a level, and the
// landmarks.
func TestStructure(t *testing.T) {
	p := open(t, sound+"SHOP_TITLE = \"x\"\nSILENCED_SYSTEM_CHECKS = [\"middleware.E008\"]\n")
	for _, path := range all {
		body := p.get(path)
		last := byte('0')
		for i, m := range heading.FindAllStringSubmatch(body, -1) {
			level := m[1][0]
			if level > last+1 || (level == '1') != (i == 0) {
				t.Errorf("%q: a heading of level %c follows one of %c", path, level, last)
			}
			last = level
		}
		for _, landmark := range []string{`<header class="top">`, `<nav class="tabs" id="tabs" aria-label="Workbench">`, `<main id="main"`, "<footer>", `<html lang="en">`, `href="#main"`, `aria-current="page"`} {
			if strings.Count(body, landmark) != 1 {
				t.Errorf("%q has %d of %s", path, strings.Count(body, landmark), landmark)
			}
		}
		for _, inline := range []string{"<style", " style=", " onclick=", "<script>"} {
			if strings.Contains(body, inline) {
				t.Errorf("%q has %s, which the policy forbids", path, inline)
			}
		}
	}
}
