package main

import (
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	if got := median([]time.Duration{5, 1, 3}); got != 3 {
		t.Errorf("got %v", got)
	}
}

// All that is measured does what it is expected to, but for air, which is
// downloaded.
func TestSubjects(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	t.Chdir("..")
	all, err := subjects(t.TempDir(), false, true)
	defer func() {
		for _, s := range all {
			s.stop()
		}
	}()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if got, err := s.turn(1); err != nil || got.live <= 0 || got.failed > 0 {
			t.Errorf("%s: %+v, %v", s.title(), got, err)
		}
	}
}
