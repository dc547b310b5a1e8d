package settings

// elements gives access to the elements of a TOML list; length is negative for
// other values.
func elements(value any) (length int, element func(int) any) {
	switch list := value.(type) {
	case []any:
		return len(list), func(i int) any { return list[i] }
	case []map[string]any: // of [[name]]
		return len(list), func(i int) any { return list[i] }
	}
	return -1, nil
}

// clone is a TOML value that shares nothing with the original. A [[name]] list
// becomes one like any other.
func clone(value any) any {
	if table, ok := value.(map[string]any); ok {
		copied := make(map[string]any, len(table))
		for key, entry := range table {
			copied[key] = clone(entry)
		}
		return copied
	}
	length, element := elements(value)
	if length < 0 {
		return value
	}
	copied := make([]any, length)
	for i := range copied {
		copied[i] = clone(element(i))
	}
	return copied
}
