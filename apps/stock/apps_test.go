package stock_test

import (
	"testing"

	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/settledtest"
)

func TestApps(t *testing.T) {
	for name, new := range stock.Apps() {
		t.Run(name, func(t *testing.T) { settledtest.App(t, name, new) })
	}
}
