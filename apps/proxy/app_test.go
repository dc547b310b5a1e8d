package proxy_test

import (
	"testing"

	"github.com/settled-go/settled/apps/proxy"
	"github.com/settled-go/settled/settledtest"
)

func TestApp(t *testing.T) { settledtest.App(t, "proxy", proxy.NewApp) }
