// Package server listens on an address, serves an http.Handler there, and stops
// without losing a request. It knows nothing of settings, sites or commands.
//
//	address, err := server.ParseAddress("8000", false)
//	listener, err := server.Listen(ctx, address)
//	s := &server.Server{Handler: handler, RequestLog: os.Stderr}
//	err = s.Serve(ctx, listener) // until ctx is done and all is answered
//
// # Protocols
//
// HTTP/1.1 and, on the same port, HTTP/2: by ALPN where [Server.TLS] is set,
// otherwise in cleartext for clients that know beforehand ("prior knowledge").
//
// # Draining
//
// A server behind keep-alive connections can't stop at once: a client may have
// sent its next request already. When the context of [Server.Serve] is done,
//
//   - the connections that wait in the listener's backlog are accepted, then
//     the listener is closed;
//   - the next response of each connection says "Connection: close", which
//     HTTP/2 sends as GOAWAY;
//   - a connection without a request is closed when nothing has come from it
//     for 500 ms;
//   - what still runs after [Server.Grace] is cut off.
//
// A listening socket that another process holds too stays open there, so a
// program can be replaced by another without a refused connection. What HTTP/2
// clients began to send when GOAWAY was on its way is not processed, and they
// know that: they send it again on a new connection, if they still have it.
//
// # Slow clients
//
// Each time limit is about the client alone, none about the handler, and each
// starts anew when the client moves on. So a slow upload, a long computation and
// a stream of events that lasts for hours are all fine; a client that keeps a
// connection busy by doing nothing is not. That is why neither ReadTimeout nor
// WriteTimeout of http.Server is used: both count from the start of a request
// and so limit the length of an upload or of a stream.
//
// HTTP/2 has one gap: a client that reads the connection but never opens a
// stream's window holds that stream, as it does in any net/http server.
package server
