// Manage is the stock binary of Settled: the framework with the apps that come
// with it.
//
//	go run ./manage check
//	go run ./manage runserver
//
// A project with apps of its own has a manage/main.go of its own. To make one:
//
//  1. Copy this file to manage/main.go of your module.
//  2. Add the packages of your apps to the imports, with a blank name: each
//     registers its app when it is imported.
//  3. Take out the apps that you don't use.
//  4. List the apps in INSTALLED_APPS of settings.toml.
//
// To look at it: go run ./manage apps.
package main

import (
	_ "github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/manage/command"
)

func main() { command.Main() }
