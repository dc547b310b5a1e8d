package stock

import (
	"slices"
	"strings"

	"github.com/settled-go/settled/middleware/csp"
)

// A directiveKind is what a directive of a policy takes.
type directiveKind uint8

const (
	ofSources directiveKind = iota + 1 // sources, of which none is 'none'
	withNonce                          // sources, and a nonce among them means something
	ofOthers                           // something else, or nothing
	alone                              // nothing
)

// directives are those of CSP Level 3, of the standards that add to it, and those
// that were in earlier ones.
var directives = map[string]directiveKind{
	"default-src": withNonce, "script-src": withNonce, "script-src-elem": withNonce,
	"style-src": withNonce, "style-src-elem": withNonce,
	"script-src-attr": ofSources, "style-src-attr": ofSources, "child-src": ofSources, "connect-src": ofSources,
	"fenced-frame-src": ofSources, "font-src": ofSources, "frame-src": ofSources, "img-src": ofSources,
	"manifest-src": ofSources, "media-src": ofSources, "object-src": ofSources, "prefetch-src": ofSources,
	"worker-src": ofSources, "base-uri": ofSources, "form-action": ofSources, "frame-ancestors": ofSources,
	"navigate-to": ofSources,
	"sandbox":     ofOthers, "report-uri": ofOthers, "report-to": ofOthers, "webrtc": ofOthers,
	"require-trusted-types-for": ofOthers, "trusted-types": ofOthers, "plugin-types": ofOthers,
	"require-sri-for": ofOthers, "referrer": ofOthers, "reflected-xss": ofOthers,
	"upgrade-insecure-requests": alone, "block-all-mixed-content": alone,
}

// takesSources says whether a directive has a list of sources.
func (k directiveKind) takesSources() bool { return k == ofSources || k == withNonce }

// cspWords are the sources that are words, without their quotes.
var cspWords = []string{
	"inline-speculation-rules", "none", "report-sample", "report-sha256", "report-sha384", "report-sha512", "self",
	"strict-dynamic", "trusted-types-eval", "unsafe-allow-redirects", "unsafe-eval", "unsafe-hashes", "unsafe-inline",
	"unsafe-webtransport-hashes", "wasm-unsafe-eval",
}

// hashes and nonces begin so.
var cspPrefixes = []string{"nonce-", "sha256-", "sha384-", "sha512-"}

// meantWord is the word that a source was meant to be, when browsers don't know it as
// it is written; "" when it is fine, or nobody knows.
func meantWord(source string) string {
	if source == csp.NonceSentinel {
		return ""
	}
	if name, isDjango := strings.CutPrefix(source, "CSP."); isDjango {
		return djangoWords[name]
	}
	bare := strings.ToLower(strings.Trim(source, "'\"`"))
	quoted := strings.HasPrefix(source, "'") && strings.HasSuffix(source, "'") && len(source) > 2
	switch {
	case slices.Contains(cspWords, bare):
		if !quoted {
			return "'" + bare + "'"
		}
	case slices.ContainsFunc(cspPrefixes, func(prefix string) bool { return strings.HasPrefix(bare, prefix) }):
		if !quoted {
			return "'" + strings.Trim(source, "'\"`") + "'"
		}
	}
	return ""
}

// djangoWords are Django's constants.
var djangoWords = map[string]string{
	"NONE": csp.None, "REPORT_SAMPLE": csp.ReportSample, "SELF": csp.Self, "STRICT_DYNAMIC": csp.StrictDynamic,
	"UNSAFE_EVAL": csp.UnsafeEval, "UNSAFE_HASHES": csp.UnsafeHashes, "UNSAFE_INLINE": csp.UnsafeInline,
	"WASM_UNSAFE_EVAL": csp.WasmUnsafeEval, "NONCE": csp.NonceSentinel,
}

// isUnknownWord says whether a source is in quotes and no word that browsers know.
func isUnknownWord(source string) bool {
	bare, isWord := strings.CutPrefix(source, "'")
	bare, ends := strings.CutSuffix(strings.ToLower(bare), "'")
	return isWord && ends && !slices.Contains(cspWords, bare) &&
		!slices.ContainsFunc(cspPrefixes, func(prefix string) bool { return strings.HasPrefix(bare, prefix) })
}
