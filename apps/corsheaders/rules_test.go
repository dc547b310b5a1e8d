package corsheaders_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
	"github.com/settled-go/settled/settledtest"
)

func TestConformance(t *testing.T) { settledtest.App(t, "corsheaders", corsheaders.NewApp) }

// found is a message, reduced to what a rule decides.
type found struct {
	ID, Setting string
	Class       checks.Class
	Span        [2]int
}

func TestRules(t *testing.T) {
	const (
		finding, refused    = checks.Finding, checks.Refused
		origins, regexes    = "CORS_ALLOWED_ORIGINS", "CORS_ALLOWED_ORIGIN_REGEXES"
		missing, unexpected = "corsheaders.E013", "corsheaders.E014"
	)
	whole := [2]int{}
	listed := func(origins ...string) func(*corsheaders.Settings) {
		return func(s *corsheaders.Settings) { s.AllowedOrigins = origins }
	}
	for _, tt := range []struct {
		name   string
		change func(*corsheaders.Settings)
		want   []found
	}{
		{"sound origins", listed("null", "file://", "https://example.com", "http://[::1]:8080", "app://.", "https://example.org:80"), nil},
		{"nothing", listed(""), []found{{missing, origins + "[0]", refused, whole}}},
		{"star", listed("https://a.example", "*"), []found{{missing, origins + "[1]", refused, whole}}},
		{"no scheme", listed("example.com", "//example.com", "example.com:80"), []found{
			{missing, origins + "[0]", refused, whole}, {missing, origins + "[1]", refused, whole}, {missing, origins + "[2]", refused, whole}}},
		{"no host", listed("https://", "https:example.com", "https:///x", "file:///x", "NULL"), []found{
			{missing, origins + "[0]", refused, whole}, {missing, origins + "[1]", refused, whole}, {missing, origins + "[2]", refused, whole},
			{missing, origins + "[3]", refused, whole}, {missing, origins + "[4]", refused, whole}}},
		{"a scheme that is none", listed("1a://b", "é://b", "a_b://c"), []found{
			{missing, origins + "[0]", refused, whole}, {missing, origins + "[1]", refused, whole}, {missing, origins + "[2]", refused, whole}}},
		{"malformed brackets", listed("http://[::1", "http://::1]", "http://[]", "http://[1.2.3.4]",
			"http://[v.x]", "http://[vg.x]", "http://[v1x]", "http://[:::::]", "http://[u]@h"), []found{
			{missing, origins + "[0]", refused, whole}, {missing, origins + "[1]", refused, whole}, {missing, origins + "[2]", refused, whole},
			{missing, origins + "[3]", refused, whole}, {missing, origins + "[4]", refused, whole}, {missing, origins + "[5]", refused, whole},
			{missing, origins + "[6]", refused, whole}, {missing, origins + "[7]", refused, whole}, {missing, origins + "[8]", refused, whole}}},
		{"path, query, fragment", listed("https://a/", "https://a?x", "https://a#x", "https://a/?x#y"), []found{
			{unexpected, origins + "[0]", finding, whole}, {unexpected, origins + "[1]", finding, whole},
			{unexpected, origins + "[2]", finding, whole}, {unexpected, origins + "[3]", finding, whole},
			{unexpected, origins + "[3]", finding, whole}, {unexpected, origins + "[3]", finding, whole}}},
		{"a bare ? or #", listed("https://a?", "https://a#"), []found{
			{"corsheaders.E116", origins + "[0]", finding, [2]int{9, 10}}, {"corsheaders.E116", origins + "[1]", finding, [2]int{9, 10}}}},
		{"control characters, and nothing else about the same", func(s *corsheaders.Settings) {
			s.AllowedOrigins = []string{"https://a", "exam\tple.com/x"}
			s.AllowedOriginRegexes = []string{"^https://(\b"}
			s.AllowHeaders = []string{"x\x7f"}
			s.AllowMethods = []string{"GET\u0085", "P\x1fT"}
			s.ExposeHeaders = []string{"a\nb"}
			s.URLsRegex = "^/(\x00"
		}, []found{
			{"settings.E011", origins + "[1]", refused, [2]int{4, 5}}, {"settings.E011", regexes + "[0]", refused, [2]int{10, 11}},
			{"corsheaders.E151", "CORS_ALLOW_METHODS[0]", finding, [2]int{3, 5}}, {"settings.E011", "CORS_ALLOW_METHODS[1]", refused, [2]int{1, 2}}, {"settings.E011", "CORS_ALLOW_HEADERS[0]", refused, [2]int{1, 2}},
			{"settings.E011", "CORS_EXPOSE_HEADERS[0]", refused, [2]int{1, 2}}, {"settings.E011", "CORS_URLS_REGEX", refused, [2]int{3, 4}}}},
		{"regexes", func(s *corsheaders.Settings) {
			s.AllowedOriginRegexes = []string{"ok", "^https://(?!evil)", "a{,3}"}
			s.URLsRegex = "^/[[:alpha:]]"
		}, []found{
			{"corsheaders.E131", regexes + "[1]", refused, [2]int{9, 12}}, {"corsheaders.E131", regexes + "[2]", refused, [2]int{1, 5}},
			{"corsheaders.E131", "CORS_URLS_REGEX", refused, [2]int{3, 12}}}},
		{"max age", func(s *corsheaders.Settings) { s.PreflightMaxAge = -1 }, []found{
			{"corsheaders.E004", "CORS_PREFLIGHT_MAX_AGE", checks.Unbuildable, whole}}},
		{"all origins with credentials", func(s *corsheaders.Settings) { s.AllowAllOrigins, s.AllowCredentials = true, true }, []found{
			{"corsheaders.E101", "CORS_ALLOW_CREDENTIALS", refused, whole}}},
		{"all origins", func(s *corsheaders.Settings) { s.AllowAllOrigins = true }, nil},
		{"a regex for all with credentials", func(s *corsheaders.Settings) {
			s.AllowCredentials, s.AllowedOriginRegexes = true, []string{"^https://a$", "^https?://"}
		}, []found{{"corsheaders.E101", "CORS_ALLOW_CREDENTIALS", refused, whole}}},
		{"a regex for all without", func(s *corsheaders.Settings) { s.AllowedOriginRegexes = []string{".*"} }, nil},
		{"a regex for many with credentials", func(s *corsheaders.Settings) {
			s.AllowCredentials, s.AllowedOriginRegexes = true, []string{`^https://\w+\.com`, `^https://.*\.example\.com$`, "(?!"}
		}, []found{{"corsheaders.E131", regexes + "[2]", refused, [2]int{0, 3}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := corsheaders.Defaults()
			tt.change(&s)
			var got []found
			for _, m := range settings.Validate(s) {
				got = append(got, found{m.ID, string(m.Setting), m.Class, m.Span})
			}
			if diff := cmp.Diff(byID(tt.want), byID(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if _, err := corsheaders.New(s); (err != nil) != (len(tt.want) > 0) {
				t.Errorf("New returned %v", err)
			}
		})
	}
}

// byID counts, since the order of messages is that of the struct.
func byID(all []found) map[found]int {
	counts := map[found]int{}
	for _, f := range all {
		counts[f]++
	}
	return counts
}

// What the messages say.
func TestTexts(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*corsheaders.Settings)
		want   checks.Message // Text and Hint, whole
	}{
		{"scheme", func(s *corsheaders.Settings) { s.AllowedOrigins = []string{"example.com"} }, checks.Message{
			Text: "Origin 'example.com' in CORS_ALLOWED_ORIGINS is missing scheme or netloc: no browser sends such an origin, so that it lets nobody in",
			Hint: "write 'https://example.com', or 'http://example.com' if that is its scheme"}},
		{"no host", func(s *corsheaders.Settings) { s.AllowedOrigins = []string{"http://"} }, checks.Message{
			Text: "Origin 'http://' in CORS_ALLOWED_ORIGINS is missing scheme or netloc: no browser sends such an origin, so that it lets nobody in",
			Hint: "add a scheme (e.g. https://) or netloc (e.g. example.com)"}},
		{"wildcard", func(s *corsheaders.Settings) { s.AllowedOrigins = []string{"*.example.com"} }, checks.Message{
			Text: "Origin '*.example.com' in CORS_ALLOWED_ORIGINS is missing scheme or netloc: no browser sends such an origin, so that it lets nobody in",
			Hint: "a * stands for nothing here: write a regex in CORS_ALLOWED_ORIGIN_REGEXES"}},
		{"star", func(s *corsheaders.Settings) { s.AllowedOrigins = []string{"*"} }, checks.Message{
			Text: "Origin '*' in CORS_ALLOWED_ORIGINS is missing scheme or netloc: no browser sends such an origin, so that it lets nobody in",
			Hint: "set CORS_ALLOW_ALL_ORIGINS = true if every website may read the answers, else list the origins that are meant"}},
		{"star with credentials", func(s *corsheaders.Settings) { s.AllowCredentials, s.AllowedOrigins = true, []string{"*"} }, checks.Message{
			Text: "Origin '*' in CORS_ALLOWED_ORIGINS is missing scheme or netloc: no browser sends such an origin, so that it lets nobody in",
			Hint: "list the origins that are meant: with CORS_ALLOW_CREDENTIALS = true, all of them can't be let in"}},
		{"any host with credentials", func(s *corsheaders.Settings) { s.AllowCredentials, s.AllowedOrigins = true, []string{"https://*"} }, checks.Message{
			Text: "Origin 'https://*' in CORS_ALLOWED_ORIGINS has a *, which stands for nothing but itself: browsers send none, so that it never matches",
			Hint: "list the origins that are meant: with CORS_ALLOW_CREDENTIALS = true, all of them can't be let in"}},
		{"null in upper case", func(s *corsheaders.Settings) { s.AllowedOrigins = []string{"NULL"} }, checks.Message{
			Text: "Origin 'NULL' in CORS_ALLOWED_ORIGINS is missing scheme or netloc: no browser sends such an origin, so that it lets nobody in",
			Hint: "list one origin an entry, as scheme://host:port"}},
		{"null in quotes", func(s *corsheaders.Settings) { s.AllowedOrigins = []string{"'null'"} }, checks.Message{
			Text: "Origin ''null'' in CORS_ALLOWED_ORIGINS is missing scheme or netloc: no browser sends such an origin, so that it lets nobody in",
			Hint: "list one origin an entry, as scheme://host:port"}},
		{"quotes", func(s *corsheaders.Settings) { s.AllowedOrigins = []string{"'https://example.com/'"} }, checks.Message{
			Text: "Origin ''https://example.com/'' in CORS_ALLOWED_ORIGINS is missing scheme or netloc: no browser sends such an origin, so that it lets nobody in",
			Hint: "write 'https://example.com'"}},
		{"brackets", func(s *corsheaders.Settings) { s.AllowedOrigins = []string{`http://[it's"`} }, checks.Message{
			Text: `Origin 'http://[it's"' in CORS_ALLOWED_ORIGINS is missing scheme or netloc: its brackets hold no IPv6 address, so that it never matches`,
			Hint: "write an IPv6 address as in 'http://[::1]:8080'"}},
		{"path", func(s *corsheaders.Settings) { s.AllowedOrigins = []string{"https://example.com/"} }, checks.Message{
			Text: "Origin 'https://example.com/' in CORS_ALLOWED_ORIGINS should not have path: browsers send none, so that it never matches",
			Hint: "write 'https://example.com'"}},
		{"regex", func(s *corsheaders.Settings) { s.AllowedOriginRegexes = []string{`^https://(?!a)\w$`} }, checks.Message{
			Text: `Regex '^https://(?!a)\w$' in CORS_ALLOWED_ORIGIN_REGEXES can't be used: (?! begins a negative look-ahead, which RE2 does not have`,
			Hint: "write what is allowed, as in [a-z]+ or (?:a|b), instead of what is not"}},
		{"backspace", func(s *corsheaders.Settings) { s.URLsRegex = "^/api\b" }, checks.Message{
			Text: `'^/api\b' in CORS_URLS_REGEX holds the control character U+0008, which no origin, path or header holds`,
			Hint: `write regexes in single quotes, '...': in double quotes TOML reads \b as a backspace`}},
		{"regex", func(s *corsheaders.Settings) { s.AllowedOriginRegexes = []string{"^https://(?!evil)"} }, checks.Message{
			Text: "Regex '^https://(?!evil)' in CORS_ALLOWED_ORIGIN_REGEXES can't be used: (?! begins a negative look-ahead, which RE2 does not have",
			Hint: "write what is allowed, as in [a-z]+ or (?:a|b), instead of what is not"}},
		{"max age", func(s *corsheaders.Settings) { s.PreflightMaxAge = -1 }, checks.Message{
			Text: "CORS_PREFLIGHT_MAX_AGE should be an integer greater than or equal to zero, not -1",
			Hint: "change the value, or take the setting out for its default"}},
		{"credentials", func(s *corsheaders.Settings) { s.AllowAllOrigins, s.AllowCredentials = true, true }, checks.Message{
			Text: "CORS_ALLOW_CREDENTIALS is true while CORS_ALLOW_ALL_ORIGINS lets in every origin: any website could read the answers made for a logged-in user",
			Hint: "take CORS_ALLOW_ALL_ORIGINS out and list the origins that are meant in CORS_ALLOWED_ORIGINS, or set CORS_ALLOW_CREDENTIALS = false"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := corsheaders.Defaults()
			tt.change(&s)
			ms := settings.Validate(s)
			if len(ms) != 1 {
				t.Fatalf("got %v", ms)
			}
			if diff := cmp.Diff([]string{tt.want.Text, tt.want.Hint}, []string{ms[0].Text, ms[0].Hint}); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// A refusal of credentials shows everything that lets everyone in.
func TestCredentialsRelated(t *testing.T) {
	s := corsheaders.Defaults()
	s.AllowAllOrigins, s.AllowCredentials = true, true
	s.AllowedOriginRegexes = []string{"^https://a$", "^https://", "."}
	ms := settings.Validate(s)
	if len(ms) != 1 {
		t.Fatalf("got %v", ms)
	}
	want := []checks.Related{
		{Setting: "CORS_ALLOW_ALL_ORIGINS", Text: "this lets in every origin"},
		{Setting: "CORS_ALLOWED_ORIGIN_REGEXES[1]", Text: "this lets in every origin, https://qzfkxw.com for one"},
		{Setting: "CORS_ALLOWED_ORIGIN_REGEXES[2]", Text: "this lets in every origin, https://qzfkxw.com for one"},
	}
	if diff := cmp.Diff(want, ms[0].Related); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
