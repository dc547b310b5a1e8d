// Command static-rounds compares servers of static files: a Settled site with
// WhiteNoise, nginx and Caddy, as far as they are installed, with one folder. Each
// server is a process of its own, on a port of the loopback. In every round each
// has its turn, in shuffled order, and is compared with Settled in the same
// round; the median over the rounds counts.
//
//	go run ./static-rounds -rounds 25 -round 500ms
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

// An options is what the flags say.
type options struct {
	rounds, connections int
	round               time.Duration
}

func main() {
	log.SetFlags(0)
	var o options
	serve := flag.String("serve", "", "serve that folder with Settled; for this command's own use")
	flag.IntVar(&o.rounds, "rounds", 25, "number of rounds for each kind of request")
	flag.DurationVar(&o.round, "round", 500*time.Millisecond, "length of a server's turn in a round")
	flag.IntVar(&o.connections, "connections", 16, "keep-alive connections to a server")
	flag.Parse()
	err := o.run
	if *serve != "" {
		err = func() error { return beSettled(*serve, os.Stdin, os.Stdout) }
	}
	if err := err(); err != nil {
		log.Fatal(err)
	}
}

func (o options) run() error {
	dir, err := os.MkdirTemp("", "static-rounds")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	root, err := plant(dir)
	if err != nil {
		return err
	}
	servers, err := startAll(dir, root)
	for _, s := range servers {
		defer s.stop()
	}
	if err != nil {
		return err
	}
	fmt.Printf("%s, %s/%s, %d CPUs, %s; %d rounds of %v, %d connections\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), time.Now().Format(time.DateOnly), o.rounds, o.round, o.connections)
	fmt.Println("| request | server | requests/s | of Settled's | middle half |")
	fmt.Println("|---|---|--:|--:|--:|")
	for _, k := range kinds() {
		if err := o.compare(k, servers); err != nil {
			return err
		}
	}
	return nil
}

// compare measures one kind of request on all servers.
func (o options) compare(k kind, servers []*server) error {
	rates := make([][]float64, len(servers))
	for range o.rounds {
		for _, i := range rand.Perm(len(servers)) {
			rate, err := load(servers[i].address, k, o.connections, o.round)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", servers[i].name, k.name, err)
			}
			rates[i] = append(rates[i], rate)
		}
	}
	for i, s := range servers {
		ratios := make([]float64, o.rounds)
		for round := range ratios {
			ratios[round] = rates[i][round] / rates[0][round]
		}
		fmt.Printf("| %s | %s | %.0f | %.3f | %.2f-%.2f |\n", k.name, s.name, quantile(rates[i], 0.5),
			quantile(ratios, 0.5), quantile(ratios, 0.25), quantile(ratios, 0.75))
	}
	return nil
}

func quantile(figures []float64, q float64) float64 {
	return slices.Sorted(slices.Values(figures))[int(q*float64(len(figures)-1)+0.5)]
}
