package pyre_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Every character that has a case means with (?i) what it means in Python.
func TestFoldingIsPythons(t *testing.T) {
	t.Parallel()
	orbits := readRecording(t).Orbits
	if len(orbits) < 1300 {
		t.Fatalf("only %d orbits are recorded", len(orbits))
	}
	all := strings.Join(orbits, "")
	for i, orbit := range orbits {
		if strings.ContainsFunc(orbit, func(r rune) bool { return !unicode.IsGraphic(r) }) {
			continue // newer than Go's Unicode
		}
		for _, r := range orbit {
			for _, other := range orbit {
				checkFold(t, "(?i)"+string(r), other)
				if i%10 == 0 || utf8.RuneCountInString(orbit) > 2 {
					checkFold(t, "(?i)["+string(r)+"0]", other)
				}
			}
		}
		first, _ := utf8.DecodeRuneInString(orbit)
		p := compile(t, "(?i)"+string(first))
		for _, other := range all {
			if p.Match(string(other)) && !strings.ContainsRune(orbit, other) {
				t.Errorf("(?i)%c matches %c", first, other)
			}
		}
	}
}

// A class folds what its ranges hold, and no neighbour of theirs.
func TestFoldingOfRanges(t *testing.T) {
	for pattern, want := range map[string]string{
		`(?i)[j-k0]`: "0JKjk\u212a", `(?ia)[j-k0]`: "0JKjk", `(?i)[kK\u212akj]`: "JKjk\u212a", `(?i)[\u212a]`: "Kk\u212a",
		`(?i)[h-i]`: "HIhi\u0130\u0131", `(?i)[@\[]`: "@[",
	} {
		p, got := compile(t, pattern), ""
		for r := range rune(0x3000) {
			if p.Match(string(r)) {
				got += string(r)
			}
		}
		if got != want {
			t.Errorf("%s matches %q, want %q", pattern, got, want)
		}
	}
}

func checkFold(t *testing.T, pattern string, r rune) {
	t.Helper()
	if !compile(t, pattern).Match(string(r)) {
		t.Errorf("%s does not match %c", pattern, r)
	}
}
