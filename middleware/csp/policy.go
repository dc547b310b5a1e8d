package csp

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Policy is directives by their names. The value of one is a source, a list of
// sources, or true for a directive without sources; of false and of an empty list
// nothing is sent. The directives are sent in the order of their names.
type Policy = map[string]any

// The sources of a policy that are words, Django's CSP, and what stands for the
// nonce of the response.
const (
	None           = "'none'"
	ReportSample   = "'report-sample'"
	Self           = "'self'"
	StrictDynamic  = "'strict-dynamic'"
	UnsafeEval     = "'unsafe-eval'"
	UnsafeHashes   = "'unsafe-hashes'"
	UnsafeInline   = "'unsafe-inline'"
	WasmUnsafeEval = "'wasm-unsafe-eval'"

	NonceSentinel = "<CSP_NONCE_SENTINEL>"
)

// A policy is ready to be sent.
type policy struct {
	// fixed is the header of a response that needs no nonce, shared by all of
	// them; nil for none.
	fixed []string
	// parts are the header of a response with a nonce, which goes between them;
	// nil when the policy has no place for one.
	parts []string
}

// newPolicy writes the header beforehand. The error names the directive.
func newPolicy(p Policy) (*policy, error) {
	var without, with []string
	for _, name := range slices.Sorted(maps.Keys(p)) {
		sources, sent, err := Sources(p[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if !sent {
			continue
		}
		sources = strings.Fields(strings.Join(sources, " "))
		with = append(with, join(name, sources))
		bare := slices.DeleteFunc(slices.Clone(sources), func(s string) bool { return s == NonceSentinel })
		if len(bare) > 0 || len(sources) == 0 {
			without = append(without, join(name, bare))
		}
	}
	ready := &policy{}
	if len(without) > 0 {
		ready.fixed = []string{strings.Join(without, "; ")}
	}
	if parts := strings.Split(strings.Join(with, "; "), NonceSentinel); len(parts) > 1 {
		ready.parts = parts
	}
	return ready, nil
}

func join(name string, sources []string) string {
	return strings.Join(append([]string{name}, sources...), " ")
}

// Sources are those of a directive, and whether it is sent at all. The error says
// what the value is instead.
func Sources(value any) (sources []string, sent bool, err error) {
	switch v := value.(type) {
	case nil:
		return nil, false, nil
	case bool:
		return nil, v, nil
	case string:
		return []string{v}, true, nil
	case []string:
		return v, len(v) > 0, nil
	case []any:
		for i, entry := range v {
			s, ok := entry.(string)
			if !ok {
				return nil, false, fmt.Errorf("entry %d is a %T, not a string", i, entry)
			}
			sources = append(sources, s)
		}
		return sources, len(sources) > 0, nil
	}
	return nil, false, fmt.Errorf("a %T is no source, no list of sources and no boolean", value)
}

// header is the value for a response; nil for none.
func (p *policy) header(nonce string) []string {
	if nonce == "" || p.parts == nil {
		return p.fixed
	}
	return []string{strings.Join(p.parts, "'nonce-"+nonce+"'")}
}
