package command

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/places"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/internal/reports"
	"github.com/spf13/cobra"
)

func (r *run) showurlsCommand() *cobra.Command {
	format := choice{value: "table", kind: "FORMAT", of: []string{"table", "json"}}
	cmd := &cobra.Command{
		Use:   "showurls [app_label ...]",
		Short: "Shows the routes of the project, or of some apps.",
		Long: `Shows the routes of the project, or of some apps, sorted by path: the method, the
path where URLS has it, the app and the name that settled.Reverse takes, and
where the route is written. A dash stands for the place of a route that was made
without settled.Path.`,
		ValidArgsFunction: r.completeRouters,
		RunE:              func(_ *cobra.Command, labels []string) error { return r.showurls(labels, format.value) },
	}
	cmd.Flags().Var(&format, "format", "how to write the list: "+strings.Join(format.of, ", "))
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(format.of, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (r *run) showurls(labels []string, format string) error {
	got := r.read()
	p, err := got.require()
	if err != nil {
		return err
	}
	if err := knownLabels([]*settled.Project{p}, labels); err != nil {
		return err
	}
	routes := slices.DeleteFunc(p.Routes(), func(info settled.RouteInfo) bool {
		return len(labels) > 0 && !slices.Contains(labels, info.App)
	})
	slices.SortStableFunc(routes, func(a, b settled.RouteInfo) int {
		return cmp.Or(cmp.Compare(a.Pattern, b.Pattern), cmp.Compare(a.Method, b.Method))
	})
	// What is wrong with routes is found by a check.
	isRoute := func(m checks.Message) bool { return strings.HasPrefix(m.ID, "urls.") }
	found := got.found.Select(func(m checks.Message) bool { return !isRoute(m) })
	found = append(found, p.Check(settled.Selection{Tags: []string{"urls"}}).Select(isRoute)...)
	found.Sort()
	return r.showFound(p, found, func(p *settled.Project, b *strings.Builder) {
		switch {
		case format == "json":
			writeRoutesJSON(b, routes)
		case len(routes) == 0:
			fmt.Fprintln(r.Stderr, "There are no routes.")
		default:
			writeRoutes(b, routes)
		}
	})
}

func writeRoutes(b *strings.Builder, routes []settled.RouteInfo) {
	table := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	for _, route := range routes {
		name := route.App
		if route.Name != "" {
			name += ":" + route.Name
		}
		if route.Target != "" {
			name += " -> " + route.Target
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", printable.Line(cmp.Or(route.Method, "any")), printable.Line(route.Pattern),
			printable.Line(name), cmp.Or(places.Short(route.Place), "-"))
	}
	_ = table.Flush()
}

// routeJSON is a route for other programs. What is not known is left out.
type routeJSON struct {
	Method  string `json:"method,omitempty"` // absent for all methods
	Pattern string `json:"pattern"`
	App     string `json:"app"`
	Name    string `json:"name,omitempty"`
	Mount   string `json:"mount"`
	Target  string `json:"target,omitempty"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
}

func writeRoutesJSON(b *strings.Builder, routes []settled.RouteInfo) {
	all := []routeJSON{}
	for _, route := range routes {
		file, line := splitPlace(route.Place)
		all = append(all, routeJSON{route.Method, route.Pattern, route.App, route.Name, route.Mount, route.Target, file, line})
	}
	_ = reports.Encode(b, all) // strings and numbers
}

// splitPlace takes "file:line" apart.
func splitPlace(place string) (file string, line int) {
	i := strings.LastIndexByte(place, ':')
	if i < 0 {
		return place, 0
	}
	line, _ = strconv.Atoi(place[i+1:])
	return place[:i], line
}

// completeRouters offers the apps that have routes.
func (r *run) completeRouters(_ *cobra.Command, given []string, _ string) ([]string, cobra.ShellCompDirective) {
	var names []string
	if p := r.read().project; p != nil {
		for _, route := range p.Routes() {
			if !slices.Contains(given, route.App) && !slices.Contains(names, route.App) {
				names = append(names, route.App)
			}
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
