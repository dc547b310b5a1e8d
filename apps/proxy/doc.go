// Package proxy passes requests on to other servers: the paths of PROXY_ROUTES. With
// it, Settled stands in front of any backend, also one that is being replaced route by
// route by apps of the project.
package proxy
