package main

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"

	"github.com/settled-go/settled/bench"
)

// A cell is what was measured of a candidate with a request.
type cell struct {
	times         bench.Times
	allocs, bytes float64
}

func (c cell) String() string {
	return fmt.Sprintf("%s (%.0f B, %.0f)", duration(c.times.Fast()), c.bytes, c.allocs)
}

// duration is nanoseconds with three digits.
func duration(ns float64) string {
	switch {
	case ns < 1000:
		return fmt.Sprintf("%.0f ns", ns)
	case ns < 1e6:
		return fmt.Sprintf("%.3g µs", ns/1e3)
	}
	return fmt.Sprintf("%.3g ms", ns/1e6)
}

// A row is a request with the cells of all candidates, in their order.
type row struct {
	label string
	size  int
	cells []cell
}

// ratio is candidate i against the baseline.
func (r row) ratio(i int) float64 {
	return r.cells[i].times.Fast() / r.cells[baseline()].times.Fast()
}

// baseline is the place of the candidate that the others are compared with.
func baseline() int {
	for i, c := range bench.Candidates() {
		if c.Name == bench.Baseline {
			return i
		}
	}
	panic("the baseline is no candidate")
}

// header begins a table with a column for each candidate, and one for each
// ratio to the baseline.
func header(out io.Writer, label string) {
	names, ratios := "", ""
	for _, c := range bench.Candidates() {
		names += " " + c.Name + " |"
		if c.Name != bench.Baseline {
			ratios += " " + c.Name + "/" + bench.Baseline + " |"
		}
	}
	fmt.Fprintf(out, "\n| %s |%s%s\n|---|%s\n", label, names, ratios, strings.Repeat("--:|", 2*len(bench.Candidates())-1))
}

func (r row) print(out io.Writer) {
	fmt.Fprintf(out, "| %s |", r.label)
	for _, c := range r.cells {
		fmt.Fprintf(out, " %v |", c)
	}
	for i := range r.cells {
		if i != baseline() {
			fmt.Fprintf(out, " %.2f |", r.ratio(i))
		}
	}
	fmt.Fprintln(out)
}

// mean is the geometric mean of candidate i's ratios in the rows that fit.
func mean(rows []row, i int, fits func(row) bool) float64 {
	sum, n := 0.0, 0
	for _, r := range rows {
		if fits(r) {
			sum += math.Log(r.ratio(i))
			n++
		}
	}
	return math.Exp(sum / float64(n))
}

// handlers are all candidates with a policy around h.
func handlers(candidates []bench.Candidate, p bench.Policy, h http.Handler) ([]http.Handler, error) {
	wrapped := make([]http.Handler, len(candidates))
	for i, c := range candidates {
		wrap, err := c.New(p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name, err)
		}
		wrapped[i] = wrap(h)
	}
	return wrapped, nil
}

// measure is one sweep over a row: the times are appended to those there are.
func (r *row) measure(rr bench.RoundRobin, contenders []bench.Contender) {
	for i, times := range rr.Measure(contenders) {
		r.cells[i].times = append(r.cells[i].times, times...)
	}
}

// start makes a row's cells and counts their allocations.
func start(label string, size int, handlers []http.Handler, request *http.Request) (row, []bench.Contender) {
	r := row{label: label, size: size, cells: make([]cell, len(handlers))}
	contenders := make([]bench.Contender, len(handlers))
	for i, h := range handlers {
		contenders[i].Do = bench.Serve(h, request)
		r.cells[i].allocs, r.cells[i].bytes = bench.Allocations(contenders[i].Do)
	}
	return r, contenders
}
