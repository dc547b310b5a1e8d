package staticfiles

// For the tests of what has no other door.
var (
	HashedName = hashedName
	Ignorer    = ignorer
)

// HasReferences says whether files of a name may refer to others.
func HasReferences(name string) bool { return referencesOf(name, true) != nil }

// Rewrite rewrites the references of one file below /static/.
func Rewrite(stored func(string) (string, bool), modules bool, name, text string) (got, broken string) {
	w := &rewriter{base: "/static/", stored: stored, modules: modules}
	got, all := w.rewrite(name, text)
	for _, b := range all {
		broken += b.String()
	}
	return got, broken
}

// Manifest is staticfiles.json for these names.
func Manifest(paths map[string]string) string { return string(newManifest(paths).bytes()) }
