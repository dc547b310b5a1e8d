package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"

	"github.com/settled-go/settled/bench"
)

// matrix is every request with every size, an empty handler behind it.
func (o options) matrix(out io.Writer) error {
	var rows []row
	for _, size := range o.sizes {
		ofSize, err := o.requests(bench.Policy{Origins: bench.Origins(size)})
		if err != nil {
			return err
		}
		rows = append(rows, ofSize...)
	}
	fmt.Fprint(out, "\n## The middleware alone, an empty handler behind it\n")
	header(out, "request, listed origins")
	for _, request := range bench.Requests(bench.Origins(1)) {
		for _, r := range rows {
			if strings.HasPrefix(r.label, request.Name) {
				r.print(out)
			}
		}
	}
	means(out, rows)
	return nil
}

// requests are the rows of one policy. Sweeps go over all of them, so that a
// slow minute of the machine meets all.
func (o options) requests(p bench.Policy) ([]row, error) {
	wrapped, err := handlers(bench.Candidates(), p, bench.Empty())
	if err != nil {
		return nil, err
	}
	var rows []row
	var contenders [][]bench.Contender
	for _, request := range bench.Requests(p.Origins) {
		r, c := start(fmt.Sprintf("%s, %d", request.Name, len(p.Origins)), len(p.Origins), wrapped, request.HTTP())
		rows, contenders = append(rows, r), append(contenders, c)
	}
	o.sweep(rows, contenders)
	return rows, nil
}

// sweep starts each row with a fresh heap: a collection of a long list's memory
// takes as long as many slices.
func (o options) sweep(rows []row, contenders [][]bench.Contender) {
	for range o.sweeps {
		for i := range rows {
			runtime.GC()
			rows[i].measure(o.rr, contenders[i])
		}
	}
}

// means sums the matrix up.
func means(out io.Writer, rows []row) {
	fmt.Fprint(out, "\n| geometric mean of the ratios |")
	candidates := bench.Candidates()
	for _, c := range candidates {
		fmt.Fprintf(out, " %s/%s |", c.Name, bench.Baseline)
	}
	fmt.Fprintf(out, "\n|---|%s\n", strings.Repeat("--:|", len(candidates)))
	for _, group := range []struct {
		name string
		fits func(row) bool
	}{
		{"all", func(row) bool { return true }},
		{"up to 1000 origins", func(r row) bool { return r.size <= 1000 }},
		{"actual requests", func(r row) bool { return strings.HasPrefix(r.label, "actual") }},
		{"actual, allowed", func(r row) bool { return strings.HasPrefix(r.label, "actual/allowed") }},
		{"preflight requests", func(r row) bool { return strings.HasPrefix(r.label, "preflight") }},
	} {
		if !slices.ContainsFunc(rows, group.fits) {
			continue
		}
		fmt.Fprintf(out, "| %s |", group.name)
		for i := range candidates {
			fmt.Fprintf(out, " %.2f |", mean(rows, i, group.fits))
		}
		fmt.Fprintln(out)
	}
}

// credentials is ten origins that may send cookies.
func (o options) credentials(out io.Writer) error {
	rows, err := o.requests(bench.Policy{Origins: bench.Origins(10), Credentials: true})
	if err != nil {
		return err
	}
	fmt.Fprint(out, "\n## With credentials\n")
	header(out, "request, listed origins")
	for _, r := range rows {
		r.print(out)
	}
	return nil
}

// cold is the longest list: one origin again and again, and a random one each
// time. For those who go through the list, it depends on the origin's place,
// and not on the caches.
func (o options) cold(out io.Writer) error {
	size := slices.Max(o.sizes)
	candidates := slices.DeleteFunc(bench.Candidates(), func(c bench.Candidate) bool { return c.Linear })
	p := bench.Policy{Origins: bench.Origins(size)}
	wrapped, err := handlers(candidates, p, bench.Empty())
	if err != nil {
		return err
	}
	request := bench.Requests(p.Origins)[0].HTTP()
	warm, again := start("warm", size, wrapped, request)
	cold, random := start("cold", size, wrapped, request)
	for i, h := range wrapped {
		random[i] = bench.Cold(h, size)
	}
	rows := []row{warm, cold}
	o.sweep(rows, [][]bench.Contender{again, random})
	fmt.Fprintf(out, "\n## %d origins: one again and again, and random ones after the caches were flushed\n", size)
	fmt.Fprint(out, "\n| candidate | one | random ones |\n|---|--:|--:|\n")
	for i, c := range candidates {
		fmt.Fprintf(out, "| %s | %s | %s |\n", c.Name, duration(rows[0].cells[i].times.Fast()), duration(rows[1].cells[i].times.Fast()))
	}
	return nil
}
