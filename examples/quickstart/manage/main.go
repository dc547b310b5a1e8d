// Command manage is the quickstart's own manage: the stock commands over its own
// apps.
//
//	go run ./examples/quickstart/manage runserver --settings examples/quickstart/settings.toml
package main

import (
	_ "github.com/settled-go/settled/apps/corsheaders"
	_ "github.com/settled-go/settled/apps/proxy"
	_ "github.com/settled-go/settled/apps/staticfiles"
	_ "github.com/settled-go/settled/apps/stock"
	_ "github.com/settled-go/settled/examples/quickstart/notes"
	"github.com/settled-go/settled/manage/command"
)

func main() { command.Main() }
