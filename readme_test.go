package settled_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/settled-go/settled/settledtest"
)

// blocks are the fenced blocks of the README in a language.
func blocks(t *testing.T, language string) []string {
	t.Helper()
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	fence := regexp.MustCompile("(?ms)^```" + language + "\n(.*?)^```$")
	var found []string
	for _, m := range fence.FindAllStringSubmatch(string(data), -1) {
		found = append(found, m[1])
	}
	return found
}

// The walk's settings are sound at each step.
func TestReadmeSettings(t *testing.T) {
	steps := blocks(t, "toml")
	if len(steps) != 4 {
		t.Fatalf("the walk has %d blocks of settings, want 4", len(steps))
	}
	project := steps[0]
	for name, toml := range map[string]string{
		"all origins":      project + steps[1],
		"a list":           project + steps[2],
		"with credentials": project + steps[2] + steps[3],
	} {
		if ids := settledtest.Check(t, exampleApps, toml); len(ids) > 0 {
			t.Errorf("%s: check finds %q in\n%s", name, ids, toml)
		}
	}
	if ids := settledtest.Check(t, exampleApps, project+steps[1]+steps[3]); len(ids) != 1 || ids[0] != "corsheaders.E101" {
		t.Errorf("all origins with credentials: check finds %q", ids)
	}
}

// The app of the README and the middleware by itself build in a module of their
// own, and the project is sound.
func TestReadmeApp(t *testing.T) {
	code := blocks(t, "go")
	if len(code) != 2 {
		t.Fatalf("the README has %d blocks of Go, want 2", len(code))
	}
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	sum, err := os.ReadFile("go.sum")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"polls/polls.go": code[0],
		"manage/main.go": "package main\n\nimport (\n\t_ \"example.org/mysite/polls\"\n\t\"github.com/settled-go/settled/manage/command\"\n)\n\n" +
			"func main() { command.Main() }\n",
		"settings.toml": "DEBUG = true\nINSTALLED_APPS = [\"polls\"]\n",
		"go.sum":        string(sum),
		"go.mod": strings.Replace(string(mod), "module github.com/settled-go/settled\n", "module example.org/mysite\n", 1) +
			"\nrequire github.com/settled-go/settled v0.0.0\n\nreplace github.com/settled-go/settled => " + root + "\n",
		"alone/main.go": "package main\n\nimport (\n\t\"log\"\n\t\"net/http\"\n\n\t\"github.com/settled-go/settled/apps/corsheaders\"\n)\n\n" +
			"func main() {\n\thandler := http.NotFoundHandler()\n" + code[1] + "}\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"vet", "./..."}, {"run", "./manage", "check"}} {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}
