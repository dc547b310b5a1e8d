package gzip

import (
	"net/http"
	"strconv"
	"strings"
)

// compressible says whether a response with these headers may be compressed.
func compressible(h http.Header, status int) bool {
	switch status {
	case http.StatusSwitchingProtocols, http.StatusNoContent, http.StatusPartialContent, http.StatusNotModified:
		return false
	}
	if length := declared(h); length >= 0 && length < minBody {
		return false
	}
	for _, name := range [...]string{"Content-Encoding", "Content-Range", "Content-Digest", "Repr-Digest", "Digest", "Content-Md5"} {
		if len(h[name]) > 0 {
			return false
		}
	}
	return !noTransform(h) && !compressed(h)
}

// declared is the Content-Length, -1 for none.
func declared(h http.Header) int64 {
	if lines := h["Content-Length"]; len(lines) == 1 {
		if n, err := strconv.ParseInt(lines[0], 10, 64); err == nil {
			return n
		}
	}
	return -1
}

// noTransform is RFC 9111, section 5.2.2.6.
func noTransform(h http.Header) bool {
	for _, line := range h["Cache-Control"] {
		for more := true; more; {
			var directive string
			directive, line, more = strings.Cut(line, ",")
			if strings.EqualFold(strings.Trim(directive, " \t"), "no-transform") {
				return true
			}
		}
	}
	return false
}

// compressed says whether the type is one whose contents are compressed, or whose
// framing must stay as it is.
func compressed(h http.Header) bool {
	if len(h["Content-Type"]) == 0 {
		return false
	}
	mime, _, _ := strings.Cut(h["Content-Type"][0], ";")
	mime = strings.ToLower(strings.Trim(mime, " \t"))
	kind, subtype, _ := strings.Cut(mime, "/")
	switch kind {
	case "image":
		return !plainImages[subtype]
	case "audio", "video":
		return true
	case "font":
		return subtype == "woff" || subtype == "woff2"
	case "application":
		return compressedTypes[subtype] || strings.HasSuffix(subtype, "+zip") ||
			strings.HasPrefix(subtype, "vnd.openxmlformats-") || strings.HasPrefix(subtype, "vnd.oasis.opendocument.") ||
			strings.HasPrefix(subtype, "grpc")
	}
	return false
}

// plainImages are those that get smaller.
var plainImages = map[string]bool{"svg+xml": true, "bmp": true, "x-ms-bmp": true, "x-icon": true, "vnd.microsoft.icon": true}

// compressedTypes are below application/.
var compressedTypes = map[string]bool{
	"zip": true, "gzip": true, "x-gzip": true, "zstd": true, "x-bzip2": true, "x-xz": true,
	"x-7z-compressed": true, "vnd.rar": true, "x-rar-compressed": true, "java-archive": true,
	"vnd.android.package-archive": true, "font-woff": true, "font-woff2": true,
}
