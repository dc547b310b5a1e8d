package settled_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// Whoever reads "no issues" can rely on it: whatever settings are generated,
// when check finds nothing in them, the site answers no stranger, and everybody
// who is listed. And whatever check finds is so.
func TestTrust(t *testing.T) {
	quiet(t)
	count := map[string]int{}
	for seed := range uint64(400) {
		newTrial(t, &dice{Rand: rand.New(rand.NewPCG(seed, 2))}).run(count)
	}
	for _, kind := range []string{"clean", "clean with regexes", "clean with origins", "clean with credentials", "refused", "claims of who gets in", "mended"} {
		if count[kind] < 20 {
			t.Errorf("%d projects: %s", count[kind], kind)
		}
	}
	t.Log(count)
}

// quiet keeps the stacks of views that panic out of the log.
func quiet(t testing.TB) {
	before := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	t.Cleanup(func() { slog.SetDefault(before) })
}

// A trial is a generated project, set up, checked and started.
type trial struct {
	*testing.T
	*plan
	dice    *dice
	text    written
	project *settled.Project
	found   checks.Messages // with and without --deploy
	handler http.Handler    // nil when the site was refused
}

func newTrial(t *testing.T, d *dice) *trial {
	t.Helper()
	p := newPlan(d)
	c := &trial{T: t, plan: p, dice: d, text: p.write(d)}
	c.setUp()
	return c
}

func (c *trial) setUp() {
	c.Helper()
	name := "settings.toml"
	if c.text.base != "" || strings.Contains(c.text.main, "EXTENDS") {
		dir := c.TempDir()
		name = filepath.Join(dir, name)
		if err := os.WriteFile(filepath.Join(dir, "base.toml"), []byte(c.text.base), 0o666); err != nil {
			c.Fatal(err)
		}
	}
	f, err := settings.Parse(name, []byte(c.text.main), settings.Options{Env: c.text.env})
	if err != nil {
		c.Fatalf("%v in\n%s", err, c.text.main)
	}
	c.project, _ = guarded().Setup(f)
	c.found = slices.Concat(c.project.Check(settled.Selection{}), c.project.Check(settled.Selection{Deploy: true}))
	site, err := c.project.Start(c.Context())
	if err == nil {
		c.handler = site.Handler()
	}
	if refused := slices.ContainsFunc(c.found, func(m checks.Message) bool { return m.Class != checks.Finding }); refused != (err != nil) {
		c.errorf("refused: %v, and Start says %v", refused, err)
	}
}

// errorf tells the settings, too.
func (c *trial) errorf(format string, args ...any) {
	c.Helper()
	c.Errorf("%s\n-- settings.toml --\n%s-- base.toml --\n%s-- environment --\n%s\n-- found --\n%s",
		fmt.Sprintf(format, args...), c.text.main, c.text.base, strings.Join(c.text.env, "\n"), c.report())
}

func (c *trial) report() string {
	var b strings.Builder
	for _, m := range c.found {
		fmt.Fprintf(&b, "%s: %s: %s\n", m.ID, m.Setting, m.Text)
	}
	return b.String()
}

// advice are the ids about what is neither unsafe nor keeps anybody out: old
// names, and what is meant for developers or for all.
var advice = regexp.MustCompile(`^(corsheaders\.(W106|W108|W141|W153|W158)|middleware\.W001)$`)

func (c *trial) clean() bool {
	return !slices.ContainsFunc(c.found, func(m checks.Message) bool {
		return m.Level >= checks.Warning && !advice.MatchString(m.ID)
	})
}

func (c *trial) run(count map[string]int) {
	if c.handler == nil {
		count["refused"]++
	} else {
		count["claims of who gets in"] += c.holdWhoGetsIn()
	}
	c.holdUseless()
	if c.clean() {
		count["clean"]++
		for kind, is := range map[string]bool{"regexes": len(c.regexes) > 0, "origins": len(c.wishes) > 0, "credentials": c.credentials} {
			if is {
				count["clean with "+kind]++
			}
		}
		c.keepsStrangersOut()
		c.letsFriendsIn()
		return
	}
	if c.mend() {
		count["mended"]++
	}
}
