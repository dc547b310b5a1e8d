package stock

import (
	"github.com/settled-go/settled"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/gzip"
)

func newGZip() settled.App {
	return &app[gzip.Settings]{
		settings: gzip.Defaults(),
		name:     "django.middleware.gzip.GZipMiddleware",
		traits:   gzip.Traits,
		docs:     gzip.Docs,
		new: func(s gzip.Settings, _ *settled.Project) (middleware.Func, error) {
			return gzip.New(s)
		},
	}
}
