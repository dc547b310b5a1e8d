package staticfiles_test

import (
	"strings"
	"testing"

	"github.com/settled-go/settled/apps/staticfiles"
)

// hashes gives every name a hash that says which it is, but those that begin with no.
func hashes(name string) (string, bool) {
	if strings.HasPrefix(name, "no") || strings.Contains(name, "..") {
		return "", false
	}
	return staticfiles.HashedName(name, "HASH"), true
}

func TestRewrite(t *testing.T) {
	for _, tt := range []struct{ name, text, want, broken string }{
		{"a.css", `url(x.png)`, `url("x.HASH.png")`, ""},
		{"a.css", `URL('  x.png')`, `url("x.HASH.png")`, ""},
		{"css/a.css", `url("../img/x.png?v=1#f")`, `url("../img/x.HASH.png?v=1#f")`, ""},
		{"a.css", `url(f.eot?#iefix)`, `url("f.HASH.eot?#iefix")`, ""},
		{"a.css", `url(/static/x.png) url(/media/x.png) url(//h/x.png) url(#f) url(data:x) url(https://h/x)`,
			`url("/static/x.HASH.png") url(/media/x.png) url(//h/x.png) url(#f) url(data:x) url(https://h/x)`, ""},
		{"a.css", `@import "b.css"; @import url(c.css);`, `@import url("b.HASH.css"); @import url("c.HASH.css");`, ""},
		{"a.css", "/* url(no.png) */\nurl(x.png)", "/* url(no.png) */\nurl(\"x.HASH.png\")", ""},
		{"a.css", "a\n/*# sourceMappingURL=a.css.map */", "a\n/*# sourceMappingURL=a.css.HASH.map */", ""},
		{"a.css", "a\n\nurl(no.png)", "a\n\nurl(no.png)", "a.css:3: The file 'no.png' could not be found, to which \"no.png\" refers"},
		{"css/a.css", "url(../../x.png)", "url(../../x.png)", "css/a.css:1: The file '../x.png' could not be found, to which \"../../x.png\" refers"},
		{"a.css", `url(a%20b.png) url(a%22b.png) url(%zz.png)`, `url("a b.HASH.png") url("a%22b.HASH.png") url("%zz.HASH.png")`, ""},
		{"a.css", `url(fonts/)`, `url("fonts/")`, ""},
		{"a.js", "//# sourceMappingURL=a.js.map\nimport './b.js';", "//# sourceMappingURL=a.js.HASH.map\nimport './b.js';", ""},
		{"a.mjs", "import './b.js';", "import './b.js';", ""},
		{"a.txt", "url(x.png)", "url(x.png)", ""},
	} {
		check(t, false, tt.name, tt.text, tt.want, tt.broken)
	}
	for text, want := range map[string]string{
		`import { a } from "./b.js";`:            `import { a } from "./b.HASH.js";`,
		`import * as b from '/static/b.js' ;`:    `import * as b from "/static/b.HASH.js";`,
		"import {\n a\n} from './b.js';":         "import {\n a\n} from \"./b.HASH.js\";",
		`import './b.js';`:                       `import"./b.HASH.js";`,
		`const x = await import("./b.js")`:       `const x = await import("./b.HASH.js")`,
		`export { a } from "./b.js";`:            `export { a } from "./b.HASH.js";`,
		`import a from "package";`:               `import a from "package";`,
		"// import './no.js';\nimport './b.js';": "// import './no.js';\nimport\"./b.HASH.js\";",
	} {
		check(t, true, "js/a.js", text, want, "")
	}
}

func check(t *testing.T, modules bool, name, text, want, wantBroken string) {
	t.Helper()
	got, broken := staticfiles.Rewrite(hashes, modules, name, text)
	if got != want || broken != wantBroken {
		t.Errorf("%s: %q\ngot  %q, %q\nwant %q, %q", name, text, got, broken, want, wantBroken)
	}
}

// Python's fnmatch, from its own documentation and tries.
func TestFnmatch(t *testing.T) {
	for _, tt := range []struct {
		pattern, name string
		want          bool
	}{
		{"*.css", "a/b.css", true}, {"*.css", "a.css~", false}, {".*", ".hidden", true}, {".*", "a.b", false}, {"*~", "a~", true},
		{"a?c", "abc", true}, {"a?c", "a\nc", true}, {"[ab]c", "bc", true}, {"[!ab]c", "bc", false}, {"[!ab]c", "cc", true}, {"[]]", "]", true},
		{"[a", "[a", true}, {"a.c", "abc", false}, {"ü*", "üx", true}, {"[z-a]", "b", false}, {"", "", true}, {"CVS", "cvs", false},
	} {
		if got := staticfiles.Ignorer([]string{tt.pattern})(tt.name); got != tt.want {
			t.Errorf("%q, %q: %v", tt.pattern, tt.name, got)
		}
	}
}

// Python's os.path.splitext.
func TestHashedName(t *testing.T) {
	for name, want := range map[string]string{
		"a.css": "a.H.css", "css/a.min.css": "css/a.min.H.css", "a": "a.H", ".env": ".env.H", "d.x/a": "d.x/a.H", "..a.b": "..a.H.b", "a.": "a.H.",
	} {
		if got := staticfiles.HashedName(name, "H"); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// Rewriting never fails, leaves what has no references, and is stable: what it has
// made refers to names with hashes.
func FuzzRewrite(f *testing.F) {
	for _, seed := range []string{`url(x.png)`, `@import "b.css";`, "/*# sourceMappingURL=a */", "url(\"a'", "url(%)", "/* /* */ url(a)", "url(?#)", "url(\n'x'\n)"} {
		f.Add("css/a.css", seed)
		f.Add("a.js", seed)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		got, _ := staticfiles.Rewrite(hashes, true, name, text)
		if !strings.ContainsAny(text, "(/'\"") && got != text {
			t.Errorf("%q became %q", text, got)
		}
		if !staticfiles.HasReferences(name) && got != text {
			t.Errorf("%s was rewritten", name)
		}
	})
}
