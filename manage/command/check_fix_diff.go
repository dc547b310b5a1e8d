package command

import (
	"bufio"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/aymanbagabas/go-udiff"
	"github.com/settled-go/settled/internal/printable"
)

// printDiff shows what fixes would change.
func (r *run) printDiff(m *mending) error {
	w := bufio.NewWriter(r.Stdout)
	for _, f := range m.files {
		f.printDiff(w, r.options.color(r.Stdout))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(r.Stderr, "%s in %s would be fixed.\n", count(len(m.done), "issue"), count(len(m.files), "file"))
	return nil
}

// printDiff writes a unified diff. Which lines differ is decided by what the
// files hold; what is shown of them hides secrets.
func (f repair) printDiff(w io.Writer, color bool) {
	before, after := f.before.Lines(f.Name), f.after.Lines(f.afterName)
	name := strings.TrimPrefix(printable.Line(filepath.ToSlash(filepath.Clean(f.Name))), "/")
	fmt.Fprintln(w, paint(color, bold, "--- a/"+name))
	fmt.Fprintln(w, paint(color, bold, "+++ b/"+name))
	hunks := udiff.Unified("", "", f.Old, f.New)
	_, hunks, _ = strings.Cut(hunks, "@@")
	i, j := 0, 0
	for line := range strings.Lines("@@" + hunks) {
		end := "\n"
		if strings.HasSuffix(line, "\r\n") {
			end = "\r\n"
		}
		code, text := plain, line[:1]
		switch line[0] {
		case '@':
			i, j = hunkStart(line)
			code, text = "36", strings.TrimSuffix(line, "\n")
		case ' ':
			text += before[i-1]
			i, j = i+1, j+1
		case '-':
			code, text = roleError, text+before[i-1]
			i++
		case '+':
			code, text = roleSuccess, text+after[j-1]
			j++
		default: // "\ No newline at end of file"
			text = strings.TrimSuffix(line, "\n")
		}
		fmt.Fprint(w, paint(color, code, text), end)
	}
}

// hunkStart is where a hunk begins in the two texts: "@@ -8,7 +8 @@".
func hunkStart(line string) (before, after int) {
	from, to, _ := strings.Cut(line, " +")
	_, _ = fmt.Sscanf(from, "@@ -%d", &before)
	_, _ = fmt.Sscanf(to, "%d", &after)
	return before, after
}
