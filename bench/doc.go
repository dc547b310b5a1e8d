// Package bench compares CORS middleware: the candidates, told one policy; the
// requests that they get; a response writer that costs next to nothing; and a
// way to measure on machines whose speed changes all the time.
//
//	go test ./...              # all candidates admit and refuse the same requests
//	go test -bench . -benchmem # ordinary benchmarks
//	go run ./matrix            # the comparison, candidates side by side
//	go run ./serve-rounds      # the same behind a server
//	go run ./proxy-rounds      # the proxy, beside caddy and nginx
package bench
