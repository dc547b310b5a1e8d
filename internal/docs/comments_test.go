package docs_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/internal/docs"
)

const source = `package shop

// Settings are those of the shop.
type Settings struct {
	// Debug turns Debug on; AllowOrders does more.
	// Default: false.
	Debug bool ` + "`toml:\"SHOP_DEBUG\" check:\"shop.E001\"`" + `
	// AllowOrders lets orders in:
	//
	//	SHOP_ORDERS = true
	//
	// That is all.
	AllowOrders bool ` + "`toml:\"SHOP_ORDERS,omitempty\"`" + `
	Till map[string]Drawer ` + "`toml:\"SHOP_TILL\"`" + `
	// Nothing is no setting.
	Nothing int ` + "`toml:\"-\"`" + `
	other int
}

type Drawer struct {
	// Depth is in centimetres.
	Depth int ` + "`toml:\"depth\"`" + `
}
`

func TestReadComments(t *testing.T) {
	got, err := docs.ReadComments(fstest.MapFS{"a/settings.go": {Data: []byte(source)}, "note.md": {Data: []byte("type")}})
	want := docs.Comments{
		"Settings": {
			"SHOP_DEBUG":  "SHOP_DEBUG turns Debug on; SHOP_ORDERS does more. Default: false.",
			"SHOP_ORDERS": "SHOP_ORDERS lets orders in:\n\n    SHOP_ORDERS = true\n\nThat is all.",
			"SHOP_TILL":   "",
		},
		"Drawer": {"depth": "depth is in centimetres."},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if _, err := docs.ReadComments(fstest.MapFS{"a.go": {Data: []byte("no go")}}); err == nil {
		t.Error("no error for what is not Go")
	}
}
