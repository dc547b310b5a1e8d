package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/settled-go/settled/bench"
)

// builds are how often each list is built; the fastest counts.
const builds = 5

// build is the time and the memory for a list of each size.
func (o options) build(out io.Writer) error {
	candidates := bench.Candidates()
	fmt.Fprint(out, "\n## Building: time; heap that stays, an origin, without the list itself\n\n| listed origins |")
	for _, c := range candidates {
		fmt.Fprintf(out, " %s |", c.Name)
	}
	fmt.Fprintf(out, "\n|---|%s\n", strings.Repeat("--:|", len(candidates)))
	for _, size := range o.sizes {
		fastest, err := fastestBuilds(candidates, bench.Policy{Origins: bench.Origins(size)})
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "| %d |", size)
		for _, b := range fastest {
			fmt.Fprintf(out, " %s, %.0f B |", duration(float64(b.Time)), float64(b.Bytes)/float64(size))
		}
		fmt.Fprintln(out)
	}
	return nil
}

// fastestBuilds goes round the candidates. Each has been built once before, so
// that what a process does only once is not counted.
func fastestBuilds(candidates []bench.Candidate, p bench.Policy) ([]bench.Built, error) {
	fastest := make([]bench.Built, len(candidates))
	for range 1 + builds {
		for i, c := range candidates {
			b, err := bench.Build(c, p, bench.Empty())
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.Name, err)
			}
			b.Handler = nil
			if fastest[i].Time == 0 || b.Time < fastest[i].Time {
				fastest[i] = b
			}
			time.Sleep(10 * time.Millisecond) // the machine may be at another speed then
		}
	}
	return fastest, nil
}
