// Command serve-rounds compares servers: net/http alone, behind each candidate,
// and as a whole Settled site. Each server is a process of its own. In every
// round each has its turn, in shuffled order, and is compared with net/http alone
// in the same round; the median over the rounds counts.
//
//	go run ./serve-rounds -rounds 25 -round 1s
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
	serve := flag.String("serve", "", "be the server of that name; for this command's own use")
	flag.IntVar(&o.rounds, "rounds", 25, "number of rounds")
	flag.DurationVar(&o.round, "round", time.Second, "length of a server's turn in a round")
	flag.IntVar(&o.connections, "connections", 16, "keep-alive connections to a server")
	flag.Parse()
	err := o.run
	if *serve != "" {
		err = func() error { return beServer(*serve) }
	}
	if err := err(); err != nil {
		log.Fatal(err)
	}
}

// A turn is what was measured of a server in a round.
type turn struct {
	rate float64 // requests a second
	cpu  float64 // the server's seconds of CPU a request; 0: unknown
}

func (o options) run() error {
	all := servers()
	children := make([]*child, len(all))
	for i, s := range all {
		c, err := start(s.name)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		defer c.stop()
		children[i] = c
	}
	turns := make([][]turn, len(all))
	for range o.rounds {
		for _, i := range rand.Perm(len(all)) {
			t, err := o.turn(children[i])
			if err != nil {
				return fmt.Errorf("%s: %w", all[i].name, err)
			}
			turns[i] = append(turns[i], t)
		}
	}
	o.print(all, turns)
	return nil
}

func (o options) turn(c *child) (turn, error) {
	before, err := c.cpu()
	if err != nil {
		return turn{}, err
	}
	n, taken, err := load(c.address, o.connections, o.round)
	if err != nil {
		return turn{}, err
	}
	after, err := c.cpu()
	return turn{float64(n) / taken.Seconds(), (after - before).Seconds() / float64(n)}, err
}

func (o options) print(all []server, turns [][]turn) {
	fmt.Printf("%s, %s/%s, %d CPUs, %s; %d rounds of %v, %d connections\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), time.Now().Format(time.DateOnly), o.rounds, o.round, o.connections)
	fmt.Println("| server | requests/s | of net/http alone | middle half | CPU a request, of net/http alone |")
	fmt.Println("|---|--:|--:|--:|--:|")
	for i, s := range all {
		var rates, ratios, cpus []float64
		for round, t := range turns[i] {
			rates = append(rates, t.rate)
			ratios = append(ratios, t.rate/turns[0][round].rate)
			cpus = append(cpus, t.cpu/turns[0][round].cpu)
		}
		fmt.Printf("| %s | %.0f | %.3f | %.2f-%.2f | %.3f |\n", s.title, quantile(rates, 0.5),
			quantile(ratios, 0.5), quantile(ratios, 0.25), quantile(ratios, 0.75), quantile(cpus, 0.5))
	}
}

func quantile(figures []float64, q float64) float64 {
	return slices.Sorted(slices.Values(figures))[int(q*float64(len(figures)-1)+0.5)]
}

// beServer prints the address and serves until its input ends.
func beServer(name string) error {
	i := slices.IndexFunc(servers(), func(s server) bool { return s.name == name })
	if i < 0 {
		return fmt.Errorf("there is no server %q", name)
	}
	return answer(servers()[i], os.Stdin, os.Stdout)
}
