// Manage is the stock binary of Settled: the framework with the apps that come
// with it.
//
//	go run ./manage check
//	go run ./manage runserver
//
// A project with apps of its own has a manage/main.go of its own, which startproject
// makes:
//
//	go run ./manage startproject mysite ../mysite
//
// Its imports are the apps that INSTALLED_APPS can list: each package registers its
// app when it is imported, with a blank name.
package main

import (
	_ "github.com/settled-go/settled/apps/corsheaders"
	_ "github.com/settled-go/settled/apps/proxy"
	_ "github.com/settled-go/settled/apps/staticfiles"
	_ "github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/manage/command"
)

func main() { command.Main() }
