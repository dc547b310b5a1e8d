package main

import "testing"

func TestQuantile(t *testing.T) {
	for _, tt := range []struct{ q, want float64 }{{0, 1}, {0.5, 3}, {0.75, 4}, {1, 5}} {
		if got := quantile([]float64{5, 3, 1, 4, 2}, tt.q); got != tt.want {
			t.Errorf("%v: got %v, want %v", tt.q, got, tt.want)
		}
	}
}

// All that is measured does what it is expected to.
func TestSubjects(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	t.Chdir("..")
	typical, long, err := subjects(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append(typical, long[0], long[3], long[6]) {
		if got, err := s.turn(); err != nil || got.wall <= 0 || got.cpu <= 0 {
			t.Errorf("%s: %+v, %v", s.title, got, err)
		}
	}
}
