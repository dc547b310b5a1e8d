package command_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// -v is an option of every command, wherever it stands, unless a command has a
// -v of its own.
func TestVerbosity(t *testing.T) {
	const usage = "usage: manage level [options] [args ...]\nmanage level: error: argument "
	for _, tt := range []struct {
		args []string
		want result
	}{
		{[]string{"level"}, result{0, "1 []\n", ""}},
		{[]string{"level", "-v", "2"}, result{0, "2 []\n", ""}},
		{[]string{"-v", "0", "level", "a"}, result{0, "0 [a]\n", ""}},
		{[]string{"level", "-v3"}, result{0, "3 []\n", ""}},
		{[]string{"level", "--verbosity=2", "-v0"}, result{0, "0 []\n", ""}},
		{[]string{"level", "-v", "9"}, result{2, "", usage + "-v/--verbosity: invalid choice: 9 (choose from 0, 1, 2, 3)\n"}},
		{[]string{"-v", "9", "level"}, result{2, "", usage + "-v/--verbosity: invalid choice: 9 (choose from 0, 1, 2, 3)\n"}},
		{[]string{"level", "--verbosity=high"}, result{2, "", usage + "-v/--verbosity: invalid int value: 'high'\n"}},
		{[]string{"level", "-v"}, result{2, "", usage + "-v/--verbosity: expected one argument\n"}},

		{[]string{"ownv", "-v", "2"}, result{0, "1 [2] settings.toml\n", ""}},
		{[]string{"ownv", "-v", "--verbosity", "2"}, result{0, "2 [] settings.toml\n", ""}},
		{[]string{"ownv", "-v", "--settings", "other.toml"}, result{0, "1 [] other.toml\n", ""}},
		{[]string{"ownv", "-v", "x", "--settings=other.toml"}, result{0, "1 [x] other.toml\n", ""}},
	} {
		in(t, sound)
		if err := os.WriteFile("other.toml", []byte(sound), 0o666); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, run(t.Context(), new(testApp), tt.args...)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.args, diff)
		}
	}
}
