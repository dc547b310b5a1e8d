package docs_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/internal/docs"
)

func TestHTML(t *testing.T) {
	for _, tt := range []struct{ name, markdown, want string }{
		{"a paragraph", "One `two`\nthree.\n\nFour.", "<p>One <code>two</code> three.</p>\n<p>Four.</p>\n"},
		{"markup is text", "<b>`<script>`</b> & *<i>*", "<p>&lt;b&gt;<code>&lt;script&gt;</code>&lt;/b&gt; &amp; <em>&lt;i&gt;</em></p>\n"},
		{"code", "Before:\n\n```toml\nA = \"<\"\n\nB = 1 # `no mark`\n```\n\nAfter.",
			"<p>Before:</p>\n<pre><code>A = &#34;&lt;&#34;\n\nB = 1 # `no mark`</code></pre>\n<p>After.</p>\n"},
		{"indented code", "So:\n\n    a\n\n    b\nend", "<p>So:</p>\n<pre><code>a\n\nb</code></pre>\n<p>end</p>\n"},
		{"lists", "- one\n  more\n- two\n\n1. a\n2. b", "<ul>\n<li>one more</li>\n<li>two</li>\n</ul>\n<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"},
		{"a list below its sentence", "These:\n- one", "<p>These:</p>\n<ul>\n<li>one</li>\n</ul>\n"},
		{"a link", "See [the `x` page](https://a.example/?a=1&b=\"2).",
			"<p>See <a href=\"https://a.example/?a=1&amp;b=&#34;2\" rel=\"noreferrer\">the <code>x</code> page</a>.</p>\n"},
		{"no link to a script", "[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"},
		{"strong", "**Never** do 2*3 and 4 * 5.", "<p><strong>Never</strong> do 2*3 and 4 * 5.</p>\n"},
		{"a table", "| a | b |\n|---|---|\n| `1` | <2> |\n",
			"<div class=\"scroll\"><table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td><code>1</code></td><td>&lt;2&gt;</td></tr>\n</table></div>\n"},
		{"nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, string(docs.HTML(tt.markdown))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
