package staticfiles

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// Checks are for settled.Checker.
func (a *App) Checks() []settled.Check {
	tags := []string{"staticfiles"}
	dirs := []string{"STATICFILES_DIRS"}
	return []settled.Check{
		{IDs: []string{"urls.E006"}, Tags: []string{"urls"}, Settings: []string{"STATIC_URL"}, Class: checks.Unbuildable, Fixable: true},
		{IDs: []string{"staticfiles.E101"}, Tags: tags, Settings: []string{"STATIC_URL"}, Class: checks.Unbuildable},
		{IDs: []string{"staticfiles.E001", "staticfiles.E003"}, Tags: tags, Settings: dirs, Class: checks.Unbuildable},
		{IDs: []string{"staticfiles.E002"}, Tags: tags, Settings: []string{"STATICFILES_DIRS", "STATIC_ROOT"}, Run: a.checkRoot},
		{IDs: []string{"staticfiles.W004"}, Tags: tags, Settings: dirs, Run: a.checkDirs},
		{IDs: []string{"staticfiles.E005", "staticfiles.E102"}, Tags: tags, Settings: []string{"STORAGES"}, Class: checks.Unbuildable},
		{IDs: []string{"staticfiles.E103"}, Tags: tags, Settings: []string{"STATICFILES_FINDERS"}, Class: checks.Unbuildable},
	}
}

// eachDir visits the folders of STATICFILES_DIRS.
func (a *App) eachDir(p *settled.Project, visit func(on checks.Path, written, dir string)) {
	for i, entry := range a.settings.StaticFilesDirs {
		prefix, written, ok := pair(entry)
		if !ok || written == "" {
			continue
		}
		on := checks.Path("STATICFILES_DIRS").Index(i)
		if _, isPair := entry.([]any); isPair || prefix != "" {
			on = on.Index(1)
		}
		visit(on, written, absolute(p, "STATICFILES_DIRS", written))
	}
}

// checkRoot: collectstatic would collect what it has written.
func (a *App) checkRoot(p *settled.Project) (ms checks.Messages) {
	root := absolute(p, "STATIC_ROOT", a.settings.StaticRoot)
	if root == "" {
		return nil
	}
	a.eachDir(p, func(on checks.Path, written, dir string) {
		switch rel, err := filepath.Rel(dir, root); {
		case err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)):
		case rel == ".":
			ms = append(ms, checks.Errorf("staticfiles.E002", "The STATICFILES_DIRS setting should not contain the STATIC_ROOT setting").
				On(on).See("STATIC_ROOT", "the same folder").
				WithHint("keep the files that you write in a folder of their own; STATIC_ROOT is what collectstatic makes of them"))
		default:
			ms = append(ms, checks.Errorf("staticfiles.E002",
				"STATIC_ROOT is inside of a folder of STATICFILES_DIRS, %q: collectstatic would collect what it has written, each time again", written).
				On(on).See("STATIC_ROOT", "inside of it").WithHint("put STATIC_ROOT beside the folders that are collected"))
		}
	})
	return ms
}

func (a *App) checkDirs(p *settled.Project) (ms checks.Messages) {
	a.eachDir(p, func(on checks.Path, _, dir string) {
		info, err := os.Stat(dir)
		switch {
		case err == nil && info.IsDir():
		case err == nil || !errors.Is(err, fs.ErrNotExist):
			ms = append(ms, checks.Warningf("staticfiles.W004", "The directory '%s' in the STATICFILES_DIRS setting is no folder that can be read", dir).
				On(on).WithHint("name a folder"))
		default:
			ms = append(ms, checks.Warningf("staticfiles.W004", "The directory '%s' in the STATICFILES_DIRS setting does not exist", dir).
				On(on).WithHint("make it, or take the entry out; a relative path starts at the file that holds the setting"))
		}
	})
	return ms
}
