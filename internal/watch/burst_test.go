package watch_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/settled-go/settled/internal/watch"
)

// at is a moment of a test's time, in milliseconds.
func at(ms int) time.Time {
	return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC).Add(time.Duration(ms) * time.Millisecond)
}

const ms = time.Millisecond

func newBurst() *watch.Burst {
	return watch.NewBurst(watch.Options{Quiet: 2 * ms, MaxWait: 50 * ms, Rest: 10 * ms})
}

func TestBurstWaitsForQuiet(t *testing.T) {
	b := newBurst()
	if c, wait := b.Next(at(0)); c != nil || wait != 0 {
		t.Fatalf("without a change: %v, %v", c, wait)
	}
	b.Add(at(0), "b")
	if c, wait := b.Next(at(0)); c != nil || wait != 2*ms {
		t.Fatalf("at once: %v, %v; want to wait 2ms", c, wait)
	}
	b.Add(at(1), "a", "b")
	if c, wait := b.Next(at(2)); c != nil || wait != 1*ms {
		t.Fatalf("1 ms after the last: %v, %v; want to wait 1ms", c, wait)
	}
	c, _ := b.Next(at(3))
	if c == nil || !slices.Equal(c.Names, []string{"a", "b"}) || c.More {
		t.Fatalf("after 2 ms of quiet: %v, want [a b]", c)
	}
	b.Told(at(3))
	if c, wait := b.Next(at(3)); c != nil || wait != 0 {
		t.Errorf("when it has been told: %v, %v", c, wait)
	}
}

// A storm without end is told every 50 ms, and no oftener.
func TestBurstOfAStorm(t *testing.T) {
	b := newBurst()
	var told []int
	for now := range 500 {
		b.Add(at(now), "a")
		if c, _ := b.Next(at(now)); c != nil {
			told = append(told, now)
			b.Told(at(now))
		}
	}
	if want := []int{50, 101, 152, 203, 254, 305, 356, 407, 458}; !slices.Equal(told, want) {
		t.Errorf("told at %v, want %v", told, want)
	}
}

// Changes that come one by one have a rest between them.
func TestBurstRests(t *testing.T) {
	b := newBurst()
	var told []int
	for now := range 50 {
		if now%3 == 0 {
			b.Add(at(now), "a")
		}
		if c, _ := b.Next(at(now)); c != nil {
			told = append(told, now)
			b.Told(at(now))
		}
	}
	if want := []int{2, 14, 26, 38}; !slices.Equal(told, want) {
		t.Errorf("told at %v, want %v", told, want)
	}
}

// While nobody receives, what comes is added to what waits.
func TestBurstWithoutReceiver(t *testing.T) {
	b := newBurst()
	ready := 0
	for now := range 500 {
		b.Add(at(now), fmt.Sprint("file", now/100))
		if c, _ := b.Next(at(now)); c != nil {
			ready++
		}
	}
	if ready > 10 {
		t.Errorf("the change was made %d times, for nobody", ready)
	}
	c, _ := b.Next(at(600))
	if c == nil || len(c.Names) != 5 {
		t.Errorf("%v, want five names", c)
	}
}

func TestBurstOfVeryMany(t *testing.T) {
	b := newBurst()
	for i := range watch.MaxNames {
		b.Add(at(0), fmt.Sprint(i))
	}
	if c, _ := b.Next(at(9)); len(c.Names) != watch.MaxNames || c.More {
		t.Errorf("%d names, more %v", len(c.Names), c.More)
	}
	b.Add(at(9), "0")
	if c, _ := b.Next(at(20)); c.More {
		t.Error("a name that is known is more")
	}
	b.Add(at(20), "x", "y")
	if c, _ := b.Next(at(30)); len(c.Names) != watch.MaxNames || !c.More {
		t.Errorf("%d names, more %v; want More", len(c.Names), c.More)
	}
	b.Told(at(30))
	b.Add(at(30), "x")
	if c, _ := b.Next(at(40)); len(c.Names) != 1 || c.More {
		t.Errorf("the next has %v", c)
	}
}
