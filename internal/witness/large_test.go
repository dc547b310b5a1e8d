package witness_test

import (
	"fmt"
	"strings"
	"testing"
)

// A long list of one's own hosts in one pattern is decided.
func TestManyHosts(t *testing.T) {
	for _, tt := range []struct {
		hosts                int
		before, host, behind string
	}{
		{700, `^(`, `https://host%[1]d\.example%[1]d\.com`, `)$`},
		{1900, `^https://(`, `customer%d\.com`, `)$`},
		{1900, `^https://(`, `customer%d`, `)\.example\.com$`},
		{1500, `^https://([a-z0-9-]+\.)?(`, `customer%d\.com`, `)(:\d+)?$`},
	} {
		hosts := make([]string, tt.hosts)
		for i := range hosts {
			hosts[i] = fmt.Sprintf(tt.host, i)
		}
		list := strings.Join(hosts, "|")
		if _, v := judge(t, tt.before+list+tt.behind); !v.Safe() {
			t.Errorf("%d of %s: too large %v, %q", tt.hosts, tt.host, v.TooLarge, witnesses(v))
		}
		if _, v := judge(t, tt.before+list+strings.TrimSuffix(tt.behind, "$")); v.Unanchored == "" {
			t.Errorf("%d of %s without an anchor: too large %v, %q", tt.hosts, tt.host, v.TooLarge, witnesses(v))
		}
	}
}

// Repetitions that explode elsewhere cost a few states here.
func TestNestedRepeats(t *testing.T) {
	for _, tt := range []struct {
		pattern string
		safe    bool
	}{
		{`^https://(([a-z]+)*\.)*example\.com$`, true},
		{`^https://(a|aa|aaa)*\.example\.com$`, true},
		{`^https://([a-z]{1,63}\.){1,10}example\.com$`, true},
		{`^https://([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.){1,8}example\.com$`, true},
		{`^https://.{1,253}\.example\.com$`, true},
		{`^https://((a+)+)+\.com$`, false},
		{`^https://.{0,1000}example\.com$`, false},
		{`^https://(.{1,50}\.){1,19}com$`, false},
		{`^https://(?:.*a.{20}){1,3}example\.com$`, false},
	} {
		if _, v := judge(t, tt.pattern); v.TooLarge || v.Safe() != tt.safe {
			t.Errorf("%s: too large %v, %q", tt.pattern, v.TooLarge, witnesses(v))
		}
	}
}
