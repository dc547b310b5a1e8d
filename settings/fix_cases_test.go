package settings_test

import "github.com/settled-go/settled/checks"

var fixCases = []struct {
	name   string
	before string
	edits  []checks.Edit
	after  string
}{
	{"basic string", `A = "x/" # y`, []checks.Edit{replace("A", "x")}, `A = "x" # y`},
	{"basic string, escapes kept", `A = "\u0078\t/z"`, []checks.Edit{replace("A", "x\tz")}, `A = "\u0078\tz"`},
	{"basic string, escapes needed", `A = "x"`, []checks.Edit{replace("A", "\"x\\\n\x7f")}, `A = "\"x\\\n\u007F"`},
	{"literal string", `A = 'a.b$'`, []checks.Edit{replace("A", `^a\.b$`)}, `A = '^a\.b$'`},
	{"literal string that can't be", `A = 'a'`, []checks.Edit{replace("A", `a'\`)}, `A = "a'\\"`},
	{"several lines", "A = \"\"\"\nx \\\n  y\nz\"\"\"", []checks.Edit{replace("A", "x v\nz")}, "A = \"\"\"\nx \\\n  v\nz\"\"\""},
	{"several lines, literal", "A = '''\nx\ny'''", []checks.Edit{replace("A", "x\nz")}, "A = '''\nx\nz'''"},
	{"several lines, to one", "A = '''\nx\n'''", []checks.Edit{replace("A", "\r\n")}, `A = "\u000D\n"`},
	{"empty", `A = ""`, []checks.Edit{replace("A", "é")}, `A = "é"`},
	{"to empty", `A = "é"`, []checks.Edit{replace("A", "")}, `A = ""`},
	{"inside", `A = { b = ["c", { d = 'e' }] }`, []checks.Edit{replace("A.b[0]", "f"), replace("A.b[1].d", "g")}, `A = { b = ["f", { d = 'g' }] }`},
	{"below a header", "[A.b]\nc = 'd'", []checks.Edit{replace("A.b.c", "e")}, "[A.b]\nc = 'e'"},
	{"the same twice", `A = "x/"`, []checks.Edit{replace("A", "x"), replace("A", "x")}, `A = "x"`},

	{"first of a line", `A = ["a", "b", "c"] # d`, []checks.Edit{remove("A[0]")}, `A = ["b", "c"] # d`},
	{"middle of a line", `A = ["a", "b", "c"]`, []checks.Edit{remove("A[1]")}, `A = ["a", "c"]`},
	{"last of a line", `A = ["a", "b", "c"]`, []checks.Edit{remove("A[2]")}, `A = ["a", "b"]`},
	{"last of a line, comma", `A = [ "a", "b", ]`, []checks.Edit{remove("A[1]")}, `A = [ "a", ]`},
	{"only one of a line", `A = ["a"]`, []checks.Edit{remove("A[0]")}, `A = []`},
	{"only one of a line, comma", `A = [ "a" , ]`, []checks.Edit{remove("A[0]")}, `A = [ ]`},
	{"the end of a line", `A = ["a", "b", "c"]`, []checks.Edit{remove("A[2]"), remove("A[1]")}, `A = ["a"]`},
	{"all of a line", `A = ["a", "b", "c"]`, []checks.Edit{remove("A[0]"), remove("A[1]"), remove("A[2]")}, `A = []`},
	{"a line of its own", "A = [\n  # x\n  'a', # y\n\n  'b', # z\n]", []checks.Edit{remove("A[0]")}, "A = [\n  # x\n\n  'b', # z\n]"},
	{"the last line", "A = [\n  'a', # y\n  'b' # z\n]", []checks.Edit{remove("A[1]")}, "A = [\n  'a' # y\n]"},
	{"the last line, comma", "A = [\n  'a', # y\n  'b', # z\n]", []checks.Edit{remove("A[1]")}, "A = [\n  'a', # y\n]"},
	{"the last lines", "A = [\r\n  'a', # y\r\n  'b',\r\n 'c'\r\n]\r\n", []checks.Edit{remove("A[1]"), remove("A[2]")}, "A = [\r\n  'a' # y\r\n]\r\n"},
	{"all lines", "A = [\n  'a', # y\n  'b' # z\n # v\n]", []checks.Edit{remove("A[1]"), remove("A[0]")}, "A = [\n # v\n]"},
	{"shared lines", "A = [\n  'a', 'b', # y\n  'c', 'd' # z\n]", []checks.Edit{remove("A[1]"), remove("A[3]")}, "A = [\n  'a', # y\n  'c' # z\n]"},
	{"first of a shared line", "A = ['a', # x\n  'b']", []checks.Edit{remove("A[0]")}, "A = [ # x\n  'b']"},
	{"commas first", "A = [\n  'a'\n, 'b' # x\n, 'c'\n]", []checks.Edit{remove("A[1]")}, "A = [\n  'a'\n, 'c'\n]"},
	{"commas first, the last", "A = [\n  'a'\n, 'b' # x\n]", []checks.Edit{remove("A[1]")}, "A = [\n  'a'\n]"},
	{"commas first, the first", "A = [\n  'a' # x\n, 'b'\n]", []checks.Edit{remove("A[0]")}, "A = [\n 'b'\n]"},
	{"comma behind a comment", "A = ['a' # x\n, 'b']", []checks.Edit{remove("A[0]")}, "A = [ # x\n 'b']"},
	{"a table", "A = [{ b = 1 }, [2, 3], 4]", []checks.Edit{remove("A[0]"), remove("A[1][0]")}, "A = [[3], 4]"},
	{"a setting", "A = 1\nB = [\n 1] # x\n# y\nC = 2\n", []checks.Edit{remove("B")}, "A = 1\n# y\nC = 2\n"},
	{"a dotted setting", "B.a = 1\nA = 1\nB.b = 2", []checks.Edit{remove("B")}, "A = 1\n"},
	{"a table below headers", "A = 1\n[B]\nx = 1\n# y\n[C]\nd = 1\n[B.e] # z\nf = 1\n", []checks.Edit{remove("B")}, "A = 1\n# y\n[C]\nd = 1\n"},

	{"move in a line", `A = ["a", 'b', "c"]`, []checks.Edit{move("A[2]", 0)}, `A = ["c", "a", 'b']`},
	{"move on in a line", `A = ["a", 'b', "c"]`, []checks.Edit{move("A[0]", 2)}, `A = ['b', "c", "a"]`},
	{"move in a line, comma", `A = ["a", 'b', ]`, []checks.Edit{move("A[1]", 0)}, `A = ['b', "a", ]`},
	{"move lines", "A = [\n  # of a\n  'a', # x\n  # of b\n  'b',\n\n  # loose\n\n  # of c\n  # c too\n  'c',  # z\n  # end\n]\n", []checks.Edit{move("A[2]", 0)},
		"A = [\n  # of c\n  # c too\n  'c',  # z\n  # of a\n  'a', # x\n  # of b\n  'b',\n\n  # loose\n\n  # end\n]\n"},
	{"move the last line", "A = [\r\n  'a', # x\r\n  'b', # y\r\n  'c' # z\r\n]\r\n", []checks.Edit{move("A[2]", 1)}, "A = [\r\n  'a', # x\r\n  'c', # z\r\n  'b' # y\r\n]\r\n"},
	{"move a line to the end", "A = [\n  'a', # x\n  'b' # y\n]", []checks.Edit{move("A[0]", 1)}, "A = [\n  'b', # y\n  'a' # x\n]"},
	{"move a line to the end, comma", "A = [\n  'a', # x\n  'b', # y\n]", []checks.Edit{move("A[0]", 1)}, "A = [\n  'b', # y\n  'a', # x\n]"},
	{"move among shared lines", "A = [\n  'a', 'b',\n  'c', 'd' # z\n]", []checks.Edit{move("A[3]", 0)}, "A = [\n  'd', 'a', 'b',\n  'c' # z\n]"},
	{"move a line to a shared one", "A = ['a', # x\n     'b', # y\n]", []checks.Edit{move("A[1]", 0)}, "A = [\n     'b', # y\n     'a', # x\n]"},
	{"move a line to a shared one, CRLF", "A = ['a',\r\n'b', # y\r\n]", []checks.Edit{move("A[1]", 0)}, "A = [\r\n'b', # y\r\n'a',\r\n]"},
	{"move a bare line to a shared one", "A = ['a', # x\n     'b',\n]", []checks.Edit{move("A[1]", 0)}, "A = ['b', 'a', # x\n]"},
	{"move with commas first", "A = [\n  'a' # x\n, 'b' # y\n, 'c']", []checks.Edit{move("A[2]", 0)}, "A = [\n  'c', 'a' # x\n, 'b' # y\n]"},
	{"move to where it is", "A = ['a']", []checks.Edit{move("A[0]", 0)}, "A = ['a']"},

	{"rename", "OLD = 1 # OLD", []checks.Edit{rename("OLD", "NEW")}, "NEW = 1 # OLD"},
	{"rename what is quoted", "\"OLD\".x = 1\n'OLD'.y = 2\nOLD . z = 3", []checks.Edit{rename("OLD", "NEW")}, "\"NEW\".x = 1\n'NEW'.y = 2\nNEW . z = 3"},
	{"rename headers", "[OLD]\nOLD = 1\n[ OLD . x ]\ny = { OLD = 1 }\n[B.OLD]\n", []checks.Edit{rename("OLD", "NEW")}, "[NEW]\nOLD = 1\n[ NEW . x ]\ny = { OLD = 1 }\n[B.OLD]\n"},
	{"rename a [[list]]", "[[OLD]]\na = 1\n[[OLD]]\na = 2\n[OLD.b]\n", []checks.Edit{rename("OLD", "NEW")}, "[[NEW]]\na = 1\n[[NEW]]\na = 2\n[NEW.b]\n"},
	{"rename to what needs quotes", "OLD = 1", []checks.Edit{rename("OLD", "a b")}, `"a b" = 1`},
	{"rename and mend", "OLD = ['x/', 'y', 'y']", []checks.Edit{replace("OLD[0]", "x"), rename("OLD", "NEW"), remove("OLD[2]")}, "NEW = ['x', 'y']"},

	{"byte order mark", "\ufeffA = 'x/'\r\n", []checks.Edit{replace("A", "x")}, "\ufeffA = 'x'\r\n"},
	{"nan stays nan", "A = 'x/'\nB = [nan, -0.0, 1979-05-27T07:32:00Z, 07:32:00]\n[[C]]\nd = 1\n", []checks.Edit{replace("A", "x")}, "A = 'x'\nB = [nan, -0.0, 1979-05-27T07:32:00Z, 07:32:00]\n[[C]]\nd = 1\n"},
}
