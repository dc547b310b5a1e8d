package settings_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/pelletier/go-toml/v2/unstable"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// documents are TOML of every shape, also seeds of the fuzz targets.
var documents = []string{
	"",
	"A = 1",
	"A = [1, 2, 3]\nB = ['x', \"y\"] # z\n",
	"A = [\n  # one\n  'x', # two\n\n  'y',\n]",
	"A = \"\"\"\nx \\\n  y\"\"\"\"\"\nB = '''\n'x''''\n",
	`A = ["\"],\\", "[", '],"', "#", "é\t\u20ac\U0001F600", ""]`,
	"A = { b = 1, c.d = [ { e = 'f' }, {} ], \"g h\" = {i=[[],[[]]]} }",
	"A = {\n  b = 1, # x\n  c = [1,\n2],\n}",
	"A.b.c = 1\nA.d = 2\nA . \"e.f\" . 'g' = 3",
	"[A]\nb = 1\n[A.c]\nd = 2\n[E . \"f g\"]\nh = 3",
	"[A.b.c]\nd = 1\n[A]\ne = 2\n[A.b]\nf.g = 3",
	"[[A]]\nb = 1\n[[A]]\nb = 2\n[A.c]\nd = 3\n[[A.e]]\nf = 4\n[[A.e]]\nf = 5\n[[A]]\n[[A.e]]\nf = 6",
	"A = [1979-05-27T07:32:00Z, 1979-05-27 07:32:00-07:00, 1979-05-27, 07:32:00.5]",
	"A = [1_000, 0xdead_beef, 0o17, 0b1, -5, +5, 1.5, 5e+22, -inf, nan, true, false]",
	"\ufeffA = 1\r\nB = [\r\n 1,\r\n 2 ]\r\n",
	"\tA\t=\t[\t1\t,\t2\t]\t\n",
	"\"\" = 1\n'x' . a = 2",
	"\"\\u0041\" = 1\n\"a\\nb\" = 2\n1.2 = 3\n-_- = 4",
	"A = [{b=1},{b=2}, 3, [{c={d=5}}]]",
	"SECRET_KEY = 'x'\nD = { PASSWORD = 'y', HOST = 'z' }\n[API]\nb = ['c', 'd']",
	"EXTENDS = []\nDEBUG = true\n# SECRET_KEY = 1\n",
}

// walk calls visit for each value with its path and the last name in it.
func walk(value any, path checks.Path, name string, visit func(checks.Path, string, any)) {
	switch v := value.(type) {
	case map[string]any:
		for key, entry := range v {
			visit(path.Key(key), key, entry)
			walk(entry, path.Key(key), key, visit)
		}
	case []any:
		for i, element := range v {
			visit(path.Index(i), name, element)
			walk(element, path.Index(i), name, visit)
		}
	case []map[string]any:
		for i, element := range v {
			visit(path.Index(i), name, element)
			walk(element, path.Index(i), name, visit)
		}
	}
}

// checkPositions holds Place to its promise: the text at the place of a value
// decodes to that value; that of a table or list without a value of its own is
// its name.
func checkPositions(t *testing.T, text string) {
	var values map[string]any
	if _, err := toml.Decode(text, &values); err != nil {
		t.Skip()
	}
	f, err := settings.Parse("test.toml", []byte(text), settings.Options{})
	if err != nil {
		t.Skip() // what we refuse and TOML doesn't, such as a missing base
	}
	walk(values, "", "", func(path checks.Path, name string, value any) {
		if strings.HasPrefix(string(path), "EXTENDS") {
			return
		}
		at := f.Place(checks.Messages{{Setting: path}})[0].At
		if at.Start.Line == 0 {
			t.Fatalf("%s has no place in %q", path, text)
		}
		piece := written(text, at)
		var got struct{ V any }
		if _, err := toml.Decode("V = "+piece, &got); err == nil && same(got.V, value) {
			return
		}
		if key, ok := keyOf(piece); !isTables(value) || !ok || key != name {
			t.Fatalf("%s stands at %s: %q, which is not %#v, in %q", path, at, piece, value, text)
		}
	})
}

// isTables holds for what a header or a dotted name can make.
func isTables(value any) bool {
	switch value.(type) {
	case map[string]any, []map[string]any:
		return true
	}
	return false
}

// keyOf is what a name in the file means.
func keyOf(piece string) (string, bool) {
	var m map[string]any
	md, err := toml.Decode(piece+" = 1", &m)
	if err != nil || len(md.Keys()) != 1 || len(md.Keys()[0]) != 1 {
		return "", false
	}
	return md.Keys()[0][0], true
}

// same compares values as they are printed, since NaN is not equal to itself,
// nor a list of tables to one in brackets.
func same(a, b any) bool {
	if x, ok := a.(float64); ok && math.IsNaN(x) {
		y, ok := b.(float64)
		return ok && math.IsNaN(y)
	}
	return reflect.DeepEqual(a, b) || fmt.Sprintf("%v", a) == fmt.Sprintf("%v", b)
}

func TestPositionsDecode(t *testing.T) {
	for _, text := range documents {
		t.Run(text, func(t *testing.T) { checkPositions(t, text) })
	}
}

// A second reader of TOML agrees on where the settings above the first header
// stand. What nobody has claimed is reported at its name.
func TestPositionsAgree(t *testing.T) {
	for _, text := range documents {
		text = strings.TrimPrefix(text, "\ufeff")
		names := map[checks.Path]int{}
		for _, m := range parse(t, text).Unclaimed() {
			names[m.Setting] = offset(text, m.At.Start)
		}
		p := &unstable.Parser{}
		p.Reset([]byte(text))
		seen := map[checks.Path]bool{extends: true}
		for p.NextExpression() && p.Expression().Kind == unstable.KeyValue {
			name := p.Expression().Key()
			name.Next()
			path := checks.Path("").Key(string(name.Node().Data))
			got, ok := names[path]
			if want := int(name.Node().Raw.Offset); !seen[path] && (!ok || got != want) {
				t.Errorf("%s stands at %d, want %d, in %q", path, got, want, text)
			}
			seen[path] = true
		}
	}
}

const extends = "EXTENDS"
