package stock

import (
	"github.com/settled-go/settled"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/clickjacking"
)

func newClickjacking() settled.App {
	return &app[clickjacking.Settings]{
		settings: clickjacking.Defaults(),
		name:     "django.middleware.clickjacking.XFrameOptionsMiddleware",
		traits:   clickjacking.Traits,
		docs:     clickjacking.Docs,
		new: func(s clickjacking.Settings, _ *settled.Project) (middleware.Func, error) {
			return clickjacking.New(s)
		},
	}
}
