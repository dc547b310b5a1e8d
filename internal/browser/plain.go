package browser

import (
	"strconv"
	"strings"
)

// IsPlainOrigin says quickly of most origins that a browser sends them as they are:
// those of http and https with a host name in ASCII.
func IsPlainOrigin(origin string) bool {
	i := strings.Index(origin, "://")
	if i < 0 {
		return false
	}
	scheme, rest := origin[:i], origin[i+len("://"):]
	host, port, found := strings.Cut(rest, ":")
	standard := DefaultPort(scheme)
	return standard != "" && isPlainName(host) && (!found || isPlainPort(port) && port != standard)
}

// isPlainName leaves out addresses and punycode: the slow way knows them.
func isPlainName(host string) bool {
	label := 0 // where it starts
	for i := 0; i <= len(host); i++ {
		switch {
		case i == len(host) || host[i] == '.':
			if i == label || i-label > maxLabel || strings.HasPrefix(host[label:i], "xn--") {
				return false
			}
			label = i + 1
		case isNoHostByte(rune(host[i])):
			return false
		}
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	return len(host) <= maxName && (last[0] < '0' || '9' < last[0])
}

func isPlainPort(port string) bool {
	_, err := strconv.ParseUint(port, 10, 16)
	return err == nil && port[0] != '0'
}
