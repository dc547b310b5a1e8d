// Command matrix measures the candidates side by side and prints Markdown
// tables: the matrix of requests and sizes, handlers that set headers, building,
// and lookups that miss the caches.
//
//	go run ./matrix -sizes 1,10,1000 -passes 500
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/settled-go/settled/bench"
)

// An options is what the flags say.
type options struct {
	sizes  []int
	sweeps int
	rr     bench.RoundRobin
	only   string
}

func main() {
	log.SetFlags(0)
	o, err := parse(os.Args[1:])
	if err != nil {
		log.Fatal(err)
	}
	if err := o.run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("matrix", flag.ExitOnError)
	sizes := flags.String("sizes", "1,2,10,100,1000,100000,1000000", "numbers of listed origins")
	flags.IntVar(&o.sweeps, "sweeps", 8, "how often all requests of a size are gone through")
	flags.IntVar(&o.rr.Passes, "passes", 250, "slices of each candidate in a sweep")
	flags.DurationVar(&o.rr.Slice, "slice", 200*time.Microsecond, "length of a slice, at most")
	flags.StringVar(&o.only, "only", "matrix,credentials,handlers,build,cold", "the parts to measure")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	for text := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return o, fmt.Errorf("-sizes: %q is not a number above 0", text)
		}
		o.sizes = append(o.sizes, n)
	}
	if o.sweeps < 1 || o.rr.Passes < 1 || o.rr.Slice <= 0 {
		return o, fmt.Errorf("-sweeps, -passes and -slice have to be above 0")
	}
	return o, nil
}

func (o options) run(out io.Writer) error {
	fmt.Fprintf(out, "%s, %s/%s, %d CPUs, %s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), time.Now().Format(time.DateOnly))
	parts := []struct {
		name string
		run  func(io.Writer) error
	}{
		{"matrix", o.matrix}, {"credentials", o.credentials}, {"handlers", o.handlers},
		{"build", o.build}, {"cold", o.cold},
	}
	for _, part := range parts {
		if !strings.Contains(o.only, part.name) {
			continue
		}
		if err := part.run(out); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}
