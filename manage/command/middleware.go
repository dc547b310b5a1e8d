package command

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/middleware"
	"github.com/spf13/cobra"
)

func (r *run) middlewareCommand() *cobra.Command {
	return &cobra.Command{
		Use: "middleware", Short: "Shows what a request passes through, outermost first.", Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return r.show(writeChain) },
	}
}

// writeChain writes MIDDLEWARE as a table: place, name, app and traits; and the
// way of a request.
func writeChain(p *settled.Project, b *strings.Builder) {
	table := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	for i, layer := range p.Layers() {
		traits := "not linked into this program"
		if layer.Linked {
			traits = describeTraits(layer.Traits)
		}
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\n", i, printable.Line(layer.Name), layer.App, traits)
	}
	_ = table.Flush()
	fmt.Fprintf(b, "request -> %v\n", p.Chain())
}

func describeTraits(t middleware.Traits) string {
	text := t.Is.String()
	if len(t.After) > 0 {
		if text != "" {
			text += ", "
		}
		text += "after " + strings.Join(t.After, " and ")
	}
	if text == "" {
		return "-"
	}
	return text
}
