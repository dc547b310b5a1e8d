package settings

// Removed is the type of a setting that no longer exists: any value for it is
// an error. The field's tag `removed` ends its sentence.
type Removed struct{}
