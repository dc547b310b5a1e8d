package settled_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settledtest"
)

//go:generate env SETTLEDTEST_UPDATE_DOCS=1 go test -run TestReference .

// The pages about checks and settings, and the JSON Schema, say what the code
// says. SETTLEDTEST_UPDATE_DOCS=1 writes them anew.
func TestReference(t *testing.T) {
	p, _ := settledtest.Setup(t, exampleApps, "")
	for name, want := range map[string]string{
		"docs/checks.md":            checksPage(t, p),
		"docs/settings.md":          settingsPage(p),
		"docs/settings.schema.json": schemaFile(t, p),
		"docs/commands.md":          commandsPage(t),
	} {
		if os.Getenv("SETTLEDTEST_UPDATE_DOCS") != "" {
			if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
				t.Error(err)
			}
			continue
		}
		got, err := os.ReadFile(name)
		if diff := cmp.Diff(want, string(got)); diff != "" || err != nil {
			t.Errorf("%s is not what the code says: run go generate . (%v, -want +got):\n%s", name, err, diff)
		}
	}
}

// What the page of checks links to is on the page of settings.
func TestReferenceLinks(t *testing.T) {
	p, _ := settledtest.Setup(t, exampleApps, "")
	page := settingsPage(p)
	for _, m := range regexp.MustCompile(`\[([A-Z_]+)\]\(settings\.md#`).FindAllStringSubmatch(checksPage(t, p), -1) {
		if !regexp.MustCompile(`(?m)^#+ ` + m[1] + `$`).MatchString(page) {
			t.Errorf("settings.md has no heading %s", m[1])
		}
	}
}

const madeBy = "<!-- Made by go generate from the pages of the apps, the rows of checks and the settings structs. Don't edit it. -->\n\n"

func schemaFile(t *testing.T, p *settled.Project) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(p.Schema()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const checksIntro = `# Checks

What ` + "`manage check`" + ` finds, by id. An id keeps its meaning for ever, and its letter is its level: C critical, E error, W warning, I
info. ` + "`manage check --explain ID`" + ` prints the same.

- A **finding** fails ` + "`check`" + ` if it is an error, and keeps ` + "`runserver`" + ` from starting. It can be silenced with
  [SILENCED_SYSTEM_CHECKS](settings.md#silenced_system_checks), and skipped.
- What is **refused** no project may do: nothing starts, and it can't be silenced or skipped.
- What is **impossible** leaves nothing to start: a syntax error, an unknown app. It can't be silenced or skipped either.

`

func checksPage(t *testing.T, p *settled.Project) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(madeBy + checksIntro)
	app := ""
	for _, page := range p.Pages() {
		if page.App != app {
			app = page.App
			fmt.Fprintf(&b, "\n| %s | |\n|---|---|\n", app)
		}
		fmt.Fprintf(&b, "| [%s](#%s) | %s |\n", page.ID, anchor(page.ID), page.Title)
	}
	b.WriteByte('\n')
	for _, page := range p.Pages() {
		fmt.Fprintf(&b, "## %s\n\n**%s**\n\n%s\n\n%s\n\n", page.ID, page.Title, properties(page), linked(p, page.Text))
		if sample := sampleOf(t, page.ID); sample != "" {
			fmt.Fprintf(&b, "```text\n%s\n```\n\n", sample)
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// idInText is an id that a text speaks of.
var idInText = regexp.MustCompile("([ (\\n])`?([a-z]+\\.[CEWID][0-9]{3})`?([ .,;:)\\n])")

// linked makes links of the ids in a text.
func linked(p *settled.Project, text string) string {
	return idInText.ReplaceAllStringFunc(text, func(found string) string {
		m := idInText.FindStringSubmatch(found)
		if _, known := p.Page(m[2]); !known {
			return found
		}
		return fmt.Sprintf("%s[%s](#%s)%s", m[1], m[2], anchor(m[2]), m[3])
	})
}

// anchor is how GitHub calls a heading.
func anchor(heading string) string {
	return strings.ReplaceAll(strings.ToLower(heading), ".", "")
}

// properties are what a page's row says, on one line.
func properties(page settled.Page) string {
	class := map[checks.Class]string{checks.Finding: "finding", checks.Refused: "refused", checks.Unbuildable: "impossible"}
	parts := []string{page.Level().String(), class[page.Check.Class], "tag " + strings.Join(page.Check.Tags, ", ")}
	if names := page.Check.Settings; len(names) > 0 {
		links := make([]string, len(names))
		for i, name := range names {
			links[i] = fmt.Sprintf("[%s](settings.md#%s)", name, anchor(name))
			if slices.Contains(djangos, name) { // no app here has it
				links[i] = "`" + name + "`"
			}
		}
		parts = append(parts, "reads "+strings.Join(links, ", "))
	}
	if page.Check.Deploy {
		parts = append(parts, "with `--deploy` only")
	}
	if page.Check.Develop {
		parts = append(parts, "without `--deploy` only")
	}
	if page.Check.Fixable {
		parts = append(parts, "`check --fix` can mend it")
	}
	return strings.Join(parts, " · ")
}

// sampleOf is the message with an id as its script has it.
func sampleOf(t *testing.T, id string) string {
	t.Helper()
	script, err := txtar.ParseFile(filepath.Join(scripts, id+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range script.Files {
		if !strings.HasPrefix(file.Name, "want") {
			continue
		}
		for block := range strings.SplitSeq(string(file.Data), "\n\n") {
			if sample := messageIn(block, id); sample != "" {
				return sample
			}
		}
	}
	return ""
}

// messageIn is the first message with an id among those of a block of a report,
// with its source and its hint.
func messageIn(block, id string) string {
	var sample []string
	for _, line := range strings.Split(block, "\n") {
		switch isFirst := !strings.HasPrefix(line, " "); {
		case isFirst && len(sample) > 0:
			return strings.Join(sample, "\n")
		case isFirst && strings.HasSuffix(line, "("+id+")"), !isFirst && len(sample) > 0:
			sample = append(sample, line)
		}
	}
	return strings.Join(sample, "\n")
}

const settingsIntro = `# Settings

All settings of the apps that come with Settled. ` + "`manage settings show NAME`" + ` prints the same with the value in a project and its
place, and [settings.example.toml](../settings.example.toml) has them all in one file.
[settings.schema.json](settings.schema.json) is the same for editors; see [Editor support](../README.md#editor-support).

From the environment, ` + "`SETTLED_`" + ` and the name overrides a setting.

`

func settingsPage(p *settled.Project) string {
	var b strings.Builder
	b.WriteString(madeBy + settingsIntro)
	for _, s := range p.Settings() {
		fmt.Fprintf(&b, "## %s\n\n%s\n\n", s.Name, codeNames(s.Doc))
		if s.Removed {
			b.WriteString("It has been removed, and any value is an error.\n\n")
		} else {
			fmt.Fprintf(&b, "- type: %s\n- app: %s\n", s.Type, s.App)
		}
		if s.Alias != "" {
			fmt.Fprintf(&b, "- old name: %s\n", s.Alias)
		}
		writeEntries(&b, "", s.Entries)
		if ids := readers(p, s.Name); len(ids) > 0 {
			fmt.Fprintf(&b, "- checks: %s\n", strings.Join(ids, ", "))
		}
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// writeEntries writes the entries of a table, with those of the tables in it.
func writeEntries(b *strings.Builder, above string, entries []settled.Setting) {
	for _, e := range entries {
		fmt.Fprintf(b, "- `%s%s`: %s. %s\n", above, e.Name, e.Type, e.Doc)
		writeEntries(b, above+e.Name+".", e.Entries)
	}
}

// codeNames keeps what is special in Markdown from being so.
func codeNames(doc string) string {
	return strings.NewReplacer("*", `\*`, "_", `\_`, "<", `\<`).Replace(doc)
}

// readers are links to the checks that read a setting.
func readers(p *settled.Project, name string) []string {
	var links []string
	for _, page := range p.Pages() {
		for _, setting := range page.Check.Settings {
			if setting == name {
				links = append(links, fmt.Sprintf("[%s](checks.md#%s)", page.ID, anchor(page.ID)))
			}
		}
	}
	return links
}
