package settled_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/manage/command"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

const corsLink = "corsheaders.middleware.CorsMiddleware"

// site is a project in one file, or in two.
type site struct {
	base, main *sketch // base is nil when there is none
	counter    int
}

// newSite makes one with mistakes of every kind that can be mended.
func newSite(r *rand.Rand) *site {
	s := &site{}
	s.main = newSketch(r, &s.counter)
	rest := s.main
	if s.main.one(3) {
		s.base = newSketch(r, &s.counter)
		s.main.set("EXTENDS", "'base.toml'", "base.toml")
		rest = s.base
	}
	parts := []func(*sketch){
		func(f *sketch) { f.set("DEBUG", "true", true) },
		func(f *sketch) {
			f.list("INSTALLED_APPS", "INSTALLED_APPS", good("corsheaders", "gate", "door"), false)
		},
		chain,
		func(f *sketch) {
			is := f.either("CORS_ORIGIN_WHITELIST", "CORS_ALLOWED_ORIGINS")
			if s.base != nil && f == s.main { // of a list that is replaced, only the name matters
				is, should := is, "CORS_ALLOWED_ORIGINS"
				s.base.list(is, should, good("https://old.example.com/"), false)
			}
			f.list(is, "CORS_ALLOWED_ORIGINS", origins(f), false)
		},
		func(f *sketch) {
			f.list("CORS_ALLOW_METHODS", "CORS_ALLOW_METHODS", shuffled(f, slices.Concat(good("GET", "POST"), []entry{{"patch", "PATCH"}})), false)
		},
		func(f *sketch) {
			f.list("CORS_ALLOW_HEADERS", "CORS_ALLOW_HEADERS", shuffled(f, slices.Concat(good("authorization", "content-type", "x-csrftoken"),
				[]entry{{"Cookie", ""}, {"host", ""}, {"sec-fetch-mode", ""}})), false)
		},
		func(f *sketch) {
			f.list(f.either("CORS_ORIGIN_REGEX_WHITELIST", "CORS_ALLOWED_ORIGIN_REGEXES"), "CORS_ALLOWED_ORIGIN_REGEXES", shuffled(f, []entry{
				{`^https://[a-z]+\.example\.org$`, `^https://[a-z]+\.example\.org$`},
				{`^https://a\.example\.net`, `^https://a\.example\.net$`},
				{`^https://www.example.info$`, `^https://www\.example\.info$`},
				{`^https://b.example.biz`, `^https://b\.example\.biz$`},
			}), false)
		},
		func(f *sketch) {
			f.set(f.either("OTHER", "other"), "{ a = [nan, 1979-05-27T07:32:00Z], 'b c' = 'x/' }", map[string]any{})
		},
	}
	r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	for _, part := range parts {
		if f := s.main; f.one(2) {
			part(f)
		} else {
			part(rest)
		}
	}
	return s
}

func (s *sketch) either(a, b string) string {
	if s.one(2) {
		return a
	}
	return b
}

func shuffled(s *sketch, entries []entry) []entry {
	s.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	return entries[:s.IntN(len(entries)+1)]
}

// chain has the CORS middleware anywhere.
func chain(f *sketch) {
	links := good(corsLink, "gate.Middleware", "door.Middleware")
	f.Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
	f.list("MIDDLEWARE", "MIDDLEWARE", links, links[0].is != corsLink)
}

// origins are a list of which some are not as a browser sends them, and some
// stand there twice.
func origins(f *sketch) []entry {
	var all []entry
	for i := range f.IntN(6) {
		origin := fmt.Sprintf("https://h%d.example.com", i)
		wrong := []string{origin, origin, origin + "/", origin + ":443", strings.ToUpper(origin), "https://me:hunter2@" + origin[len("https://"):], origin + "/a?b#c"}
		all = append(all, entry{wrong[f.IntN(len(wrong))], origin})
		if f.one(3) {
			all = append(all, entry{origin, ""})
			if all[len(all)-2].is != origin { // then the first is taken out instead
				all[len(all)-2].should, all[len(all)-1].should = "", origin
			}
		}
	}
	return all
}

// check --fix mends all that it can and nothing else, whatever the files look
// like.
func TestFixProperty(t *testing.T) {
	for seed := range uint64(120) {
		s := newSite(rand.New(rand.NewPCG(seed, 1)))
		t.Run(fmt.Sprint(seed), func(t *testing.T) { s.test(t) })
	}
}

func (s *site) test(t *testing.T) {
	dir := t.TempDir()
	files := map[string]*sketch{"settings.toml": s.main}
	if s.base != nil {
		files["base.toml"] = s.base
	}
	for name, f := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(f.text.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	shown := manage(t, "check", "--diff", "--settings", filepath.Join(dir, "settings.toml"))
	shown += manage(t, "check", "--format", "json", "--settings", filepath.Join(dir, "settings.toml"))
	for name, f := range files {
		if data, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(data) != f.text.String() {
			t.Errorf("--diff changes %s to\n%s", name, data)
		}
	}
	first := manage(t, "check", "--fix", "--settings", filepath.Join(dir, "settings.toml"))
	mended := map[string]string{}
	for name, f := range files {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		mended[name] = string(data)
		f.compare(t, mended[name])
	}
	if strings.Contains(shown+first, "hunter2") {
		t.Errorf("a password is shown:\n%s%s", shown, first)
	}
	if again := manage(t, "check", "--fix", "--settings", filepath.Join(dir, "settings.toml")); strings.Contains(again, "fixed") {
		t.Errorf("the second time:\n%s", again)
	}
	for name := range files {
		if data, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(data) != mended[name] {
			t.Errorf("the second time %s changes to\n%s", name, data)
		}
	}
	for _, m := range judge(t, filepath.Join(dir, "settings.toml")) {
		if m.Fixes != nil {
			t.Errorf("left: %s", m)
		}
	}
	if t.Failed() {
		for name, f := range files {
			t.Logf("%s was\n%s\nand is\n%s", name, f.text.String(), mended[name])
		}
		t.Logf("output:\n%s", first)
	}
}

// compare fails unless the text is the sketch's with what is to be mended, and
// with nothing else.
func (s *sketch) compare(t *testing.T, text string) {
	t.Helper()
	var got map[string]any
	if _, err := toml.Decode(strings.TrimPrefix(text, "\ufeff"), &got); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	for _, name := range []string{"OTHER", "other"} { // decoded as what it was before
		if _, ok := s.want[name]; ok {
			var was map[string]any
			_, _ = toml.Decode(strings.TrimPrefix(s.text.String(), "\ufeff"), &was)
			s.want[name] = was[name]
		}
	}
	if diff := cmp.Diff(s.want, got, cmpopts.EquateNaNs()); diff != "" {
		t.Errorf("the values (-want +got):\n%s", diff)
	}
	comments := func(text string) []string {
		found := regexp.MustCompile(`#( why)? \d+ [^\r\n]*`).FindAllString(text, -1)
		found = slices.DeleteFunc(found, func(c string) bool { return s.gone[strings.TrimRight(c, " \t\r")] || s.gone[c] })
		slices.Sort(found)
		return found
	}
	if diff := cmp.Diff(comments(s.text.String()), comments(text)); diff != "" {
		t.Errorf("the comments (-before +after):\n%s", diff)
	}
	var lines []string
	for line := range strings.SplitAfterSeq(text, "\n") {
		lines = append(lines, squeezed(line))
	}
	for _, line := range s.untouched() {
		i := slices.Index(lines, line)
		if i < 0 {
			t.Errorf("the line %q is gone or stands elsewhere", line)
			continue
		}
		lines = lines[i+1:]
	}
	if crlf := strings.Contains(s.text.String(), "\r\n"); crlf != strings.Contains(text, "\r\n") || crlf && strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Errorf("line endings are mixed")
	}
}

// registry has corsheaders and middleware to stand in front of it.
func registry() *settled.Registry {
	var r settled.Registry
	r.Register("corsheaders", corsheaders.NewApp)
	r.Register("gate", func() settled.App { return plain{links: []string{"gate.Middleware"}, is: middleware.Redirects} })
	r.Register("door", func() settled.App { return plain{links: []string{"door.Middleware"}, is: middleware.Authenticates} })
	return &r
}

// manage runs a command and returns what it prints.
func manage(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	p := command.Program{Name: "manage", Setup: registry().Setup, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out}
	p.Run(context.Background(), args)
	return out.String()
}

// judge is all that check finds.
func judge(t *testing.T, name string) checks.Messages {
	t.Helper()
	f, err := settings.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := registry().Setup(f)
	return p.Check(settled.Selection{})
}
