package settings

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/settled-go/settled/checks"
)

// Decode fills dst, a pointer to an app's settings struct that holds the
// defaults, with what the file, its bases and the environment say, and claims
// its settings for the app. Nil has no settings. It returns what is wrong with
// the values, in struct order, and last what breaks the rules:
//
//   - a value of a wrong type, also one that another file or a variable replaces
//     (the id of the field's tag check, else settings.E003); the field then
//     keeps its default
//   - a variable that can't be read as the setting (settings.E008)
//   - an old name (alias= of the tag check), or both names (both=)
//   - a setting that has been removed
//   - a secret that can't be read now (settings.I010)
//   - a setting that another app has claimed (settings.E012)
//   - what breaks the rules of the struct, as Validate finds it
//
// A value is a fresh one: it shares no memory with the default, the file or
// another Decode.
func (f *File) Decode(app string, dst any) checks.Messages { return f.open().decode(app, dst) }

func (f *file) decode(app string, dst any) checks.Messages {
	value, ok := pointerTo(dst)
	if !ok {
		return nil
	}
	d := &decoding{f: f, dst: value, broken: map[string]bool{}}
	fields := fieldsOf(value.Type())
	d.contest(f.claim(app, fields))
	for _, field := range fields {
		d.field(field)
	}
	for _, m := range validateNamed(dst, d.written) {
		if !d.follows(m) {
			d.found = append(d.found, m)
		}
	}
	return d.found
}

// pointerTo is the struct that dst points to; ok is false for nil.
func pointerTo(dst any) (value reflect.Value, ok bool) {
	if t := reflect.TypeOf(dst); t != nil && t.Kind() != reflect.Pointer {
		panic("settings: " + t.String() + " is not a pointer to a struct")
	}
	return structOf(dst)
}

func (f *file) claim(app string, fields []field) []contest {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.claims.claim(app, fields)
}

// A decoding is one Decode.
type decoding struct {
	f      *file
	dst    reflect.Value
	broken map[string]bool // settings whose value is of a wrong type
	found  checks.Messages
}

// written is a setting's name as the user wrote it: an old one when the file
// has only that.
func (d *decoding) written(name string) string {
	for _, f := range fieldsOf(d.dst.Type()) {
		if f.name == name && f.alias != "" && !d.f.has(name) && d.f.has(f.alias) {
			return f.alias
		}
	}
	return name
}

// follows reports whether a broken rule may come from the default that stands
// in for a value of a wrong type: the rule is about that setting, or about one
// that nobody wrote.
func (d *decoding) follows(m checks.Message) bool {
	name := m.Setting.Name()
	return d.broken[name] || len(d.broken) > 0 && !d.f.has(name)
}

func (d *decoding) contest(contests []contest) {
	for _, c := range contests {
		path := checks.Path("").Key(c.name)
		m := checks.Errorf(idContest, "%s is a setting of two installed apps, %s and %s", path, c.first, c.second).
			On(path).Of(checks.Unbuildable).WithHint("take one of the two out of INSTALLED_APPS")
		d.add(m, d.f.locateName(path))
	}
}

// field decodes what every layer says of a field, for its type; the first layer
// counts, and the new name before the old one.
func (d *decoding) field(f field) {
	layers, old := d.f.layers(f.name), []layer(nil)
	if f.alias != "" {
		old = d.f.layers(f.alias)
	}
	for i, l := range slices.Concat(layers, old) {
		if f.typ == removedType {
			d.removed(f, l)
			return
		}
		value := reflect.New(f.typ).Elem()
		ok := d.layer(f, l, value, i == 0)
		if i > 0 {
			continue
		}
		if ok {
			d.dst.FieldByIndex(f.index).Set(value)
		} else {
			d.broken[l.name] = true
		}
	}
	if len(old) > 0 {
		d.oldName(f, len(layers) > 0)
	}
}

func (d *decoding) removed(f field, l layer) {
	path := checks.Path("").Key(l.name)
	m := checks.Errorf(cmp.Or(f.ids[""], idType), "%s", removedText(path, f)).WithHint("take it out")
	if l.variable != "" {
		m = m.WithHint("unset %s", l.variable)
	}
	d.add(m.On(path), d.f.locateName(path))
}

// layer decodes one layer, and reports whether it fits. A secret that is missing
// matters only in the layer that counts.
func (d *decoding) layer(f field, l layer, dst reflect.Value, counts bool) (ok bool) {
	c := &conversion{env: d.f.env, hidden: IsHidden(l.name) || holdsSecret(f.typ)}
	if l.variable != "" {
		return d.variable(f, l, dst, c)
	}
	c.file = l.source.name
	ok = c.field(f, dst, l.value, &trail{key: l.name}, idType)
	d.f.conceal(c.secrets)
	for _, p := range c.problems {
		m := checks.Errorf(p.id, "%s", p.text).Of(p.class).WithHint("%s", cmp.Or(p.hint, changeHint))
		d.add(m.On(p.path), d.f.locateIn(l.source, p.path, [2]int{}))
	}
	if !counts {
		return ok
	}
	for _, p := range c.missing {
		m := checks.Infof(idSecretLater, "%s: the site will not start without it", p.text).WithHint("%s", p.hint)
		d.add(m.On(p.path), d.f.locateIn(l.source, p.path, [2]int{}))
	}
	return ok
}

// variable decodes an environment variable. All that is wrong with it is
// settings.E008, under the variable's name.
func (d *decoding) variable(f field, l layer, dst reflect.Value, c *conversion) (ok bool) {
	root := &trail{key: l.variable}
	value, should := fromVariable(l.name, l.text, f.typ)
	if ok = should == ""; ok {
		ok = c.field(f, dst, value, root, idType)
	} else if c.hidden {
		c.add(&expectation{}, root, "%s should %s", l.variable, should)
	} else {
		c.add(&expectation{}, root, "%s should %s, not %s", l.variable, should, quoted(l.text))
	}
	for _, p := range c.problems {
		below := p.path[len(root.path()):]
		hint := cmp.Or(p.hint, changeHint)
		if below == "" { // p.hint says how a file has it
			hint = variableHint(l.variable, l.name, f.typ)
		}
		m := checks.Errorf(idVariable, "%s", p.text).Of(checks.Unbuildable).WithHint("%s", hint)
		d.add(m.On(checks.Path("").Key(l.name)+below), checks.Range{File: l.variable})
	}
	return ok
}

// oldName says that a setting goes by an old name, or by both.
func (d *decoding) oldName(f field, both bool) {
	old, name := checks.Path("").Key(f.alias), checks.Path("").Key(f.name)
	prefix, remove := "", "take %s out"
	if d.f.layers(f.alias)[0].variable != "" {
		prefix, remove = envPrefix, "unset "+envPrefix+"%s"
	}
	m := checks.Warningf(f.ids["alias"], "%s is the old name of %s", old, name).WithHint("rename it to %s%s", prefix, name).
		Fix(checks.Edit{Do: checks.Rename, Setting: old, Text: f.name})
	if both {
		m = checks.Errorf(f.ids["both"], "%s is not looked at, since %s is set too, which replaced it", old, name).
			WithHint(remove, old).See(name, "the one that counts")
		m.Related[0].At = d.f.locateName(name)
	}
	if m.ID != "" {
		d.add(m.On(old), d.f.locateName(old))
	}
}

func (d *decoding) add(m checks.Message, at checks.Range) {
	m.At = at
	d.found = append(d.found, m)
}
