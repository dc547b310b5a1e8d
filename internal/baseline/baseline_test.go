package baseline_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/internal/baseline"
)

var (
	one   = baseline.Entry{File: "a/settings.toml", ID: "x.W001", Setting: "S", Text: "it's <odd> & \"bad\""}
	two   = baseline.Entry{File: "settings.toml", ID: "x.W001", Setting: "S", Text: "odd"}
	three = baseline.Entry{Variable: "SETTLED_S", ID: "x.W001", Text: "odd"}
)

func TestWriteAndRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "baseline.json")
	if _, err := baseline.Read(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a file: %v", err)
	}
	var first []byte
	for _, b := range []baseline.Baseline{{two, one, three, two}, {two, two, three, one}} {
		if err := b.Write(path); err != nil {
			t.Fatal(err)
		}
		got, err := baseline.Read(path)
		if diff := cmp.Diff(baseline.Baseline{three, one, two, two}, got); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
		text, err := os.ReadFile(path)
		if err != nil || first != nil && string(text) != string(first) {
			t.Errorf("other bytes: %s, %v", text, err)
		}
		first = text
	}
}

func TestWriteNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "baseline.json")
	if err := baseline.Baseline(nil).Write(path); err != nil {
		t.Fatal(err)
	}
	const want = "{\n  \"version\": 1,\n  \"findings\": []\n}\n"
	if got, err := os.ReadFile(path); string(got) != want || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
	if got, err := baseline.Read(path); len(got) != 0 || err != nil {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestReadBroken(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, tt := range []struct{ text, want string }{
		{"", "b.json:1:1: unexpected end of JSON input"},
		{"{\"version\": 1,\n", "b.json:1:15: unexpected end of JSON input"},
		{"{\n  \"version\": 1,\n<<<<<<< HEAD\n", "b.json:3:1: invalid character '<' looking for beginning of object key string"},
		{"DEBUG = true\n", "b.json:1:1: invalid character 'D' looking for beginning of value"},
		{"[]", "b.json:1:1: it holds no object but a value of the kind array"},
		{"{\"version\": 1, \"findings\": [{\"id\": 1}]}", "b.json:1:36: \"findings.id\" should not be of the kind number"},
		{"{\"version\": 1, \"findings\": []}\n {}", "b.json:2:2: invalid character '{' after top-level value"},
		{"{}", "b.json:1:1: \"version\" is missing"},
		{"{\"version\": 2, \"findings\": []}", "b.json:1:1: its version is 2, and this program knows 1"},
		{"{\"version\": 1}", "b.json:1:1: \"findings\" is missing"},
		{"{\"version\": 1, \"findings\": [{\"id\": \"x\", \"text\": \"y\"}]}", "b.json:1:1: findings[0] needs an \"id\", a \"text\", and a \"file\" or a \"variable\""},
		{"{\"version\": 1, \"finding\": []}", "b.json:1:1: unknown field \"finding\""},
	} {
		if err := os.WriteFile("b.json", []byte(tt.text), 0o666); err != nil {
			t.Fatal(err)
		}
		_, err := baseline.Read("b.json")
		if want := tt.want + "; this is not a baseline that check has written"; err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", tt.text, err, want)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		known    baseline.Baseline
		found    []baseline.Entry
		accepted []bool
		left     baseline.Baseline
	}{
		{nil, []baseline.Entry{one}, []bool{false}, nil},
		{baseline.Baseline{one}, []baseline.Entry{one}, []bool{true}, nil},
		{baseline.Baseline{one}, []baseline.Entry{one, one}, []bool{true, false}, nil},
		{baseline.Baseline{one, one}, []baseline.Entry{one}, []bool{true}, baseline.Baseline{one}},
		{baseline.Baseline{three, one}, []baseline.Entry{two}, []bool{false}, baseline.Baseline{three, one}},
	} {
		accepted, left := tt.known.Match(tt.found)
		if !slices.Equal(accepted, tt.accepted) || !slices.Equal(left, tt.left) {
			t.Errorf("%v in %v: got %v, %v", tt.found, tt.known, accepted, left)
		}
	}
}
