package command

import (
	"errors"
	"slices"
)

// word is an option that takes any text; kind is what help calls it.
type word struct {
	to   *string
	kind string
}

func (w word) String() string     { return *w.to }
func (w word) Type() string       { return w.kind }
func (w word) Set(s string) error { *w.to = s; return nil }

// words is an option that may be given several times.
type words struct {
	to   *[]string
	kind string
}

func (w words) String() string     { return "" }
func (w words) Type() string       { return w.kind }
func (w words) Set(s string) error { *w.to = append(*w.to, s); return nil }

// choice is an option that takes one of a few words.
type choice struct {
	value string
	kind  string
	of    []string
}

func (c *choice) String() string { return c.value }
func (c *choice) Type() string   { return c.kind }

func (c *choice) Set(s string) error {
	if !slices.Contains(c.of, s) {
		return errors.New("invalid choice")
	}
	c.value = s
	return nil
}
