package settled_test

import (
	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// noLuck is a check. Scripts and pages name its line.
func noLuck(*settled.Project) checks.Messages { panic("no luck") }
