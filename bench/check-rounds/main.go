// Command check-rounds compares manage check, as a whole process, with what
// nginx and Caddy have: nginx -t and caddy validate, with configurations that do
// the same as the quickstart's settings. In every round each has its turn, in
// shuffled order, and is compared with nginx -t in the same round; the median
// over the rounds counts. What is not installed is left out.
//
// A second table shows long lists, compared with the shortest.
//
//	go run ./check-rounds -rounds 100
package main

import (
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"time"
)

func main() {
	log.SetFlags(0)
	rounds := flag.Int("rounds", 60, "number of rounds")
	flag.Parse()
	if err := run(*rounds); err != nil {
		log.Fatal(err)
	}
}

func run(rounds int) error {
	dir, err := os.MkdirTemp("", "check-rounds")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	typical, long, err := subjects(dir)
	if err != nil {
		return err
	}
	fmt.Printf("%s, %s/%s, %d CPUs, %s; %d rounds\n", runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), time.Now().Format(time.DateOnly), rounds)
	if err := compare(typical, rounds); err != nil {
		return err
	}
	return compare(long, max(1, rounds/6))
}

// compare runs the subjects in rounds and prints a table. The first one is what
// the others are compared with.
func compare(all []subject, rounds int) error {
	turns := make([][]turn, len(all))
	for round := range rounds + 1 {
		for _, i := range rand.Perm(len(all)) {
			t, err := all[i].turn()
			if err != nil {
				return err
			}
			if round > 0 { // the first one finds cold caches
				turns[i] = append(turns[i], t)
			}
		}
	}
	fmt.Printf("\n| command | time | fast state | of %s | middle half | CPU time, of the same | memory |\n", all[0].title)
	fmt.Println("|---|--:|--:|--:|--:|--:|--:|")
	for i, s := range all {
		var walls, ratios, cpus []float64
		for round, t := range turns[i] {
			walls = append(walls, t.wall.Seconds()*1000)
			ratios = append(ratios, t.wall.Seconds()/turns[0][round].wall.Seconds())
			cpus = append(cpus, t.cpu.Seconds()/turns[0][round].cpu.Seconds())
		}
		fmt.Printf("| %s | %.1f ms | %.1f ms | %.2f | %.2f-%.2f | %.2f | %s |\n", s.title, quantile(walls, 0.5), quantile(walls, 0.1),
			quantile(ratios, 0.5), quantile(ratios, 0.25), quantile(ratios, 0.75), quantile(cpus, 0.5), s.memory())
	}
	return nil
}

func quantile(figures []float64, q float64) float64 {
	return slices.Sorted(slices.Values(figures))[int(q*float64(len(figures)-1)+0.5)]
}
