package corsheaders_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
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

// A ruling is a regex and the ids that it deserves.
type ruling struct {
	regex string
	want  []string
}

// rulings reads lines of verdict | regex, and perhaps | where it is from.
func rulings(t *testing.T, file string, sourced bool) (all []ruling) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		verdict, regex, found := strings.Cut(strings.TrimSuffix(line, "\n"), " | ")
		if strings.HasPrefix(line, "#") || !found {
			continue
		}
		if sourced {
			regex = regex[:strings.LastIndex(regex, " | ")]
		}
		want := strings.Fields(verdict)
		if want[0] == "clean" {
			want = nil
		}
		all = append(all, ruling{regex, want})
	}
	return all
}

func checkRulings(t *testing.T, all []ruling, atLeast int) {
	t.Helper()
	for _, r := range all {
		ms := judgeRegex(t, r.regex, "CORS_ALLOW_CREDENTIALS = true")
		// That a host is local is no matter of how the regex is written.
		got := slices.DeleteFunc(idsOf(ms), func(id string) bool { return id == "W106" })
		if !slices.Equal(got, r.want) {
			t.Errorf("%s: got %v, want %v\n%v", r.regex, got, r.want, ms)
		}
	}
	if len(all) < atLeast {
		t.Errorf("only %d regexes", len(all))
	}
}

// The regexes that people write, each with a verdict written by hand.
func TestRegexesInTheWild(t *testing.T) {
	checkRulings(t, rulings(t, "testdata/regexes.txt", true), 60)
}

// All the ways to spell one.
func TestMutatedRegexes(t *testing.T) {
	checkRulings(t, rulings(t, "testdata/mutated.txt", false), 400)
}

// What a finding depends on besides the regex.
func TestRegexFindings(t *testing.T) {
	const with = "CORS_ALLOW_CREDENTIALS = true\n"
	for _, tt := range []struct {
		name, regex, more string
		want              []string
	}{
		{"safe", `^https://([a-z0-9-]+\.)*example\.com(:\d+)?$`, with, nil},
		{"without credentials", `^https://.*example\.com$`, "", []string{"W102"}},
		{"with", `^https://.*example\.com$`, with, []string{"E102"}},
		{"a suffix without credentials", `^https://.*\.github\.io$`, "", []string{"W105"}},
		{"all origins in a regex", `^https?://.*$`, "", []string{"W102"}},
		{"all origins in a regex, and null", `.*`, "", []string{"W102"}},
		{"the same with credentials is refused, and nothing else is said", `.*`, with, []string{"E101"}},
		{"null", `^null$`, "", []string{"W103"}},
		{"null with credentials", `^null$`, with, []string{"E103"}},
		{"both schemes without credentials", `^https?://example\.com$`, "", nil},
		{"only http", `^http://example\.com$`, with, []string{"E104"}},
		{"only http without credentials", `^http://example\.com$`, "", nil},
		{"http on a port of its own", `^(https://example\.com|http://example\.com:8080)$`, with, []string{"E104"}},
		{"one host with both, another with http", `^(https?://a\.com|http://b\.com)$`, with, []string{"E104", "W134"}},
		{"one host with both, and with http on any port", `^(https?://a\.com|http://a\.com:\d+)$`, with, []string{"W134"}},
		{"only http in private networks", `^http://(localhost|10\.0\.\d+\.\d+|intranet|.*\.(local|internal|home\.arpa)):\d+$`, with, []string{"W106"}},
		{"both schemes in private networks", `^https?://(intranet|.*\.lan|.*\.corp)$`, with, []string{"W106"}},
		{"an online editor", `^https://.*\.gitpod\.io$`, with, []string{"W107"}},
		{"an online editor without credentials", `^https://.*\.gitpod\.io$`, "", nil},
		{"a name below an online editor", `^https://me\.gitpod\.io$`, with, []string{"W107"}},
		{"an online editor, with a dot that is no matter", `^https://.gitpod\.io$`, with, []string{"E102"}},
		{"the maker of an online editor", `^https://(www\.)?(gitpod\.io|github\.dev)$`, with, []string{"W107"}}, // www is below it
		{"the maker of an online editor, alone", `^https://(gitpod\.io|(www\.)?github\.dev)$`, with, nil},
		{"a tunnel below a public suffix", `^https://.*\.ngrok\.io$`, with, []string{"E105"}},
		{"one tunnel", `^https://mine\.ngrok\.io$`, with, []string{"W107"}},
		{"a bucket of one's own", `^https://mine\.s3\.amazonaws\.com$`, with, nil},
		{"all buckets", `^https://s3\.amazonaws\.com$`, with, []string{"W107"}},
		{"not anchored is an error in any case", `^https://example\.com`, "", []string{"E132"}},
		{"a side with nothing in it", `^https://example\.com$|`, "", []string{"W102"}},
		{"a side with nothing in it, with credentials", `|^https://example\.com$`, with, []string{"E101"}},
		{"a name with nothing in it", `^https://[^/]+\.(example\.com||example\.org)\b`, "", []string{"W102"}},
		{"a dot is a warning in any case", `^https://www.example\.com$`, with, []string{"W133"}},
		{"nothing has a say beside all origins", `^https://example\.com`, "CORS_ALLOW_ALL_ORIGINS = true\n", []string{"W108", "W111"}},
		{"unreadable", `^https://(?!a)`, with, []string{"E131"}},
		{"too large", `^https?://.{1,900}\.example\.com$`, "", []string{"I136"}},
		{"an app", `^tauri://localhost$`, "", []string{"I121"}},
		{"an app's own scheme", `^com\.example\.app://main$`, "", []string{"I121"}},
		{"paths", `^https://example\.com$`, "CORS_URLS_REGEX = '^api/'\n", []string{"E135"}},
		{"all paths", `^https://example\.com$`, "CORS_URLS_REGEX = '.*'\n", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ms := judgeRegex(t, tt.regex, tt.more)
			if got := idsOf(ms); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v\n%v", got, tt.want, ms)
			}
		})
	}
}

// Where a fix is offered, its text is a regex without the finding, and with no
// other that was not there before.
func TestRegexFixes(t *testing.T) {
	for _, regex := range []string{
		`^https://example\.com`, `https://a\.example|https://b\.example$`, `(?i)^https://a\.example$|^https://b\.example`,
		`^https://www.example.com$`, `^https://www.example.com`, `https?://(.*-dot-)?test-client-site.appspot.com`,
	} {
		before := judgeRegex(t, regex, "")
		for _, m := range before {
			if m.Fixes == nil {
				continue
			}
			after := idsOf(judgeRegex(t, m.Fixes[0].Text, ""))
			if slices.Contains(after, strings.TrimPrefix(m.ID, "corsheaders.")) {
				t.Errorf("%s: %s is not mended by %s", regex, m.ID, m.Fixes[0].Text)
			}
			for _, id := range after {
				if !slices.Contains(idsOf(before), id) {
					t.Errorf("%s: the fix of %s brings %s about: %s", regex, m.ID, id, m.Fixes[0].Text)
				}
			}
		}
	}
}

// The regex that is offered for one whose end is open lets in what was meant.
func TestAnchoredRegexes(t *testing.T) {
	for _, tt := range []struct{ regex, want string }{
		{`^https://example\.com`, `^https://example\.com$`},
		{`^http://localhost`, `^http://localhost(:\d+)?$`},
		{`^http://localhost|^http://127\.0\.0\.1`, `^(?:http://localhost|http://127\.0\.0\.1)(:\d+)?$`},
		{`^http://(nas|intranet)\.local`, `^http://(nas|intranet)\.local(:\d+)?$`},
		{`^https?://localhost(:\d+)?`, `^https?://localhost(:\d+)?$`},
	} {
		ms := judgeRegex(t, tt.regex, "").Select(func(m checks.Message) bool { return m.ID == "corsheaders.E132" })
		if len(ms) != 1 || ms[0].Fixes[0].Text != tt.want {
			t.Errorf("%s: %v", tt.regex, ms)
		}
	}
}

// The caret stands below the part that is to blame.
func TestRegexSpans(t *testing.T) {
	for _, tt := range []struct{ regex, id, part string }{
		{`^https://www.example\.com$`, "corsheaders.W133", "."},
		{`^https?://example\.com$`, "corsheaders.W134", "https?"},
		{`^(http|https)://example\.com$`, "corsheaders.W134", "(http|https)"},
		{`^(https?://)?example\.com`, "corsheaders.E132", ""},
		{`^https://a\.example$|^https://b\.example|x`, "corsheaders.E132", `^https://b\.example`},
	} {
		ms := judgeRegex(t, tt.regex, "CORS_ALLOW_CREDENTIALS = true").Select(func(m checks.Message) bool { return m.ID == tt.id })
		if len(ms) != 1 {
			t.Errorf("%s: %v", tt.regex, ms)
			continue
		}
		if got := tt.regex[ms[0].Span[0]:ms[0].Span[1]]; got != tt.part {
			t.Errorf("%s: %s points at %q, want %q", tt.regex, tt.id, got, tt.part)
		}
	}
}

// Whatever a message shows as let in is let in by the middleware itself.
func TestWitnessesGetIn(t *testing.T) {
	shown := 0
	for _, ruling := range rulings(t, "testdata/regexes.txt", true) {
		regex := ruling.regex
		s := corsheaders.Defaults()
		s.AllowedOriginRegexes = []string{regex}
		handler := wrap(t, s, func(http.ResponseWriter, *http.Request) {})
		for _, m := range judgeRegex(t, regex, "") {
			if m.ID == "corsheaders.E136" {
				continue // it shows what is meant
			}
			for _, w := range quotedOrigin.FindAllStringSubmatch(strings.Replace(m.Text, "'"+regex+"'", "", 1), -1) {
				shown++
				r := httptest.NewRequest("GET", "/", nil)
				r.Header.Set("Origin", w[1])
				answer := httptest.NewRecorder()
				handler.ServeHTTP(answer, r)
				if got := answer.Header().Get("Access-Control-Allow-Origin"); got != w[1] {
					t.Errorf("%s: %s is not let in, though %s says so", regex, w[1], m.ID)
				}
			}
		}
	}
	if shown < 40 {
		t.Errorf("only %d witnesses", shown)
	}
}

var quotedOrigin = regexp.MustCompile(`'([a-z+.-]+://[^']*|null)'`)

// The time is in proportion to the regexes, and bounded where they are large.
func BenchmarkRegexes(b *testing.B) {
	for _, tt := range []struct {
		name, pattern string
		count         int
	}{
		{"safe", `^https://([a-z0-9-]+\.)*example%d\.com(:\d+)?$`, 100},
		{"safe", `^https://([a-z0-9-]+\.)*example%d\.com(:\d+)?$`, 1000},
		{"unsafe", `^https://.*example%d.com`, 100},
		{"unsafe", `^https://.*example%d.com`, 1000},
		{"large", `^https?://.{1,900}\.example%d\.com$`, 100},
		{"large", `^https?://.{1,900}\.example%d\.com$`, 1000},
	} {
		b.Run(fmt.Sprintf("%s/%d", tt.name, tt.count), func(b *testing.B) {
			var regexes strings.Builder
			for i := range tt.count {
				fmt.Fprintf(&regexes, "'''%s''',", fmt.Sprintf(tt.pattern, i))
			}
			text := "DEBUG = true\nINSTALLED_APPS = [\"corsheaders\"]\nMIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\"]\n" +
				"CORS_ALLOWED_ORIGIN_REGEXES = [" + regexes.String() + "]\n"
			for b.Loop() {
				p, _ := settledtest.Setup(b, settledtest.Apps{"corsheaders": corsheaders.NewApp}, text)
				p.Check(settled.Selection{})
			}
		})
	}
}
