package bench

import (
	"net/http"

	chi "github.com/go-chi/cors"
	jub0bs "github.com/jub0bs/cors"
	rs "github.com/rs/cors"
	"github.com/settled-go/settled/apps/corsheaders"
)

// A Policy is what every candidate is told. What it does not name is the same
// for all: Methods, Headers, MaxAge, and no exposed headers.
type Policy struct {
	Origins     []string
	Credentials bool
}

// MaxAge is for how many seconds a preflight answer may be kept.
const MaxAge = 86400

// Methods are django-cors-headers' default methods.
func Methods() []string { return []string{"DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"} }

// Headers are django-cors-headers' default request headers.
func Headers() []string {
	return []string{"accept", "authorization", "content-type", "user-agent", "x-csrftoken", "x-requested-with"}
}

// Middleware is what every candidate comes down to.
type Middleware = func(http.Handler) http.Handler

// A Candidate is a CORS middleware.
type Candidate struct {
	Name string
	New  func(Policy) (Middleware, error)
	// Linear says that it compares an origin with one of the list after the
	// other.
	Linear bool
}

// Baseline is the name of the candidate that the others are compared with.
const Baseline = "jub0bs"

// Candidates are the CORS middleware under comparison.
func Candidates() []Candidate {
	return []Candidate{
		{Name: "settled", New: newSettled},
		{Name: Baseline, New: newJub0bs},
		{Name: "rs", New: newRS, Linear: true},
		{Name: "chi", New: newChi, Linear: true},
	}
}

// None is no CORS at all: the handler alone.
func None() Candidate {
	return Candidate{Name: "none", New: func(Policy) (Middleware, error) {
		return func(h http.Handler) http.Handler { return h }, nil
	}}
}

func newSettled(p Policy) (Middleware, error) {
	s := corsheaders.Defaults()
	s.AllowedOrigins, s.AllowCredentials = p.Origins, p.Credentials
	s.AllowMethods, s.AllowHeaders, s.PreflightMaxAge = Methods(), Headers(), MaxAge
	return corsheaders.New(s)
}

func newJub0bs(p Policy) (Middleware, error) {
	m, err := jub0bs.NewMiddleware(jub0bs.Config{
		Origins: p.Origins, Credentialed: p.Credentials,
		Methods: Methods(), RequestHeaders: Headers(), MaxAgeInSeconds: MaxAge,
	})
	if err != nil {
		return nil, err
	}
	return m.Wrap, nil
}

func newRS(p Policy) (Middleware, error) {
	return rs.New(rs.Options{
		AllowedOrigins: p.Origins, AllowCredentials: p.Credentials,
		AllowedMethods: Methods(), AllowedHeaders: Headers(), MaxAge: MaxAge,
	}).Handler, nil
}

func newChi(p Policy) (Middleware, error) {
	return chi.New(chi.Options{
		AllowedOrigins: p.Origins, AllowCredentials: p.Credentials,
		AllowedMethods: Methods(), AllowedHeaders: Headers(), MaxAge: MaxAge,
	}).Handler, nil
}
