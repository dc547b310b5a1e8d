package corsheaders

// Canonical is canonical: the origin, or else the part that is to blame and
// why.
func Canonical(url string) (origin, part, why string) {
	f := canonical(url)
	if f.bad == nil {
		return f.origin, "", ""
	}
	return "", url[f.bad.start:f.bad.end], f.bad.why
}

// IsPlain is isPlain.
var IsPlain = isPlain
