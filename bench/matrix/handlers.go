package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/settled-go/settled/bench"
)

// handlers is an allowed actual request to handlers that do something
// themselves. The first column is the handler without any CORS.
func (o options) handlers(out io.Writer) error {
	kinds := []struct {
		name    string
		handler http.Handler
	}{
		{"empty", bench.Empty()},
		{"sets 1 header", bench.Setter(1)},
		{"sets 2 headers", bench.Setter(2)},
		{"sets 4 headers", bench.Setter(4)},
		{"sets 8 headers", bench.Setter(8)},
		{"sets 2 headers, writes a body", bench.Answerer()},
	}
	candidates := append([]bench.Candidate{bench.None()}, bench.Candidates()...)
	p := bench.Policy{Origins: bench.Origins(10)}
	var rows []row
	var contenders [][]bench.Contender
	for _, kind := range kinds {
		wrapped, err := handlers(candidates, p, kind.handler)
		if err != nil {
			return err
		}
		r, c := start(kind.name, 10, wrapped, bench.Requests(p.Origins)[0].HTTP())
		rows, contenders = append(rows, r), append(contenders, c)
	}
	o.sweep(rows, contenders)
	printHandlers(out, rows, candidates)
	return nil
}

// printHandlers shows what each candidate adds to the handler alone.
func printHandlers(out io.Writer, rows []row, candidates []bench.Candidate) {
	fmt.Fprint(out, "\n## Handlers that set headers: what CORS adds, 10 origins\n\n| handler | alone |")
	for _, c := range candidates[1:] {
		fmt.Fprintf(out, " %s |", c.Name)
	}
	fmt.Fprintf(out, "\n|---|%s\n", strings.Repeat("--:|", len(candidates)))
	for _, r := range rows {
		alone := r.cells[0].times.Fast()
		fmt.Fprintf(out, "| %s | %s |", r.label, duration(alone))
		for _, c := range r.cells[1:] {
			fmt.Fprintf(out, " +%.0f ns (%.0f) |", c.times.Fast()-alone, c.allocs)
		}
		fmt.Fprintln(out)
	}
}
