// Command reload-rounds measures how soon a change is live, and what it costs
// who asks meanwhile: manage runserver with changed code and with changed
// settings, air (github.com/air-verse/air) with the same code, as it comes and
// without its wait, and a bare go build of the same change.
//
// Each has a project of its own. In every round each has its turn, in shuffled
// order: a change is made, and two strict users ask every 2 ms, one on a
// connection that it keeps and one on new ones, until the change is live and
// half a second longer.
//
//	go run ./reload-rounds -rounds 30
//	go run ./reload-rounds -settings # changed settings alone
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
	rounds := flag.Int("rounds", 30, "number of rounds")
	air := flag.Bool("air", true, "install air, in a temporary folder, and measure it")
	settings := flag.Bool("settings", false, "measure changed settings alone")
	flag.Parse()
	if err := run(*rounds, *air && !*settings, !*settings); err != nil {
		log.Fatal(err)
	}
}

// A subject makes changes live, somehow.
type subject interface {
	title() string
	// turn makes the n-th change and measures what comes of it.
	turn(n int) (turn, error)
	stop()
}

// A turn is what one change was like.
type turn struct {
	live          time.Duration // until the first answer with the change
	gap           time.Duration // the longest time between two answers
	asked, failed int
	never         bool // it was not live until it was made once more; the rest is not known
}

func run(rounds int, withAir, withCode bool) error {
	dir, err := os.MkdirTemp("", "reload-rounds")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	all, err := subjects(dir, withAir, withCode)
	defer func() {
		for _, s := range all {
			s.stop()
		}
	}()
	if err != nil {
		return err
	}
	turns := make([][]turn, len(all))
	for round := range rounds + 1 {
		for _, i := range rand.Perm(len(all)) {
			t, err := all[i].turn(round + 1)
			if err != nil {
				return fmt.Errorf("%s: %w", all[i].title(), err)
			}
			if round > 0 { // the first one finds cold caches
				turns[i] = append(turns[i], t)
			}
		}
	}
	fmt.Printf("%s, %s/%s, %d CPUs, %s; %d rounds\n", runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), time.Now().Format(time.DateOnly), rounds)
	fmt.Println("\n| what | median | worst | beyond the build | longest gap | median gap | requests | failed | never live |")
	fmt.Println("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
	for i, s := range all {
		show(s.title(), turns[i], turns[0], withCode)
	}
	return nil
}

// show prints a row. The build of the same round, if there was one, is what a turn
// is compared with.
func show(title string, turns, builds []turn, built bool) {
	var lives, beyond, gaps []time.Duration
	asked, failed, never := 0, 0, 0
	for round, t := range turns {
		if t.never {
			never++
			continue
		}
		lives = append(lives, t.live)
		beyond = append(beyond, t.live-builds[round].live)
		gaps = append(gaps, t.gap)
		asked += t.asked
		failed += t.failed
	}
	if len(lives) == 0 {
		fmt.Printf("| %s | | | | | | | | %d |\n", title, never)
		return
	}
	more := ""
	if d := median(beyond); built && d >= 0 { // changed settings need no build
		more = ms(d)
	}
	fmt.Printf("| %s | %s | %s | %s | %s | %s | %d | %d | %d |\n", title, ms(median(lives)), ms(slices.Max(lives)), more,
		ms(slices.Max(gaps)), ms(median(gaps)), asked, failed, never)
}

func median(figures []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(figures))[len(figures)/2]
}

func ms(d time.Duration) string {
	format := "%.0f ms"
	if d.Abs() < 10*time.Millisecond {
		format = "%.1f ms"
	}
	return fmt.Sprintf(format, float64(d)/float64(time.Millisecond))
}
