package settledtest_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/settledtest"
)

// echo answers with the address that was asked for.
type echo struct{}

func (echo) Settings() any { return nil }

func (echo) Routes() []settled.Route {
	return []settled.Route{settled.Path("GET /echo/{$}", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, r.Method+" "+r.Host+" "+r.RequestURI)
	}, "echo")}
}

func TestGet(t *testing.T) {
	site := settledtest.Start(t, settledtest.Apps{"echo": func() settled.App { return echo{} }}, "DEBUG = true\nINSTALLED_APPS = [\"echo\"]")
	if w := settledtest.Get(t, site, "/echo/?a=b"); w.Code != http.StatusOK || w.Body.String() != "GET localhost /echo/?a=b" {
		t.Errorf("got %d %q", w.Code, w.Body)
	}
}
