package proxy

import "time"

// A Delivery says how requests get to the servers of a route. It is a part of the
// route's table.
type Delivery struct {
	// Timeouts say how long a server is waited for, such as { connect = "2s",
	// response = "5m" }. None of them cuts a response that has begun, so streams,
	// server-sent events and WebSockets last. Default: see its entries.
	Timeouts Timeouts `toml:"timeouts"`
	// Retries is how many other servers are tried when no connection came about.
	// Only requests that are idempotent are (GET, HEAD, OPTIONS, PUT, DELETE, and
	// what has an Idempotency-Key), before anything of them was sent, and
	// for at most 10 seconds. 0 tries none. Default: 3.
	Retries *int `toml:"retries" validate:"omitnil,min=0,max=100"`
	// Failures says when a server that accepts no connections is left out, such as
	// { max = 3, for = "30s" }. After that one request tries it again. While all
	// are left out, each is tried nevertheless. Default: see its entries.
	Failures Failures `toml:"failures"`
	// Health has the servers asked whether they are well, such as { path =
	// "/healthz/" }. One that is not gets no requests. Without a path they are not
	// asked. Default: not asked.
	Health Health `toml:"health"`
	// TLS is for servers with https:// URLs, such as { ca = "internal-ca.pem" }.
	// Its files are read again when they change. Default: see its entries.
	TLS TLS `toml:"tls"`
	// Protocol is what is spoken with the servers: "http/1.1" for only that, "h2c"
	// for HTTP/2 without TLS. Default: HTTP/2 where a server offers it over TLS,
	// else HTTP/1.1.
	Protocol string `toml:"protocol" validate:"omitempty,oneof=http/1.1 h2c"`
}

// Timeouts are for the parts of an exchange with a server. "0s" is no limit.
type Timeouts struct {
	// Connect is for a connection. Default: 5s.
	Connect *time.Duration `toml:"connect" validate:"omitnil,min=0"`
	// Handshake is for TLS on the connection. Default: 5s.
	Handshake *time.Duration `toml:"handshake" validate:"omitnil,min=0"`
	// Response is for the header of the response, from when the request was sent.
	// Default: 60s.
	Response *time.Duration `toml:"response" validate:"omitnil,min=0"`
	// Attempt is for all up to the header of the response, sending the request
	// too, so that large uploads have to fit. It is not looked at while the
	// client sends nothing. Default: no limit.
	Attempt *time.Duration `toml:"attempt" validate:"omitnil,min=0"`
	// Idle is for how long a connection is kept for the next request. It should
	// be shorter than the server's own limit, which for gunicorn is 2s: then no
	// request meets a connection that is just being closed. Default: 60s.
	Idle *time.Duration `toml:"idle" validate:"omitnil,min=0"`
}

// Failures are connections that a server did not accept.
type Failures struct {
	// Max is after how many of them in a row the server is left out. 0 never
	// leaves it out. Default: 1.
	Max *int `toml:"max" validate:"omitnil,min=0"`
	// For is how long the server is left out. Default: 10s.
	For *time.Duration `toml:"for" validate:"omitnil,min=0"`
}

// Health is how servers are asked whether they are well.
type Health struct {
	// Path is what GET asks for, below the path of the server's URL. Default:
	// nothing is asked.
	Path string `toml:"path" validate:"omitempty,startswith=/"`
	// Interval is from one answer to the next question. It varies by a tenth.
	// Default: 10s.
	Interval time.Duration `toml:"interval" validate:"omitempty,min=1ms"`
	// Timeout is for the answer. Default: 5s.
	Timeout time.Duration `toml:"timeout" validate:"omitempty,min=1ms"`
	// Status are the good answers. Default: any from 200 to 299.
	Status []int `toml:"status" validate:"dive,min=100,max=599"`
	// DownAfter is after how many bad answers in a row a server gets no more
	// requests. The first answer of all decides alone. Default: 3.
	DownAfter int `toml:"down_after" validate:"min=0"`
	// UpAfter is after how many good answers in a row it does again. Default: 2.
	UpAfter int `toml:"up_after" validate:"min=0"`
	// Host is the Host header; Django answers with 400 to one that is not in its
	// ALLOWED_HOSTS. Default: that of the server's URL.
	Host string `toml:"host"`
}

// TLS is how servers prove who they are, and this site to them. Paths start at the
// settings file.
type TLS struct {
	// CA is the file of the certificates, PEM, that have signed those of the
	// servers. Default: the system's.
	CA string `toml:"ca"`
	// Certificate is the file of the certificate, PEM, that is shown to the
	// servers, with those of its issuers after it. Default: none is shown.
	Certificate string `toml:"certificate"`
	// Key is the file of the certificate's private key, PEM. Default: none.
	Key string `toml:"key"`
	// ServerName is the name that the servers' certificates have to be for.
	// Default: the host of the server's URL.
	ServerName string `toml:"server_name"`
	// MinVersion is the oldest version of TLS: "1.2" or "1.3". Default: 1.2.
	MinVersion string `toml:"min_version" validate:"omitempty,oneof=1.2 1.3"`
	// Insecure takes any certificate, so that who stands between can read and
	// change everything. Default: false.
	Insecure bool `toml:"insecure"`
}
