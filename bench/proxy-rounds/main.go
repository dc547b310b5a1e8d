// Command proxy-rounds compares proxies in front of one server: Settled's, as manage
// runserver has it, those of caddy and nginx where they are installed, and
// httputil.ReverseProxy alone. Each is a process of its own, and so is the server. In
// every round each has its turn with each kind of request, in shuffled order, and is
// compared with httputil.ReverseProxy in the same round; the median over the rounds
// counts.
//
//	go run ./proxy-rounds -rounds 25 -round 1s
package main

import (
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"net/http"
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
	serve := flag.String("serve", "", "be that server: origin or bare; for this command's own use")
	address := flag.String("address", "", "where to serve; for this command's own use")
	behind := flag.String("behind", "", "the server behind; for this command's own use")
	flag.IntVar(&o.rounds, "rounds", 25, "number of rounds")
	flag.DurationVar(&o.round, "round", time.Second, "length of a turn")
	flag.IntVar(&o.connections, "connections", 16, "keep-alive connections to a proxy")
	flag.Parse()
	err := o.run
	switch *serve {
	case "origin":
		err = func() error { return http.ListenAndServe(*address, origin()) }
	case "bare":
		err = func() error { return http.ListenAndServe(*address, bare(*behind)) }
	}
	if err := err(); err != nil {
		log.Fatal(err)
	}
}

// A kind is one of the requests that are measured.
type kind struct {
	title, path, origin string
}

var kinds = []kind{
	{"small answer", "/small", ""},
	{"100 KB", "/large", ""},
	{"small answer, CORS", "/small", "https://app.example.com"},
}

// A turn is what was measured of a proxy.
type turn struct {
	rate float64 // requests a second
	cpu  float64 // the proxy's seconds of CPU a request; 0: unknown
}

func (o options) run() error {
	dir, err := os.MkdirTemp("", "proxy-rounds")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	all, stop, err := start(dir)
	defer stop()
	if err != nil {
		return err
	}
	turns := make([][][]turn, len(kinds)) // by kind, proxy, round
	for k := range turns {
		turns[k] = make([][]turn, len(all))
	}
	for range o.rounds {
		for _, k := range rand.Perm(len(kinds)) {
			for _, i := range rand.Perm(len(all)) {
				t, err := o.turn(all[i], kinds[k])
				if err != nil {
					return fmt.Errorf("%s, %s: %w", all[i].title, kinds[k].title, err)
				}
				turns[k][i] = append(turns[k][i], t)
			}
		}
	}
	o.print(all, turns)
	return nil
}

func (o options) turn(p *proxy, k kind) (turn, error) {
	before := p.cpu()
	n, taken, err := load(p.address, k, o.connections, o.round)
	if err != nil {
		return turn{}, err
	}
	return turn{float64(n) / taken.Seconds(), (p.cpu() - before).Seconds() / float64(n)}, nil
}

func (o options) print(all []*proxy, turns [][][]turn) {
	fmt.Printf("%s, %s/%s, %d CPUs, %s; %d rounds of %v, %d connections\n", runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), time.Now().Format(time.DateOnly), o.rounds, o.round, o.connections)
	for k, kind := range kinds {
		fmt.Printf("\n%s\n\n", kind.title)
		fmt.Println("| proxy | requests/s | of ReverseProxy alone | middle half | CPU a request, of ReverseProxy alone |")
		fmt.Println("|---|--:|--:|--:|--:|")
		for i, p := range all {
			var rates, ratios, cpus []float64
			for round, t := range turns[k][i] {
				first := turns[k][0][round]
				rates = append(rates, t.rate)
				ratios = append(ratios, t.rate/first.rate)
				cpus = append(cpus, t.cpu/first.cpu)
			}
			fmt.Printf("| %s | %.0f | %.3f | %.2f-%.2f | %.3f |\n", p.title, quantile(rates, 0.5),
				quantile(ratios, 0.5), quantile(ratios, 0.25), quantile(ratios, 0.75), quantile(cpus, 0.5))
		}
	}
}

func quantile(figures []float64, q float64) float64 {
	return slices.Sorted(slices.Values(figures))[int(q*float64(len(figures)-1)+0.5)]
}
