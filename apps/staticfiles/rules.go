package staticfiles

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/nearest"
	"github.com/settled-go/settled/settings"
)

// Rules are for settings.Ruled.
func (Settings) Rules() []settings.Rule {
	return []settings.Rule{
		{Tag: "static_url", Find: findURL},
		{Tag: "static_dirs", Find: findDirs},
		{Tag: "finders", Find: findFinders},
		{Tag: "storages", Find: findStorages},
	}
}

func findURL(_, value any) checks.Messages {
	text := value.(string)
	if text == "" {
		return checks.Messages{checks.Errorf("staticfiles.E101",
			"You're using the staticfiles app without having set the required {name} setting").
			WithHint("write a path such as \"static/\", or take django.contrib.staticfiles out of INSTALLED_APPS").Of(checks.Unbuildable)}
	}
	if !strings.HasSuffix(text, "/") {
		return checks.Messages{checks.Errorf("urls.E006", "The {name} setting must end with a slash").
			WithHint("write %q", text+"/").Fix(checks.Edit{Do: checks.Replace, Text: text + "/"}).Of(checks.Unbuildable)}
	}
	u, err := url.Parse(text)
	if err != nil || u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(u.Path, "{}\\ ") || strings.Contains(u.Path, "//") ||
		strings.Contains("/"+u.Path, "/.") || u.Scheme != "" && u.Host == "" {
		return checks.Messages{checks.Errorf("staticfiles.E101", "{name} is %q, below which no file can be served", text).
			WithHint("write a path such as \"static/\", or a URL such as \"https://cdn.example.com/static/\"").Of(checks.Unbuildable)}
	}
	if u.Host == "" && strings.Trim(u.Path, "/") == "" {
		return checks.Messages{checks.Errorf("staticfiles.E101", "{name} is the root of the site: every path would be that of a static file").
			WithHint("write a path such as \"static/\"; for files at the root there is WHITENOISE_ROOT").Of(checks.Unbuildable)}
	}
	return nil
}

func findDirs(_, value any) (ms checks.Messages) {
	for i, entry := range value.([]any) {
		on := checks.Path("").Index(i)
		prefix, dir, ok := pair(entry)
		switch {
		case !ok || dir == "":
			ms = append(ms, checks.Errorf("staticfiles.E001", "{name} should be a list of paths, and of pairs of a prefix and a path, which entry %d is not", i).
				On(on).WithHint("write \"assets\" or [\"downloads\", \"assets/downloads\"]").Of(checks.Unbuildable))
		case strings.HasSuffix(prefix, "/"):
			ms = append(ms, checks.Errorf("staticfiles.E003", "The prefix '%s' in the {name} setting must not end with a slash", prefix).
				On(on).WithHint("write %q", strings.TrimRight(prefix, "/")).Of(checks.Unbuildable))
		case prefix != "" && !validName(prefix):
			ms = append(ms, checks.Errorf("staticfiles.E003", "The prefix '%s' in the {name} setting is no path below STATIC_URL", prefix).
				On(on).WithHint("write names with slashes between them, such as \"downloads/stats\"").Of(checks.Unbuildable))
		}
	}
	return ms
}

// pair takes an entry of STATICFILES_DIRS apart.
func pair(entry any) (prefix, dir string, ok bool) {
	switch entry := entry.(type) {
	case string:
		return "", entry, true
	case []any:
		if len(entry) != 2 {
			return "", "", false
		}
		prefix, first := entry[0].(string)
		dir, second := entry[1].(string)
		return prefix, dir, first && second
	}
	return "", "", false
}

func findFinders(_, value any) (ms checks.Messages) {
	known := []string{dirsFinder, appsFinder}
	for i, name := range value.([]string) {
		on := checks.Path("").Index(i)
		if slices.Contains(known, name) {
			continue
		}
		m := checks.Errorf("staticfiles.E103", "%q in {name} is a finder that Settled does not have: it has %s", name, strings.Join(known, " and ")).
			On(on).Of(checks.Unbuildable)
		if near := nearest.Name(name, known); near != "" {
			m = m.WithHint("did you mean %q?", near)
		} else {
			m = m.WithHint("take it out; folders belong in STATICFILES_DIRS, and an app brings files by a method StaticFiles")
		}
		ms = append(ms, m)
	}
	return ms
}

func findStorages(_, value any) checks.Messages {
	storages := value.(map[string]Storage)
	storage, ok := storages[alias]
	if !ok {
		return checks.Messages{checks.Errorf("staticfiles.E005", "The {name} setting must define a 'staticfiles' storage").
			WithHint("add staticfiles = { BACKEND = %q }", plainBackend).Of(checks.Unbuildable)}
	}
	on := checks.Path("").Key(alias)
	if !slices.Contains(backends, storage.Backend) {
		m := checks.Errorf("staticfiles.E102", "the storage %q of static files is none that Settled has: it has %s", storage.Backend, strings.Join(backends, ", ")).
			On(on.Key("BACKEND")).Of(checks.Unbuildable)
		if near := nearest.Name(storage.Backend, backends); near != "" {
			return checks.Messages{m.WithHint("did you mean %q?", near)}
		}
		return checks.Messages{m.WithHint("%s", "write "+fmt.Sprintf("%q for hashed names, or %q for them and compressed variants", manifestBackend, compressedManifestBackend))}
	}
	return findOptions(storage, on.Key("OPTIONS"))
}

var optionNames = []string{"manifest_strict", "support_js_module_import_aggregation"}

func findOptions(storage Storage, on checks.Path) (ms checks.Messages) {
	for _, name := range slices.Sorted(maps.Keys(storage.Options)) {
		_, isBool := storage.Options[name].(bool)
		if slices.Contains(optionNames, name) && isBool {
			continue
		}
		ms = append(ms, checks.Errorf("staticfiles.E102", "%q is no option of this storage, or not of this type: it has %s, each true or false",
			name, strings.Join(optionNames, " and ")).On(on.Key(name)).WithHint("take it out").Of(checks.Unbuildable))
	}
	return ms
}
