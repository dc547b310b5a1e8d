package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"github.com/settled-go/settled/checks"
)

// sarifMessage is what is wrong, and on a line of its own what to do.
func sarifMessage(m checks.Message) sarifText {
	text := m.Text
	if m.Hint != "" {
		text += "\nHint: " + m.Hint
	}
	return sarifText{Text: plainText(text)}
}

// link is what a viewer takes for a link in a message (SARIF, section 3.11.6).
var link = regexp.MustCompile(`\[([^\[\]]*)\]\(`)

// plainText escapes what has a meaning in the text of a message: braces, which
// are for placeholders (section 3.11.5), and what looks like a link.
func plainText(text string) string {
	text = strings.NewReplacer("{", "{{", "}", "}}").Replace(text)
	return link.ReplaceAllString(text, `\[$1\](`)
}

// markdownLink is a link, of which plain text keeps the words.
var markdownLink = regexp.MustCompile(`\[([^\[\]]*)\]\([^()]*\)`)

// firstParagraph is that of a Markdown text, on one line.
func firstParagraph(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n\n")
	return strings.Join(strings.Fields(markdownLink.ReplaceAllString(text, "$1")), " ")
}

// fingerprintName says how fingerprints are made: a new way is a new name.
const fingerprintName = "settledFinding/v1"

// fingerprint is the same for a result as long as it is about the same: it
// knows nothing of lines, nor of the index in a list. Of equal results the
// second has another one than the first.
func (s *sarif) fingerprint(m checks.Message) string {
	file := m.At.File
	if s.variable(m.At) == "" {
		file, _ = s.relative(file)
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{m.ID, file, m.Setting.Name(), m.Text}, "\x00")))
	hash := hex.EncodeToString(sum[:16])
	s.seen[hash]++
	return fmt.Sprintf("%s:%d", hash, s.seen[hash])
}
