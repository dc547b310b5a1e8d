package main

import (
	"strings"
	"testing"

	"github.com/settled-go/settled/bench"
)

// All parts run, and each table's rows have as many columns as its header.
func TestRun(t *testing.T) {
	o, err := parse([]string{"-sizes", "1,8", "-sweeps", "1", "-passes", "2", "-slice", "20us"})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := o.run(&out); err != nil {
		t.Fatal(err)
	}
	columns, tables := 0, 0
	for line := range strings.Lines(out.String()) {
		switch n := strings.Count(line, "|"); {
		case n == 0:
			columns = 0
		case columns == 0:
			columns, tables = n, tables+1
		case n != columns:
			t.Errorf("%d columns, want %d: %s", n, columns, line)
		}
	}
	if tables != 6 {
		t.Errorf("%d tables, want 6:\n%s", tables, out.String())
	}
}

func TestParseRefuses(t *testing.T) {
	for _, args := range [][]string{{"-sizes", "1,x"}, {"-sizes", "0"}, {"-passes", "0"}, {"-slice", "0s"}} {
		if _, err := parse(args); err == nil {
			t.Errorf("%q was accepted", args)
		}
	}
}

func TestMean(t *testing.T) {
	rows := make([]row, 2)
	for i, ns := range []float64{200, 50} { // against 100
		rows[i].cells = make([]cell, len(bench.Candidates()))
		for j := range rows[i].cells {
			rows[i].cells[j].times = bench.Times{100}
		}
		rows[i].cells[0].times = bench.Times{ns}
	}
	if got := mean(rows, 0, func(row) bool { return true }); got != 1 {
		t.Errorf("the mean of 2 and 1/2 is %v, want 1", got)
	}
}
