package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A project is made by startproject; its page says a number that is in the code,
// and one that is in the settings.
type project struct{ dir string }

const appCode = `package numbers

import (
	"fmt"
	"net/http"

	"github.com/settled-go/settled"
)

func init() { settled.Register("numbers", func() settled.App { return new(app) }) }

type app struct {
	settings struct {
		// Number is what the page says, too.
		Number int ` + "`toml:\"NUMBERS_NUMBER\"`" + `
	}
}

func (a *app) Settings() any { return &a.settings }

func (a *app) Routes() []settled.Route {
	return []settled.Route{settled.Path("/number/", a.number, "number")}
}

func (a *app) number(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, code+a.settings.Number)
}
`

// newProject makes one below dir, with the program that settled is.
func newProject(dir, name, settled string) (*project, error) {
	p := &project{filepath.Join(dir, name)}
	if err := command(dir, settled, "startproject", name).Run(); err != nil {
		return nil, fmt.Errorf("startproject: %w", err)
	}
	if err := os.Mkdir(filepath.Join(p.dir, "numbers"), 0o777); err != nil {
		return nil, err
	}
	if err := p.write("numbers/app.go", appCode); err != nil {
		return nil, err
	}
	if err := p.say("code", 0); err != nil {
		return nil, err
	}
	if err := p.replace("settings.toml", `"corsheaders",`, `"corsheaders", "numbers",`); err != nil {
		return nil, err
	}
	if err := p.replace("settings.toml", "DEBUG = true", "DEBUG = true\nEXTENDS = \"number.toml\""); err != nil {
		return nil, err
	}
	if err := p.say("settings", 0); err != nil {
		return nil, err
	}
	return p, p.replace("manage/main.go", "import (", "import (\n\t_ \""+name+"/numbers\"")
}

// say makes the code, or the settings, say n.
func (p *project) say(where string, n int) error {
	if where == "settings" {
		return p.write("number.toml", fmt.Sprintf("NUMBERS_NUMBER = %d\n", n))
	}
	return p.write("numbers/code.go", fmt.Sprintf("package numbers\n\nconst code = %d\n", n))
}

// write writes a file as editors do: another one that takes its name.
func (p *project) write(name, text string) error {
	path := filepath.Join(p.dir, name)
	if err := os.WriteFile(path+"~", []byte(text), 0o666); err != nil {
		return err
	}
	return os.Rename(path+"~", path)
}

func (p *project) replace(name, old, new string) error {
	data, err := os.ReadFile(filepath.Join(p.dir, name))
	if err != nil {
		return err
	}
	if !bytes.Contains(data, []byte(old)) {
		return fmt.Errorf("%s has no %q", name, old)
	}
	return p.write(name, strings.Replace(string(data), old, new, 1))
}

func command(dir, name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir = dir
	return c
}

func output(c *exec.Cmd) error {
	if said, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", c, err, said)
	}
	return nil
}
