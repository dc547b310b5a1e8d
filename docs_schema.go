package settled

import (
	"maps"
	"slices"

	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

// Schema is the JSON Schema of the settings of all linked apps, for editors. It
// is the same for every project of a program, but for the defaults, which are
// those of the apps only while the settings file is empty.
func (p *Project) Schema() map[string]any {
	properties := map[string]settings.Schema{"EXTENDS": extendsSchema()}
	for _, info := range p.linked {
		d := documentation{comments: commentsOf(info)}
		maps.Copy(properties, settings.Schemas(info.Settings, d.of))
	}
	p.nameChoices(properties)
	return settings.Schema{
		"$schema":              "http://json-schema.org/draft-07/schema#",
		"title":                "Settings of a project of Settled",
		"description":          "Made by manage settings schema from the apps that are linked in: " + list(p.linkedNames()) + ".",
		"type":                 "object",
		"properties":           properties,
		"additionalProperties": settings.Never("No app that is linked in has a setting of this name."),
	}
}

func extendsSchema() settings.Schema {
	file := settings.Schema{"type": "string", "pattern": `\.toml$`}
	return settings.Schema{
		"description": extends.Doc,
		"anyOf":       []settings.Schema{file, {"type": "array", "items": file}},
	}
}

// nameChoices adds the names that core's settings can have in this program.
func (p *Project) nameChoices(properties map[string]settings.Schema) {
	apps, links := []string{}, []string{}
	for _, info := range p.linked {
		if !info.Builtin {
			apps = append(apps, info.Name)
		}
		for _, link := range linksOf(info) {
			links = append(links, link.Name)
		}
	}
	slices.Sort(links)
	properties["INSTALLED_APPS"]["items"] = choice(apps)
	properties["MIDDLEWARE"]["items"] = choice(slices.Compact(links))
	mounts := properties["URLS"]["patternProperties"].(settings.Schema)
	for pattern := range mounts {
		mounts[pattern] = choice(p.linkedNames())
	}
	p.idChoices(properties["SILENCED_SYSTEM_CHECKS"])
}

// idChoices adds the ids that can be silenced, each with its title.
func (p *Project) idChoices(silenced settings.Schema) {
	ids, titles := []string{}, []string{}
	for _, page := range p.Pages() {
		if page.Silenceable() {
			ids, titles = append(ids, page.ID), append(titles, page.Title)
		}
	}
	id := choice(ids)
	id["x-taplo"] = settings.Schema{"docs": settings.Schema{"enumValues": titles}}
	forms := silenced["items"].(settings.Schema)["anyOf"].([]settings.Schema)
	forms[0] = id
	forms[1]["properties"].(settings.Schema)["id"].(settings.Schema)["enum"] = ids
	forms[1]["required"] = []string{"id", "reason"}
}

// choice is the schema of a string that is one of a few. With none to choose
// from it is any, since an empty enum is no schema.
func choice(names []string) settings.Schema {
	one := settings.Schema{"type": "string"}
	if len(names) > 0 {
		one["enum"] = names
	}
	return one
}

// linkedNames are the apps of the program, without core.
func (p *Project) linkedNames() []string {
	var names []string
	for _, info := range p.linked[1:] {
		names = append(names, info.Name)
	}
	return names
}

func linksOf(info AppInfo) []middleware.Link {
	if mp, ok := info.App.(MiddlewareProvider); ok {
		return mp.Middleware()
	}
	return nil
}
