// Package chaintest asks each stock middleware, and all of them in one chain, for
// everything that a ResponseWriter can do: over sockets, in HTTP/1.1 and HTTP/2.
package chaintest

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settledtest"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

const cors = "corsheaders.middleware.CorsMiddleware"

// inOrder are all middleware, in an order that no rule is against.
var inOrder = []string{
	cors,
	"settled.middleware.real_ip.RealIPMiddleware",
	"settled.middleware.request_id.RequestIDMiddleware",
	"settled.middleware.access_log.AccessLogMiddleware",
	"django.middleware.security.SecurityMiddleware",
	"whitenoise.middleware.WhiteNoiseMiddleware",
	"settled.middleware.timeout.TimeoutMiddleware",
	"settled.middleware.body_limit.BodyLimitMiddleware",
	"django.middleware.gzip.GZipMiddleware",
	"django.middleware.http.ConditionalGetMiddleware",
	"django.middleware.common.CommonMiddleware",
	"django.middleware.csrf.CsrfViewMiddleware",
	"django.middleware.clickjacking.XFrameOptionsMiddleware",
	"django.middleware.csp.ContentSecurityPolicyMiddleware",
}

// settingsOf make a middleware do something.
var settingsOf = map[string]string{
	cors: "CORS_ALLOWED_ORIGINS = [\"https://shop.example\"]\n",
}

// there are the middleware of inOrder that this program has.
func there() []string {
	return slices.DeleteFunc(slices.Clone(inOrder), func(name string) bool { return name != cors && !slices.Contains(stockNames(), name) })
}

// stockNames are the middleware of all stock apps.
func stockNames() (names []string) {
	for _, new := range stock.Apps() {
		if app, ok := new().(settled.MiddlewareProvider); ok {
			for _, link := range app.Middleware() {
				names = append(names, link.Name)
			}
		}
	}
	return names
}

// Whoever adds a middleware has it tried here.
func TestAllAreTried(t *testing.T) {
	for _, name := range stockNames() {
		if !slices.Contains(inOrder, name) {
			t.Errorf("%s has no place in inOrder", name)
		}
	}
}

// A chain is a list that everything is tried with.
type chain struct {
	name string
	list []string
}

// chains are none, each middleware alone, and all of them in several orders.
func chains(t *testing.T) []chain {
	all := there()
	shuffled := []chain{{"all", all}}
	if testing.Short() {
		return shuffled
	}
	list := []chain{{"none", nil}}
	for _, name := range all {
		list = append(list, chain{name[strings.LastIndexByte(name, '.')+1:], []string{name}})
	}
	for i := range 3 {
		shuffled = append(shuffled, chain{fmt.Sprintf("all, order %d", i+1), permuted(t, all, uint64(i))})
	}
	return append(list, shuffled...)
}

// permuted is the list after many exchanges of two neighbours, as far as the rules about
// the order allow them.
func permuted(t *testing.T, list []string, seed uint64) []string {
	random := rand.New(rand.NewPCG(seed, 1))
	list = slices.Clone(list)
	for range 40 {
		i := random.IntN(len(list) - 1)
		list[i], list[i+1] = list[i+1], list[i]
		if !isOrdered(t, list) {
			list[i], list[i+1] = list[i+1], list[i]
		}
	}
	return list
}

func isOrdered(t *testing.T, list []string) bool {
	p, found := settledtest.Setup(t, apps(nil), settingsText(list))
	found = append(found, p.Check(settled.Selection{})...)
	return !slices.ContainsFunc(found, func(m checks.Message) bool { return strings.HasPrefix(m.ID, "middleware.") })
}

// The order that is tried first is one without complaints.
func TestInOrder(t *testing.T) {
	if !isOrdered(t, there()) {
		t.Errorf("check complains about %q", there())
	}
}

func settingsText(list []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "ALLOWED_HOSTS = [\"*\"]\nINSTALLED_APPS = [\"corsheaders\", \"views\"]\nSECRET_KEY = \"of the tests\"\nMIDDLEWARE = %s\n",
		strings.ReplaceAll(fmt.Sprintf("%q", list), "\" \"", "\", \""))
	for _, name := range list {
		b.WriteString(settingsOf[name])
	}
	return b.String()
}

func apps(v *views) settledtest.Apps {
	return settledtest.Apps{"views": func() settled.App { return v }, "corsheaders": corsheaders.NewApp}.WithBuiltin(stock.Apps())
}
