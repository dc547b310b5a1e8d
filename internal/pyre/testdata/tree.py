"""Random patterns of constructs that are all served, with texts near to what
they match."""

import re

CHARS = "abckiAKI01_-./: \n"
CLASSES = {
    "\\w": "ab1_", "\\W": "-. ", "\\d": "019", "\\D": "a-", "\\s": " \n\v\x1c", "\\S": "a1-",
    "[a-c]": "abc", "[^a]": "bc-\n", "[^\\n]": "ab", "[\\w.-]": "a.-", "[^\\s/]": "ab1", "[^\\W_]": "ab1",
    "[]a]": "]a", "[^]a]": "b[", "[\\x41-\\x5a]": "AKI", "[k-]": "k-", ".": "ab1-", "[\\D\\n]": "a\n",
    "[\\061-\\u0033]": "123",
}
ESCAPES = {"\\n": "\n", "\\x61": "a", "\\u0062": "b", "\\141": "a", "\\0": "\0", "\\t": "\t", "\\U0000006b": "k"}
REPEATS = ["*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}", "{0}", "*?", "+?", "??", "{1,2}?"]
FLAGS = ["i", "m", "s", "a", "im", "is", "ai", "-i", "i-s", "m-is", "s-m", "-x"]


def make(rng):
    """A pattern and texts that it might match."""
    text, sample = alternatives(rng, 3)
    if rng.random() < 0.5:
        text = "^" + text
    if rng.random() < 0.6:
        text += rng.choice(["$", "$", "\\Z"])
    if rng.random() < 0.5:
        text = "(?%s)" % rng.choice(["i", "m", "s", "a", "im", "ai", "ms"]) + text
    texts = [""]
    for _ in range(5):
        texts += mutate(rng, sample())
    return text, [t[:12] for t in texts]


def near(rng, pattern):
    """Texts near to a written pattern, by taking its syntax away."""
    plain = re.sub(r"\(\?[a-zA-Z-]*:?|[\\^$()|?*+\[\]]|Z$", "", pattern)[:40]
    parts = [re.sub(r"\(\?[a-zA-Z-]*:?|[\\^$()?*+\[\]]|Z$", "", p)[:40] for p in pattern.split("|")]
    return [t for p in [plain] + parts for t in mutate(rng, p)]


def mutate(rng, text):
    """The text, and it with a newline, a tail, another case, another character and one less."""
    i = rng.randrange(len(text) + 1)
    other = text[:i] + rng.choice(CHARS) + text[i + 1:]
    return [text, text + "\n", text + rng.choice("ab1.\n"), text.swapcase(), other, text[:i] + text[i + 1:]]


def alternatives(rng, depth):
    parts = [sequence(rng, depth) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
    return "|".join(p[0] for p in parts), lambda: rng.choice(parts)[1]()


def sequence(rng, depth):
    parts = [repeated(rng, depth) for _ in range(rng.choice([0, 1, 2, 3, 4] if depth < 3 else [1, 2, 3, 4]))]
    return "".join(p[0] for p in parts), lambda: "".join(p[1]() for p in parts)


def repeated(rng, depth):
    if rng.random() < 0.1:
        return rng.choice(["\\b", "\\B", "^", "\\A"]), lambda: ""
    text, sample = atom(rng, depth)
    if rng.random() > 0.3:
        return text, sample
    return text + rng.choice(REPEATS), lambda: "".join(sample() for _ in range(rng.choice([0, 1, 1, 2, 2, 3])))


def atom(rng, depth):
    kind = rng.random()
    if kind < 0.45 or depth == 0:
        c = rng.choice(CHARS)
        return re.escape(c) if c in ".-" else c, lambda: c
    if kind < 0.7:
        text, chars = rng.choice(list(CLASSES.items()))
        return text, lambda: rng.choice(chars)
    if kind < 0.8:
        text, char = rng.choice(list(ESCAPES.items()))
        return text, lambda: char
    text, sample = alternatives(rng, depth - 1)
    head = rng.choice(["(", "(?:", "(?%s:" % rng.choice(FLAGS)])
    return head + text + ")", sample
