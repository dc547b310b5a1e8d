// Package baseline is the file of findings that a team has accepted, so that
// only new ones count.
package baseline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"

	"github.com/settled-go/settled/internal/atomicfile"
)

// version is that of the file's layout.
const version = 1

// An Entry is an accepted finding. It says nothing of lines, so that it still
// holds when the file grows above it.
type Entry struct {
	// File is where the finding is: a slash-separated path that starts at the
	// directory of the baseline. Variable is the environment variable where it
	// is instead.
	File     string `json:"file,omitempty"`
	Variable string `json:"variable,omitempty"`
	ID       string `json:"id"`
	Setting  string `json:"setting,omitempty"` // its name
	Text     string `json:"text"`
}

// A Baseline is what has been accepted. Of two equal findings each needs an
// entry of its own.
type Baseline []Entry

// layout is what the file holds.
type layout struct {
	Version  *int     `json:"version"`
	Findings Baseline `json:"findings"`
}

// Write replaces the file. What it writes depends on the set of entries alone.
func (b Baseline) Write(path string) error {
	sorted := append(Baseline{}, b...) // "[]" and not "null" when there are none
	slices.SortFunc(sorted, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Variable, b.Variable), cmp.Compare(a.ID, b.ID),
			cmp.Compare(a.Setting, b.Setting), cmp.Compare(a.Text, b.Text))
	})
	number := version
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(layout{&number, sorted}); err != nil {
		return err
	}
	return atomicfile.Write(path, out.Bytes())
}

// Match says of each finding whether the baseline has it, and returns the
// entries that none of the findings is.
func (b Baseline) Match(found []Entry) (accepted []bool, left Baseline) {
	count := map[Entry]int{}
	for _, entry := range b {
		count[entry]++
	}
	accepted = make([]bool, len(found))
	for i, entry := range found {
		if count[entry] > 0 {
			count[entry]--
			accepted[i] = true
		}
	}
	for _, entry := range b {
		if count[entry] > 0 {
			count[entry]--
			left = append(left, entry)
		}
	}
	return accepted, left
}
