package settings

// IsHidden reports whether the value of a setting with this name is never shown.
func IsHidden(name string) bool { return false }

// Hide is value with its hidden parts replaced.
func Hide(name string, value any) any { return value }
