"""Records what Python's re.match says, for python_test.go to compare with.

    python3 record.py > python.json

The patterns are made with a fixed seed, so that the same Python writes the
same file. A pattern that Python rejects is recorded with its error. "must"
marks patterns of constructs that are all served: they must not be refused.
"orbits" are the characters that (?i) takes for each other, in all of Unicode.
"""

import json
import random
import re
import signal
import string
import sys
import unicodedata
import warnings

import soup
import tree

warnings.simplefilter("ignore")

SETS = {
    "ascii": [chr(c) for c in range(128)],
    "fold": list("aAiIkKsSxX0\u0130\u0131\u017f\u212a\u00e0\u00c0\u00e5\u00c5\u212b\u00df\u1e9e\u00b5\u03bc\u039c"
                 "\u03c3\u03c2\u03a3\u0390\u1fd3\u03b0\u1fe3\ufb05\ufb06\u01c4\u01c5\u01c6\u0434\u0414\u1c81"
                 "\u0345\u03b9\u0399\u1fbe\u00ff\u0178\u4e2d\U00010400\U00010428"),
    "short": [
        "", "a", "b", "A", "k", "aa", "ab", "ba", "abc", "aab", "a-b", "a b", "ab1", "1", "_", "-", "]",
        "[", "{", "}", "{,3}", "a{", "a{1", "a.b", "a\n", "\n", "a\nb", "a\n\n", "ab\n", "\na", "\n\n",
        "a,3}", "aaa", ":", "\\", "^", "$", "x", "\x07", "\x08", "\x0b", "\x1c", "\x00", "\xe9", "a\xe9",
        "\u212a", "\u017f", "\u0131",
    ],
}

WRITTEN = [  # patterns that people write, and what is odd in them
    r"https://app\.example\.com", r"^https://\w+\.example\.org$", r"(?i)^https://CI\.example\Z",
    r"^null$|^https://b\.example$", r"^https://[^\W_]+\.cdn\.example$", r"^[a-z][a-z0-9+.-]*://localhost$",
    r"^https://.*$", r".*", r"", r"$", r"^", r"^$", r"|", r"()",
    r"^https://example\.com|https://www\.example\.com$", r"^(?:https://helpx\.app|null)$",
    r"^[\x20-\x7e]+$", r"^/[\w-]+/$", r"(?i)^/API/.*\.json$|^/rest\b|/static/(?:css|js)/[\w-]+\Z",
    r"(?m)^/api/$", r"^/api(/|$)", r"^/x\sy/$", r"^/api/", r"^(https://a$|https://b)(:\d+)?$",
    r"^https?://(?:[a-z0-9-]+\.)*example\.com(?::\d{1,5})?$", r"(?P<s>https?)://(?P<h>\w+)", r"a\Z|b$",
    r"(?:a$)|\n", r"a$\Z", r"(?m)a$\n", r"(?m)(?:^a$\n?)+\Z", r"(?s)a.*\Z", r"(?s-m:a.$)", r"(?-i:a)(?i:a)",
    r"(?i)(?-i:a)b", r"(?i)(?m)(?s)^a.b$", r"(?aims)^\w.$", r"(?a:\w)\w", r"(?a)\s", r"[^\S\n]", r"[^\W\d]",
    r"[\s\S]", r"[\D\d]", r"[]]", r"[^]]", r"[]-a]", r"[a-]", r"[-a]", r"[a\-z]", r"[a-b-c]", r"[--0]",
    r"[a&&b]", r"[a||b]", r"[a~~b]", r"[[a]", r"[[]", r"[a[b]", r"[[:]", r"[[.]", r"[\b]", r"\0", r"\00",
    r"\07", r"\007", r"\0075", r"\141", r"\377", r"[\1]", r"[\12]", r"[\141]", r"[\377]", r"\x61",
    r"\u0061", r"\U00000061", r"[\u0061-\u0063]", r"a{2}", r"a{2,}", r"a{0,1}", r"a{0}", r"a{0}b", r"a{",
    r"a{}", r"a{1", r"a{1,", r"a{,", r"a{,b}", r"a{1,2", r"{", r"{}", r"}", r"]", r"x{-1}", r"x{1,2,3}",
    r"a??b", r"a*?b", r"a+?b", r"a{1,2}?b", r"(?:a*)*", r"(?:a*)+b", r"(?:)*", r"(?:a|)*b", r"(a?)*?$",
    r"(|a)+b", r"(?:^a)+", r"(?:$)*", r"(?:\b)+a", r"a||b", r"(|)", r"a|b|", r"(?:|a)", r"\ba\b", r"a\b",
    r"a\B", r"\Ba", r"a\Bb", r"\A\Aa", r"a\A", r"a^", r"(?m)a\n^b", r"(?m)^\n^", r"(?i)k", r"(?i)[k]",
    r"(?i)[^k]", r"(?i)\x6b", r"(?ai)k", r"(?ai)[^k]", r"(?i)[a-z]", r"(?ai)[A-Z]", r"(?i)[^a-z]",
    r"(?i)\W", r"(?i)[\Wk]", r"(?ai)[\Wk]", r"caf\u00e9", "caf\u00e9", "(?i)CAF\u00c9", "[\u00e0-\u00ff]",
    "(?i)[\u00c0-\u00df]", r"\-\/\_\ \#\@", "a\\\u00e9", "\\\n", "a\\\\", r"a{1000}", r"(?:a{2}){3}",
    r"(?P<a>a)(?P<b>b)", r"(?-x:a)", r"(?s-ix:.)", r"a\/b", r"\.", r"\"", r"(?ii)a", r"\01",
    r"[$^.|?*+(){}]", r"[\]\[\\^-]", r"[^^]", r"[^-a]", r"(?:(?i:a)|b)c", r"(?i:a|b)c", r"((((a))))",
    r"[\w.]+data\.test\.app$", r"\t\n\v\f\r\a",
]

REFUSED = [  # what Python reads and RE2 can't, or reads otherwise
    r"(?!a)b", r"(?=a)a", r"(?<!a)b", r"(?<=a)b", r"(a)\1", r"(?P<n>a)(?P=n)", r"a*+", r"a++", r"a?+",
    r"a{1,2}+", r"(?>a)", r"(a)?(?(1)b|c)", r"(?x)a b", r"(?x:a b)", r"a(?#c)b", r"a{,3}", r"a{,}",
    r"[[:alpha:]]", r"[^[:digit:]]", r"[a[=b=]]", r"[[.a.]]", r"(?u)a", r"(?u:a)", r"\N{DASH}", r"a{1001}",
    r"(?:a{100}){100}", r"a$\n", r"(a$|b)\s", r"(?:$|\n)+", "(?P<\u00e9>a)", r"\ud800",
]

BAD = [  # what Python rejects, though Go takes much of it
    r"a(?i)b", r"(a(?i))", r"|(?i)a", r"\pL", r"\PL", r"\p{L}", r"\Qa\E", r"(?U)a", r"\x{41}",
    r"(?<name>a)", r"\C", r"\z", r"[\z]", r"[\w-z]", r"[a-\d]", r"[z-a]", r"\1", r"\8", r"\12", r"\400",
    r"[\8]", r"[\400]", r"a**", r"a*{2}", r"a{2}{3}", "a???", r"*a", r"+", r"?", r"{1}", r"a|*",
    r"(*)", r"^*", r"$+", r"\b?", r"\A{2}", r"(?L)a", r"(?t-i)a", r"(?i-i:a)", r"(?-i)a", r"(?-a:a)",
    r"(?i-:a)", r"(?-:a)", r"(?)", r"(?", r"(?i", r"(?i-", r"(?P", r"(?P<", r"(?P<>a)", r"(?P<1>a)",
    r"(?P<a-b>a)", r"(?P<a>a)(?P<a>b)", r"(?P>a)", r"(?'a'b)", r"(?&a)", r"(?|a)", r"(?R)", r"(", r")",
    r"(a", r"a)", r"[a", r"[", "\\", "a\\", "[\\", r"[a-", r"\x4", r"\xg1", r"\u12", r"\U0011",
    r"\U00110000", r"\y", r"\K", r"\h", r"[\A]", r"[\B]", r"[\Z]", r"a{3,1}", r"(?au)a", r"(?iU)a",
    r"(?i)*", r"(?P=n)", r"(?P=n", r"(?#a", r"[[:alpha:]", r"(?i:a", r"\c", r"\G", r"\X", r"\R", r"(?s",
    r"(?iz)",
]


def usable(pattern, text):
    """Whether Settled promises to read text as Python does."""
    if not text.isascii() and not re.match(r"\(\?[ims]*a[ims]*\)", pattern):
        return not re.search(r"\\[wdsbWDSB]", pattern)
    return text or r"\B" not in pattern


def record(pattern, texts, must=False):
    row = {"pattern": pattern}
    if must:
        row["must"] = True
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, ValueError) as e:
        row["error"] = str(e)
        return row
    if isinstance(texts, str):
        row["set"] = texts
        texts = SETS[texts]
    else:
        texts = row["texts"] = list(dict.fromkeys(texts))
    said = []
    for text in texts:
        signal.alarm(10)
        said.append(str(int(bool(compiled.match(text)))) if usable(pattern, text) else "-")
        signal.alarm(0)
    row["match"] = "".join(said)
    return row


FORMS = ["%s", "[%s]", "[^%s]", "\\%s", "[\\%s]", "[^\\%s]", "(?i)[%s]", "(?s)[^%s]"]
FOLDING = ["(?i)%s", "(?i)[%s]", "(?i)[^%s]", "(?ai)%s", "(?ai)[^%s]", "(?i)x?%s", "(?i)[\x00-%s]", "(?i)[%s-\U0001ffff]"]


def rows():
    for c in map(chr, range(128)):
        for form in FORMS:
            yield record(form % c, "ascii")
    for c in SETS["fold"]:
        for form in FOLDING:
            yield record(form % c, "fold", must=True)
    for pattern in WRITTEN:
        texts = SETS["short"] + tree.near(random.Random(pattern), pattern)
        yield record(pattern, texts, must=True)
    for pattern in REFUSED + BAD:
        yield record(pattern, "short")
    rng = random.Random(20)
    for _ in range(1500):
        pattern, texts = tree.make(rng)
        yield record(pattern, texts, must=True)
    for _ in range(4000):
        yield record(soup.make(rng), "short")


def orbits():
    """Each set of characters that (?i) takes for each other, once."""
    cased = "".join(c for c in map(chr, range(sys.maxunicode + 1)) if c.lower() != c or c.upper() != c)
    return sorted({"".join(re.findall("(?i)" + re.escape(c), cased)) for c in cased})


print('{"python": %s,' % json.dumps(sys.version.split()[0]))
print('"unicode": %s,' % json.dumps(unicodedata.unidata_version))
print('"orbits": %s,' % json.dumps([o for o in orbits() if len(o) > 1]))
print('"sets": %s,' % json.dumps(SETS))
print('"patterns": [\n%s\n]}' % ",\n".join(json.dumps(row) for row in rows()))
