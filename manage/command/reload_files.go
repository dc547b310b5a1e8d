package command

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/printable"
)

// contents are what files hold, by name. A content is the zero one when there is
// no file, or none that can be read twice.
type contents map[string]content

type content struct {
	hash [sha256.Size]byte
	// open says that the text does not end as texts do, so that somebody may
	// still be writing it.
	open bool
}

// maxContent is how much of a file is looked at; more would not be read as
// settings.
const maxContent = 64 << 20

func readContents(names []string) contents {
	c := contents{}
	for _, name := range names {
		c[name] = readContent(name)
	}
	return c
}

func readContent(name string) content {
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		return content{}
	}
	f, err := os.Open(name)
	if err != nil {
		return content{}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxContent))
	if err != nil {
		return content{}
	}
	return content{sha256.Sum256(data), !bytes.HasSuffix(data, []byte("\n"))}
}

// isWhole says that no file looks as if it was still being written.
func (c contents) isWhole() bool {
	for _, one := range c {
		if one.open {
			return false
		}
	}
	return true
}

// differences are the names of the files that have another content in now,
// sorted; all of them for no contents.
func (c contents) differences(now contents) []string {
	var names []string
	for name, one := range now {
		if before, known := c[name]; !known || before != one {
			names = append(names, name)
		}
	}
	for name := range c {
		if _, known := now[name]; !known {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// sentence is names as the beginning of a sentence.
func sentence(names []string) string {
	const most = 3
	shown := make([]string, 0, most)
	for _, name := range names[:min(len(names), most)] {
		shown = append(shown, printable.Line(name))
	}
	switch more := len(names) - most; {
	case more > 0:
		return fmt.Sprintf("%s and %d more", strings.Join(shown, ", "), more)
	case len(names) > 1:
		return strings.Join(shown[:len(shown)-1], ", ") + " and " + shown[len(shown)-1]
	}
	return strings.Join(shown, "")
}

// gist is what tells the findings of two checks apart, wherever they stand.
func gist(ms checks.Messages) string {
	var b strings.Builder
	for _, m := range ms {
		fmt.Fprintf(&b, "%s %s %s\n", m.ID, m.Setting, m.Text)
	}
	return b.String()
}

// took is a duration as people read it.
func took(d time.Duration) string {
	switch ms := float64(d) / float64(time.Millisecond); {
	case ms < 9.95:
		return fmt.Sprintf("%.1f ms", ms)
	case ms < 999.5:
		return fmt.Sprintf("%.0f ms", ms)
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// watched says in the banner what reloads, and why code does not; it is empty
// when nothing does and nobody expects it.
func (s *serving) watched(code bool, why string) string {
	var names []string
	if s.reload != nil {
		names = s.sites.project().Files()
	}
	if code {
		names = append(names, "the code")
	}
	var line string
	if len(names) > 0 {
		line = "Watching for file changes: " + sentence(names) + "."
	}
	if why != "" {
		line = strings.TrimLeft(line+" Changed code does not reload: "+printable.Line(why)+".", " ")
	}
	if line != "" {
		line += "\n"
	}
	return line
}
