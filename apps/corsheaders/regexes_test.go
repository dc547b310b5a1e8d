package corsheaders_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settledtest"
)

// judgeRegex checks a project that lets in by one regex.
func judgeRegex(t testing.TB, regex, more string) checks.Messages {
	t.Helper()
	text := "DEBUG = true\nINSTALLED_APPS = [\"corsheaders\"]\nMIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\"]\n" +
		"CORS_ALLOWED_ORIGIN_REGEXES = ['''" + regex + "''']\n" + more
	p, _ := settledtest.Setup(t, settledtest.Apps{"corsheaders": corsheaders.NewApp}, text)
	return p.Check(settled.Selection{Deploy: true})
}

// idsOf are the ids of this app, without its name.
func idsOf(ms checks.Messages) []string {
	var ids []string
	for _, m := range ms {
		if id, found := strings.CutPrefix(m.ID, "corsheaders."); found {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// The regexes that people write, each with a verdict written by hand.
func TestRegexesInTheWild(t *testing.T) {
	data, err := os.ReadFile("testdata/regexes.txt")
	if err != nil {
		t.Fatal(err)
	}
	judged := 0
	for line := range strings.Lines(string(data)) {
		verdict, rest, found := strings.Cut(line, " | ")
		if strings.HasPrefix(line, "#") || !found {
			continue
		}
		judged++
		regex := rest[:strings.LastIndex(rest, " | ")]
		want := strings.Fields(verdict)
		if want[0] == "clean" {
			want = nil
		}
		ms := judgeRegex(t, regex, "CORS_ALLOW_CREDENTIALS = true")
		if got := idsOf(ms); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v\n%v", regex, got, want, ms)
		}
	}
	if judged < 60 {
		t.Errorf("only %d regexes", judged)
	}
}
