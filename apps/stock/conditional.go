package stock

import (
	"github.com/settled-go/settled"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/conditional"
)

func newConditional() settled.App {
	return &app[conditional.Settings]{
		name:   "django.middleware.http.ConditionalGetMiddleware",
		traits: conditional.Traits,
		docs:   conditional.Docs,
		new: func(s conditional.Settings, _ *settled.Project) (middleware.Func, error) {
			return conditional.New(s)
		},
	}
}
