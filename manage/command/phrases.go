package command

import (
	"fmt"
	"strconv"
	"strings"
)

// quote is the text in single quotes, as Python shows one.
func quote(s string) string {
	inner := strconv.Quote(s)
	return "'" + strings.ReplaceAll(inner[1:len(inner)-1], `\"`, `"`) + "'"
}

func quoteAll(texts []string) string {
	quoted := make([]string, len(texts))
	for i, s := range texts {
		quoted[i] = quote(s)
	}
	return strings.Join(quoted, ", ")
}

// count is a number of things.
func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
